"""How tiles are painted."""
