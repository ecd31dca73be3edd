"""What went wrong, with its reason and its remedies."""
