"""Models, how scans go, where data lies, and erasing all face data."""
