"""What all pages are given: the context, edits, scanning, folders, watching, questions, keys, where the user is."""
