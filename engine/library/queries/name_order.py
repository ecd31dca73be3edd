"""The order of names in lists: by their letters, accents and case last, as German, English or Korean readers look.

The window has Qt's collation, for every language; here, without Qt, the same order comes of Unicode's decomposition.
"""

import unicodedata
from functools import lru_cache

from engine.library.edits.names import REMEMBERED

UNSTROKED = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})
"""Letters with a stroke and pairs of letters, which Unicode does not take apart."""


@lru_cache(maxsize=REMEMBERED)
def name_order(name: str) -> tuple[str, str, str]:
    """Return what names are sorted by: letters, then accents, then case with the small ones first.

    The parts of decomposed Hangul are in the order of a dictionary. NFC and NFD of a name have one place.
    """
    decomposed = unicodedata.normalize("NFKD", name)
    letters = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    accents = "".join(letter if unicodedata.combining(letter) else " " for letter in decomposed)
    return letters.casefold().translate(UNSTROKED), accents, letters.swapcase()
