"""Models of one's own: importing, measuring and using them."""
