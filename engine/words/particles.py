"""Korean particles, whose form hangs on the last sound of the word before: `{name}을(를)` becomes 을 or 를."""

import re

_PAIRS = {
    "을(를)": ("을", "를"),
    "이(가)": ("이", "가"),
    "은(는)": ("은", "는"),
    "과(와)": ("과", "와"),
    "이(나)": ("이나", "나"),
    "이(라)": ("이라", "라"),
    "(으)로": ("으로", "로"),
    "(이)나": ("이나", "나"),
    "(이)라": ("이라", "라"),
}
"""As catalogues write them: the form after a consonant, and the one after a vowel."""

_OPEN = re.compile("|".join(map(re.escape, _PAIRS)))
_CLOSING = "\"'”’»›)]}>」』"
_NO_FINAL, _RIEUL = 0, 8

_DIGITS = dict(zip("0123456789", "영일이삼사오육칠팔구", strict=True))
_LETTERS = {"l": _RIEUL, "r": _NO_FINAL, "m": 16, "n": 4, "b": 17, "c": 1, "k": 1, "p": 17, "t": 19, "g": 1, "d": 19}
"""The finals of Latin letters at the end of a word, as it is usually read; vowels and the others have none."""


def settled(before: str, after: str) -> str:
    """Return `after` with the particle that it begins with chosen for the last sound of `before`."""
    found = _OPEN.match(after)
    if found is None:
        return after
    consonant, vowel = _PAIRS[found[0]]
    final = _final(before)
    as_vowel = final == _NO_FINAL or (found[0] == "(으)로" and final == _RIEUL)
    return (vowel if as_vowel else consonant) + after[found.end() :]


def _final(text: str) -> int:
    """Return the final of the last syllable, 0 for none, numbered as in Unicode's Hangul syllables."""
    last = text.rstrip(_CLOSING)[-1:].lower()
    last = _DIGITS.get(last, last)
    if "가" <= last <= "힣":
        return (ord(last) - ord("가")) % 28
    return _LETTERS.get(last, _NO_FINAL)
