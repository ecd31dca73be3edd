"""Hangul as it is typed: a name's initial consonants (ㄱㅅㅎ), or key by key while a syllable is being composed.

A text is spelled in the keys of the keyboard that Korea uses: ㅘ is ㅗㅏ, a final ㄳ is ㄱㅅ, and every syllable begins
with `START`. What was typed is then looked for by a regular expression over that.

The arithmetic of syllables is not needed: Unicode's decomposition (NFKD) gives the letters of each, also of those that
are compatibility letters (U+3131…, what a keyboard gives alone) or came decomposed (U+1100…, as macOS writes files).
"""

import re
from collections.abc import Iterator
from functools import lru_cache

START = "\u3164"
"""Stands before each syllable, and before a consonant alone: the letter for no letter, which NFKD never leaves."""

_INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_VOWELS = "ㅏ ㅐ ㅑ ㅒ ㅓ ㅔ ㅕ ㅖ ㅗ ㅗㅏ ㅗㅐ ㅗㅣ ㅛ ㅜ ㅜㅓ ㅜㅔ ㅜㅣ ㅠ ㅡ ㅡㅣ ㅣ".split()  # noqa: SIM905 a row of letters
_FINALS = (
    "ㄱ ㄲ ㄱㅅ ㄴ ㄴㅈ ㄴㅎ ㄷ ㄹ ㄹㄱ ㄹㅁ ㄹㅂ ㄹㅅ ㄹㅌ ㄹㅍ ㄹㅎ ㅁ ㅂ ㅂㅅ ㅅ ㅆ ㅇ ㅈ ㅊ ㅋ ㅌ ㅍ ㅎ".split()  # noqa: SIM905
)
"""In the order of Unicode's conjoining letters: chapter 3.12 and the chart of U+1100."""

KEYS = {
    **{0x1100 + place: START + letter for place, letter in enumerate(_INITIALS)},
    **{0x1161 + place: keys for place, keys in enumerate(_VOWELS)},
    **{0x11A8 + place: keys for place, keys in enumerate(_FINALS)},
}
"""What each letter of a decomposed text (NFKD) is spelled with, for `str.translate`."""

_PAIRS = "ㄳㄵㄶㄺㄻㄼㄽㄾㄿㅀㅄ"
_ALONE = str.maketrans(dict(zip(_PAIRS, (keys for keys in _FINALS if len(keys) == 2), strict=True)))
"""Pairs of consonants that keyboards make of two initial ones, such as ㄳ of ㄱㅅ: they are taken apart again."""

_TWICE = {"ㄲ": "ㄱ", "ㄸ": "ㄷ", "ㅃ": "ㅂ", "ㅆ": "ㅅ", "ㅉ": "ㅈ"}
"""Consonants that some keyboards make of one that is typed twice."""

_LETTER = "[ㄱ-ㅣ]"
_TOKEN = re.compile(rf"{START}([ㄱ-ㅎ])([ㅏ-ㅣ]*)([ㄱ-ㅎ]*)|(.)", re.DOTALL)


def apart(text: str) -> str:
    """Return a text whose pairs of consonants that stand alone are two; before it is decomposed."""
    return text.translate(_ALONE)


def is_hangul(text: str) -> bool:
    """Say whether a spelled text has Hangul in it."""
    return START in text


@lru_cache(maxsize=256)
def typed_pattern(typed: str, *, in_place: bool = False) -> re.Pattern[str]:
    """Return what finds, in a spelled text, the places where what was typed (spelled, too) may begin.

    A consonant alone is a syllable's first. The last syllable may go on: 기 finds 김, 고 finds 과. Its final consonant
    may be the next syllable's first, as keyboards put it until a vowel follows: 익 finds 이경, unless `in_place`.
    """
    tokens = [token.groups() for token in _TOKEN.finditer(typed)]
    followed = [*tokens[1:], None]
    return re.compile("".join(_part(token, after, in_place) for token, after in zip(tokens, followed, strict=True)))


def _part(token: tuple[str, ...], after: tuple[str, ...] | None, in_place: bool) -> str:  # noqa: FBT001 of this file alone
    initial, vowels, final, other = token
    if other:
        return re.escape(other)
    if not vowels:
        return "".join(_syllable_from(consonant) for consonant in initial + final)
    whole = f"{START}{initial}{vowels}{final}" + ("" if after is None else f"(?!{_LETTER})")
    may_move = after is None or not (after[1] or after[3])  # the end, or a consonant alone
    ways = [whole, *_moved(f"{START}{initial}{vowels}", final)] if may_move and not in_place else [whole]
    return f"(?:{'|'.join(ways)})"


def _moved(begun: str, final: str) -> Iterator[str]:
    """Give the ways in which final consonants are the first ones of the next syllables."""
    for kept in range(len(final)):
        yield begun + final[:kept] + "".join(_syllable_from(consonant) for consonant in final[kept:])


def _syllable_from(consonant: str) -> str:
    """Return what finds a syllable that begins with a consonant; or two, where it is one that was typed twice."""
    one = f"{START}{consonant}{_LETTER}*"
    simple = _TWICE.get(consonant)
    return one if simple is None else f"(?:{one}|(?:{START}{simple}{_LETTER}*){{2}})"
