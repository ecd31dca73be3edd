"""A terminal at which somebody sits."""

import io


class Terminal(io.StringIO):
    """What is typed, or shown, at a terminal."""

    def isatty(self) -> bool:
        """Return that somebody sits there."""
        return True
