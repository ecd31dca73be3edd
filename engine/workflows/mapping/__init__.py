"""The map of a library's faces: made once, kept, and continued where faces come."""
