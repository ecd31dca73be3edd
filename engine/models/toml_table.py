"""A strict reader of TOML tables: every key is asked for once, and a wrong one is named together with its file."""

import math
import re
import tomllib
from collections.abc import Callable, Mapping
from enum import StrEnum
from itertools import pairwise
from pathlib import Path
from typing import Self, TypeVar

from engine.errors import ModelError

Value = TypeVar("Value")
Word = TypeVar("Word", bound=StrEnum)

Read = Callable[[object], Value | None]
"""Turns a TOML value into one of ours, or returns None where it is of the wrong kind."""


class Table:
    """One table of a model card."""

    def __init__(self, path: Path, values: object, prefix: str = "") -> None:
        self.path, self.prefix = path, prefix
        if not isinstance(values, Mapping):
            raise self.error(prefix.rstrip("."), "must be a table")
        self.values = dict(values)

    @classmethod
    def read(cls, path: Path) -> Self:
        """Open the top table of a file."""
        try:
            return cls(path, tomllib.loads(path.read_text(encoding="utf-8")))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise ModelError(f"The model card {path} cannot be read: {error}.", "Correct it or remove it.") from error

    def error(self, key: str, what: str) -> ModelError:
        """Return an error that names the file and the key."""
        return ModelError(f"The model card {self.path} is not usable: '{key}' {what}.", "Correct it or remove it.")

    def take(self, key: str, read: Read[Value], what: str) -> Value:
        """Return the value of a key that must be there; `what` says in the error what was expected."""
        if key not in self.values:
            raise self.error(self.prefix + key, "is missing")
        value = read(self.values.pop(key))
        if value is None:
            raise self.error(self.prefix + key, f"must be {what}")
        return value

    def table(self, key: str) -> "Table":
        """Return the table under a key that must be there."""
        return Table(self.path, self.take(key, anything, "a table"), f"{self.prefix}{key}.")

    def tables(self, key: str) -> list["Table"]:
        """Return the tables of an array of tables, an empty list where the key is absent."""
        listed = self.values.pop(key, [])
        if not isinstance(listed, list):
            raise self.error(self.prefix + key, "must be an array of tables")
        return [Table(self.path, item, f"{self.prefix}{key}[{number}].") for number, item in enumerate(listed)]

    def close(self) -> None:
        """Refuse keys that nobody asked for."""
        for key in self.values:
            raise self.error(self.prefix + key, "is not a key of a card")


def anything(value: object) -> object:
    """Read any value."""
    return value


def text(value: object) -> str | None:
    """Read a text that is not blank."""
    return value if isinstance(value, str) and value.strip() else None


def matching(pattern: re.Pattern[str]) -> Read[str]:
    """Read a text that the pattern describes from end to end."""
    return lambda value: value if isinstance(value, str) and pattern.fullmatch(value) else None


def word(words: type[Word]) -> Read[Word]:
    """Read one of the words of an enumeration."""
    known = {entry.value: entry for entry in words}
    return lambda value: known.get(value) if isinstance(value, str) else None


def whole(value: object) -> int | None:
    """Read a whole number that is not negative."""
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def positive(value: object) -> int | None:
    """Read a whole number above 0."""
    return whole(value) or None


def number(value: object) -> float | None:
    """Read a finite number."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    return float(value)


def numbers(value: object) -> list[float] | None:
    """Read an array of finite numbers."""
    if not isinstance(value, list):
        return None
    read = [found for item in value if (found := number(item)) is not None]
    return read if len(read) == len(value) else None


def three(value: object) -> tuple[float, float, float] | None:
    """Read three numbers."""
    read = numbers(value)
    return (read[0], read[1], read[2]) if read is not None and len(read) == 3 else None


def three_divisors(value: object) -> tuple[float, float, float] | None:
    """Read three numbers of which none is 0."""
    read = three(value)
    return read if read is not None and all(read) else None


def falling_tail(value: object) -> tuple[tuple[float, float], ...] | None:
    """Read two or more (similarity, share) pairs, the similarity rising and the share falling within (0, 1]."""
    if not isinstance(value, list):
        return None
    pairs = [(read[0], read[1]) for item in value if (read := numbers(item)) is not None and len(read) == 2]
    if len(pairs) != len(value) or len(pairs) < 2 or not all(0 < share <= 1 for _, share in pairs):
        return None
    falls = all(a[0] < b[0] and a[1] > b[1] for a, b in pairwise(pairs))
    return tuple(pairs) if falls else None
