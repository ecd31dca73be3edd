"""How a text ends when a Korean reads it aloud: Hangul, numbers, signs, units, kana and Latin letters."""

import re
import unicodedata

from engine.words import latin_reading
from engine.words.sounds import Sound

_DIGITS = {
    0: Sound.CLOSED,  # 영, 공
    1: Sound.RIEUL,  # 일
    2: Sound.OPEN,  # 이
    3: Sound.CLOSED,  # 삼
    4: Sound.OPEN,  # 사
    5: Sound.OPEN,  # 오
    6: Sound.CLOSED,  # 육
    7: Sound.RIEUL,  # 칠
    8: Sound.RIEUL,  # 팔
    9: Sound.OPEN,  # 구
}

_POWERS_WITH_A_VOWEL = {3, 5, 6}
"""Of the powers of 10,000 those called 조, 해 and 자; 만, 억, 경, 양, and 십, 백, 천 below, end with a consonant."""

_SIGNS = dict.fromkeys("#₩¥", Sound.CLOSED) | {"‰": Sound.RIEUL} | dict.fromkeys("%$€£°+", Sound.OPEN)
"""Signs that are read aloud: 샵, 원, 엔; 퍼밀; 퍼센트, 달러, 유로, 파운드, 도, 플러스."""

_UNIT = re.compile(r"\d ?(?P<unit>kg|mg|g|cm|mm|km|m|ms|px|h|min)$")
_UNITS = dict.fromkeys(("kg", "mg", "g", "h", "min"), Sound.CLOSED) | {"px": Sound.RIEUL}
"""그램, 시간, 분; 픽셀. The others, 미터 and 밀리초, end with a vowel."""

_BRACKETS = {")": "(", "]": "["}

_NUMBER = re.compile(r"(?P<point>\d\.)?(?P<digits>\d[\d,]*)$")
_SYLLABLES = range(0xAC00, 0xD7A4)
_RIEUL_OF_A_SYLLABLE = 8
_VOWEL_MARKS = range(0x1160, 0x11A8)
_CONSONANT_MARKS = (*range(0x1100, 0x1160), *range(0x11A8, 0x1200))
_RIEUL_MARKS = (0x1105, 0x11AF)


def last_sound(text: str) -> Sound:
    """Return how the last word of a text ends; a vowel where nothing in it can be read."""
    text = unicodedata.normalize("NFKC", text)
    for end in range(_end_of_what_is_read(text), 0, -1):
        sound = _sound_at(text[:end])
        if sound is not None:
            return sound
    return Sound.OPEN


def _end_of_what_is_read(text: str) -> int:
    """Return where a text ends without what stands in brackets after a word, which particles do not follow."""
    first = next((place for place, mark in enumerate(text) if mark.isalnum()), len(text))
    end = at = len(text)
    while at > first:
        last = text[at - 1]
        if last in _BRACKETS:
            at = text.rfind(_BRACKETS[last], 0, at - 1)
            if at <= first:
                break
            end = at
        elif last.isalnum() or last in _SIGNS:
            break
        else:
            at -= 1
    return end


def _sound_at(text: str) -> Sound | None:
    """Return how a text ends that is normalised and not empty; None where its last mark is not read."""
    last = text[-1]
    if last in _SIGNS:
        return _SIGNS[last]
    if last.isdecimal():
        return _sound_of_number(text)
    if not last.isalpha():
        return None
    return _sound_of_hangul(ord(last)) or _sound_of_word(text)


def _sound_of_number(text: str) -> Sound:
    found = _NUMBER.search(text)
    digits = found["digits"].replace(",", "") if found else text[-1]
    if found is None or found["point"] or not digits.endswith("0"):
        return _DIGITS[unicodedata.decimal(digits[-1])]
    zeros = len(digits) - len(digits.rstrip("0"))
    power = zeros // 4 if zeros < len(digits) else 0
    return Sound.OPEN if power in _POWERS_WITH_A_VOWEL else Sound.CLOSED


def _sound_of_hangul(code: int) -> Sound | None:
    """Return the sound of a syllable, or of a letter that stands alone; None for another script."""
    if code in _SYLLABLES:
        final = (code - _SYLLABLES.start) % 28
        return Sound.RIEUL if final == _RIEUL_OF_A_SYLLABLE else Sound.CLOSED if final else Sound.OPEN
    if code in _RIEUL_MARKS:
        return Sound.RIEUL
    if code in _VOWEL_MARKS:
        return Sound.OPEN
    return Sound.CLOSED if code in _CONSONANT_MARKS else None


def _sound_of_word(text: str) -> Sound:
    """Return the sound of a word in any other script at the end of a text."""
    unit = _UNIT.search(text)
    if unit is not None:
        return _UNITS.get(unit["unit"], Sound.OPEN)
    script = _script(text[-1])
    if script in ("LATIN", "CYRILLIC", "GREEK"):
        start = len(text)
        while start and text[start - 1].isalpha() and _script(text[start - 1]) == script:
            start -= 1
        return latin_reading.last_sound(text[start:])
    return Sound.CLOSED if text[-1] in "んン" else Sound.OPEN


def _script(letter: str) -> str:
    """Return the first word of a letter's name in Unicode: LATIN, CYRILLIC, CJK, HIRAGANA …; "" where it has none."""
    return unicodedata.name(letter, "").partition(" ")[0]
