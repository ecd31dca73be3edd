"""The order of names in lists: by their letters, accents and case last, as German, English or Korean readers look.

The window has Qt's collation, for every language; here, without Qt, the same order comes of Unicode's decomposition.
"""

import unicodedata
from functools import lru_cache

from engine.library.edits.names import REMEMBERED
from engine.words.catalogue import in_use

UNSTROKED = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})
"""Letters with a stroke and pairs of letters, which Unicode does not take apart."""

_HANGUL = range(0x1100, 0x1200)
"""The letters of which decomposed syllables consist."""

_BEHIND = 0xF0000
"""Added to letters that stand behind Hangul: they keep their order among each other."""


def name_order(name: str) -> tuple[str, str, str]:
    """Return what names are sorted by: letters, then accents, then case with the small ones first.

    The parts of decomposed Hangul are in the order of a dictionary, and come before other letters where Korean is the
    language in use, as in Unicode's collation. NFC and NFD of a name have one place.
    """
    return _place(name, in_use() == "ko")


@lru_cache(maxsize=REMEMBERED)
def _place(name: str, hangul_first: bool) -> tuple[str, str, str]:  # noqa: FBT001 a key of what is remembered
    decomposed = unicodedata.normalize("NFKD", name)
    letters = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    accents = "".join(letter if unicodedata.combining(letter) else " " for letter in decomposed)
    plain = letters.casefold().translate(UNSTROKED)
    return "".join(map(_behind, plain)) if hangul_first else plain, accents, letters.swapcase()


def _behind(letter: str) -> str:
    code = ord(letter)
    return chr(_BEHIND + code) if letter.isalpha() and code not in _HANGUL and code <= 0xFFFD else letter
