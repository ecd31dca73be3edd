"""The files of what the pages show: dragged out of the window, copied, opened with other programs."""
