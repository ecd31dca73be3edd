"""Korean particles, whose form follows the last sound of what stands before them: 민수를, 지원을; 서울로, 부산으로.

A catalogue writes both forms after a placeholder, `{name}을(를)`, and `settled` keeps the one that fits what was
filled in, as it is read aloud (`korean_reading`). Quotes and tags between the two are skipped, and what stands in
brackets after a word is not read (Korean Orthography, appendix on punctuation). What cannot be read, such as nothing at
all, ideographs or emoji alone, has the form that follows a vowel.
"""

import re

from engine.words.korean_reading import last_sound
from engine.words.sounds import Sound

PAIRS = {
    "을(를)": ("을", "를"),
    "를(을)": ("을", "를"),
    "이(가)": ("이", "가"),
    "가(이)": ("이", "가"),
    "은(는)": ("은", "는"),
    "는(은)": ("은", "는"),
    "과(와)": ("과", "와"),
    "와(과)": ("과", "와"),
    "아(야)": ("아", "야"),
    "이(나)": ("이나", "나"),
    "이(라)": ("이라", "라"),
    "으로(로)": ("으로", "로"),
    "(으)로": ("으로", "로"),
    "(이)": ("이", ""),
}
"""The ways to write a pair, and its forms after a consonant and after a vowel; (이) begins (이)라는, (이)며, (이)든."""

_PAIR = re.compile("|".join(map(re.escape, PAIRS)))
_TAG = re.compile(r"</?\w+>")


def settled(before: str, after: str) -> str:
    """Return a literal text of a catalogue with its particles settled.

    before: all that stands before it, values filled in; pairs in it are left alone, for they are part of a value.
    """
    text, at = "", 0
    for pair in _PAIR.finditer(after):
        text += after[at : pair.start()]
        text += particle(_TAG.sub("", before + text), pair[0])
        at = pair.end()
    return text + after[at:]


def particle(word: str, pair: str) -> str:
    """Return the form of a pair, one of `PAIRS`, that follows a word. Raises KeyError for any other pair."""
    after_consonant, after_vowel = PAIRS[pair]
    sound = last_sound(word)
    if sound is Sound.RIEUL and after_vowel == "로":
        return after_vowel
    return after_vowel if sound is Sound.OPEN else after_consonant
