"""What a name may be."""

import unicodedata

from engine.errors import LibraryError

LONGEST_NAME = 200
"""Characters."""


def clean_name(name: str) -> str | None:
    """Return the name in one spelling (NFC, single spaces, no control characters), None for an empty one.

    Raises LibraryError if it is too long or not text.
    """
    plain = " ".join(unicodedata.normalize("NFC", name).split())
    kept = "".join(letter for letter in plain if unicodedata.category(letter) != "Cc")
    if len(kept) > LONGEST_NAME:
        raise LibraryError(f"A name has at most {LONGEST_NAME} characters.", "Choose a shorter one.")
    if any(unicodedata.category(letter) == "Cs" for letter in kept):
        raise LibraryError("The name holds bytes that are no text.", "Type it again.")
    return kept or None


def same_name(one: str, other: str) -> bool:
    """Say whether two clean names would be taken for one by a reader: upper and lower case do not matter."""
    return unicodedata.normalize("NFC", one.casefold()) == unicodedata.normalize("NFC", other.casefold())


def counted(number: int, one: str, many: str) -> str:
    """Return the number with its noun, for the label of a step."""
    return f"{number} {one if number == 1 else many}"
