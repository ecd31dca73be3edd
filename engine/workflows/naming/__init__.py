"""Names that other programs gave: read at every scan, and brought over from a program when the user asks."""
