"""Work in a process of its own, which can be ended at any moment, whatever library is at it, and leaves no memory."""
