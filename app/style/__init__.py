"""Colours, type, motion, words that are shared, roles for screen readers."""
