"""Folders, models, threads, and erasing all face data."""
