"""What calls for mending, with its reason and its remedies."""
