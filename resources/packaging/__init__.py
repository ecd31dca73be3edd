"""Building the whole program: `python resources/packaging/build.py`. Nothing here is part of the program."""
