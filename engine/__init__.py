"""Kinfolk without its window: scanning, faces, models, clustering and the library."""
