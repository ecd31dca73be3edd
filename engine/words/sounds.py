"""The kinds of sound with which a word can end, as far as a Korean particle asks for it."""

from enum import Enum


class Sound(Enum):
    """How the last syllable of a word ends."""

    OPEN = "vowel"
    """민수, 3.5 (오), Anna"""
    CLOSED = "consonant"
    """지원, 3 (삼), John"""
    RIEUL = "ㄹ"
    """서울, 8 (팔), Paul: as a consonant does, but for 으로, which is 로 after it"""
