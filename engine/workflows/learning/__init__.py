"""Learning from the people whom the user named, and going back."""
