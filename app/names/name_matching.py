"""Which names are meant by what somebody types: words' beginnings, without accents and case; Hangul as it is typed."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import lru_cache

from app.names import hangul
from engine.library.edits.names import REMEMBERED, name_key
from engine.library.queries.name_order import UNSTROKED


class _Plain(dict[int, str]):
    """What stands for each letter: nothing for accents; learnt as letters are met."""

    def __missing__(self, letter: int) -> str:
        self[letter] = "" if unicodedata.combining(chr(letter)) else chr(letter)
        return self[letter]


_PLAIN = _Plain({**UNSTROKED, **hangul.KEYS})

_BETWEEN = re.compile(r"[\W_]+")


def folded(text: str) -> str:
    """Return text as it is compared: without case, accents and strokes, and Hangul in the keys that write it."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKD", hangul.apart(text).casefold()).translate(_PLAIN)


@lru_cache(maxsize=REMEMBERED)
def words_of(text: str) -> tuple[str, ...]:
    """Return the folded words of a text."""
    return tuple(word for word in _BETWEEN.split(folded(text)) if word)


def prepared(names: dict[int, str]) -> dict[int, str]:
    """Return the names, with what is compared of them remembered; for readers off the GUI thread."""
    for name in names.values():
        words_of(name)
        name_key(name)
    return names


def is_meant(name: str, typed: str) -> bool:
    """Say whether each word that was typed begins a word of the name; nothing typed means everybody."""
    return matcher(typed)(name)


def matcher(typed: str) -> Callable[[str], bool]:
    """Return what says whether a name is meant by what was typed; for many names.

    A word of Hangul is also found where a given name stands without a blank behind the family name.
    """
    starts = words_of(typed)
    plain = [start for start in starts if not hangul.is_hangul(start)]
    korean = [(hangul.typed_pattern(start), start.startswith(hangul.START)) for start in starts if start not in plain]

    def finds(name: str) -> bool:
        words = words_of(name)
        for start in plain:
            if not any(word.startswith(start) for word in words):
                return False
        for pattern, anywhere in korean:
            if not (anywhere and pattern.search("".join(words))) and not any(pattern.match(word) for word in words):
                return False
        return True

    return finds


def same_names(names: Mapping[int, str]) -> list[list[int]]:
    """Return the ids of those who share a name, as a reader takes it, group by group."""
    groups: dict[str, list[int]] = {}
    for name_id, name in names.items():
        groups.setdefault(name_key(name), []).append(name_id)
    return [group for group in groups.values() if len(group) > 1]


def called(names: Mapping[int, str], name: str) -> list[int]:
    """Return the ids of those who have this name, as a reader takes it."""
    key = name_key(name)
    return [name_id for name_id, theirs in names.items() if name_key(theirs) == key]


def meant(names: Mapping[int, str], typed: str) -> list[int]:
    """Return the ids whose name is meant: first those whose name begins so, else in the order given."""
    finds, begins = matcher(typed), _beginning(typed)
    found = [name_id for name_id, name in names.items() if finds(name)]
    return sorted(found, key=lambda name_id: not begins(names[name_id]))


def _beginning(typed: str) -> Callable[[str], bool]:
    """Return what says whether a name begins with what was typed."""
    start = " ".join(words_of(typed))
    if not hangul.is_hangul(start):
        return lambda name: " ".join(words_of(name)).startswith(start)
    pattern = hangul.typed_pattern(start, in_place=True)
    return lambda name: pattern.match(" ".join(words_of(name))) is not None
