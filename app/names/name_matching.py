"""Which names are meant by what somebody types: words' beginnings, without accents and case."""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from engine.library.edits.names import name_key

_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})
"""Letters that people type without their stroke, which Unicode does not take apart."""

_BETWEEN = re.compile(r"[\W_]+")


def folded(text: str) -> str:
    """Return text as it is compared: without case, accents and strokes."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).translate(_LETTERS)


@lru_cache(maxsize=16_384)
def words_of(text: str) -> tuple[str, ...]:
    """Return the folded words of a text."""
    return tuple(word for word in _BETWEEN.split(folded(text)) if word)


def is_meant(name: str, typed: str) -> bool:
    """Say whether each word that was typed begins a word of the name; nothing typed means everybody."""
    words = words_of(name)
    return all(any(word.startswith(start) for word in words) for start in words_of(typed))


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
    start = " ".join(words_of(typed))
    found = [name_id for name_id, name in names.items() if is_meant(name, typed)]
    return sorted(found, key=lambda name_id: not " ".join(words_of(names[name_id])).startswith(start))
