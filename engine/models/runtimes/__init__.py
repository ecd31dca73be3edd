"""What can run a graph on this machine, each behind one protocol, and which of them is the fastest that agrees."""
