"""Pixmaps of faces and photos, made off the GUI thread, and files handed to the system."""
