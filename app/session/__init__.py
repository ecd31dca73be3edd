"""What all pages are given: the context, edits, scanning, watching, questions, where the user is."""
