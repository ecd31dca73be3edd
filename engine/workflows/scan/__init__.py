"""From photo folders to stored faces: which folders, what is new, reading it, and starting over after a death."""
