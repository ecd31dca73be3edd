"""What an exception says, as part of a sentence about it."""


def reason_of(error: Exception) -> str:
    """Return its text; one of our own stays a sentence that can be told in other languages, which `str` would lose."""
    first = error.args[0] if error.args else ""
    return first if isinstance(first, str) and len(error.args) == 1 else str(error)
