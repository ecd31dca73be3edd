"""What a name may be, and when two are one for whoever reads them."""

import unicodedata
from functools import lru_cache

from engine.errors import LibraryError
from engine.words import sentence

LONGEST_NAME = 200
"""Characters."""

REMEMBERED = 65_536
"""Names whose key is remembered: keywords come again with every photo, all people whenever names are offered."""

JOINERS = frozenset("\u200c\u200d")
"""They shape the letters around them in Persian, in the scripts of India and in emoji; elsewhere nobody sees them."""

_ALIKE = str.maketrans({"\u2019": "'", "\u2018": "'", "\u02bc": "'", "\u2010": "-", "\u2011": "-"})
"""Apostrophes and hyphens that keyboards and programs put for each other."""


def clean_name(name: str) -> str | None:
    """Return the name in one spelling (NFC, single spaces, nothing that is not seen), None for an empty one.

    Raises LibraryError if it is too long or not text.
    """
    if any(unicodedata.category(letter) == "Cs" for letter in name):
        raise LibraryError(sentence("The name holds bytes that are no text."), sentence("Type it again."))
    composed = unicodedata.normalize("NFC", name)
    plain = " ".join("".join(_seen(composed, place) for place in range(len(composed))).split())
    if len(plain) > LONGEST_NAME:
        raise LibraryError(
            sentence("A name has at most {most} characters.", most=LONGEST_NAME), sentence("Choose a shorter one.")
        )
    return plain or None


def same_name(one: str, other: str) -> bool:
    """Say whether two names would be taken for one by a reader.

    Upper and lower case, blanks, what is not seen, and forms that look alike (NFKC: wide letters, ligatures) do not
    matter; accents do.
    """
    return name_key(one) == name_key(other)


@lru_cache(REMEMBERED)
def name_key(name: str) -> str:
    """Return what is equal for names that a reader takes for one."""
    seen = "".join(letter for letter in name if unicodedata.category(letter) != "Cf")
    folded = unicodedata.normalize("NFKC", seen).casefold()
    kept = "".join(" " if unicodedata.category(letter) == "Cc" else letter for letter in folded)
    return " ".join(unicodedata.normalize("NFKC", kept).translate(_ALIKE).split())


def _seen(text: str, place: int) -> str:
    """Return a character as it is kept: blanks for blanks of all kinds, nothing for what is not seen."""
    letter = text[place]
    if letter.isspace():
        return " "
    category = unicodedata.category(letter)
    if letter in JOINERS:
        beside = text[max(place - 1, 0) : place] + text[place + 1 : place + 2]
        return letter if len(beside) == 2 and all(ord(one) > _LATIN for one in beside) else ""
    return "" if category in ("Cc", "Cf") else letter


_LATIN = 0x24F
"""The last letter of the blocks of Latin."""
