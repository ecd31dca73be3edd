"""Lanes of work beside the GUI thread, reads on them, the priorities of threads, and asking disks."""
