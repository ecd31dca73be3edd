"""The page that learns from named people."""
