"""Faces of nobody, alike ones together: naming them, setting strangers aside."""
