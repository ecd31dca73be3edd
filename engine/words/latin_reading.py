"""How Koreans read what is written in Latin, Cyrillic or Greek letters: with what kind of sound it ends.

Words follow the official rules for loanwords (National Institute of Korean Language, Loanword Orthography, part 3,
section 1) and common use where that differs: p, t and k after a short vowel close the syllable (Jack, Scott, Philip),
after anything else they take a vowel (Mark, Robert, Luke); l, m, n and ng close it; r at the end is not heard; every
other consonant takes a vowel.
"""

import re
import unicodedata

from engine.words.sounds import Sound

VOWELS = "aeiouy"

_SPELLED = {"l": Sound.RIEUL, "r": Sound.RIEUL, "m": Sound.CLOSED, "n": Sound.CLOSED}
"""Names of letters that end with a consonant (엘, 알, 엠, 엔)."""

_KNOWN = {"jpeg": Sound.CLOSED, "zip": Sound.CLOSED, "heic": Sound.OPEN, "xmp": Sound.OPEN}
"""Formats of files whose usual reading the rules miss."""

_OTHER_LETTERS = str.maketrans("łлмнптквбдгсрзжшчщцхфλμνπτκσρ", "llmnptkvbdgsrzzssshhflmnptksr")
"""Cyrillic and Greek consonants, and a Polish one, by the Latin letter that is read alike."""

_CLOSING = re.compile(r"(?:(?<![aeiouy])[aeiouy](?:ck|[ckptb]|pp|tt|bb|kk)|[aeiouy]c|ook|aa[kpt])$")
"""p, t, k and b after one vowel alone, and the endings of Isaac, music and book."""


def last_sound(word: str) -> Sound:
    """Return how a word of letters ends as it is read; `word` is not empty."""
    small = word.casefold()
    if small in _KNOWN:
        return _KNOWN[small]
    parts = unicodedata.normalize("NFD", small)
    plain = "".join(part for part in parts if not unicodedata.combining(part)).translate(_OTHER_LETTERS)
    plain = "".join(letter if letter.isascii() else "a" for letter in plain)
    if _is_spelled(word, plain):
        return _SPELLED.get(plain[-1:], Sound.OPEN)
    if re.search(r"[lmn]e$", plain) and not unicodedata.combining(parts[-1]):
        plain = plain[:-1]  # the e of Jane and Nicole is not heard, that of René is
    return _read(plain)


def _is_spelled(word: str, plain: str) -> bool:
    """Return whether a word is read letter by letter: short capitals (USB), and what has no vowel (jpg)."""
    return len(word) == 1 or (word.isupper() and len(word) <= 3) or not any(letter in VOWELS for letter in plain)


def _read(plain: str) -> Sound:
    if plain.endswith("l"):
        return Sound.RIEUL
    if plain.endswith(("m", "n", "ng")) or _CLOSING.search(plain):
        return Sound.CLOSED
    return Sound.OPEN
