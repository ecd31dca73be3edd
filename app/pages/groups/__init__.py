"""Grouping anew: algorithms, what they would change, and taking that."""
