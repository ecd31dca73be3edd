"""Typing a name: matching, completion, who is likely."""
