"""Names out of the files and databases of other programs. A reader reads and does no more."""
