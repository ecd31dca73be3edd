"""What other programs wrote about the people in a photo, in its file and beside it. Reads and describes; no library."""
