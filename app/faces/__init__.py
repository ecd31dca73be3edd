"""Faces as every page shows them: the board with its grid, the large preview, single faces as buttons."""
