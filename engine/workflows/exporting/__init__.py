"""What leaves the library when the user asks: names beside photos or in them, lists, copies of photos."""
