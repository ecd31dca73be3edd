"""Everybody as tiles: naming, searching, ordering, merging, hiding."""
