"""The few windows in front of the window: merging, and what cannot be undone."""
