"""Lanes of work beside the GUI thread, and reads that follow the library."""
