"""Several names that are typed at once: commas stand between them, and some names have commas of their own."""

import re
from collections.abc import Mapping

from app.names.name_matching import folded, meant, words_of

BETWEEN = re.compile("([,;，、])")
"""What stands between names that are typed at once."""


def meant_at_once(names: Mapping[int, str], typed: str) -> list[int]:
    """Return the keys of what is most likely meant: one, or several where every part between commas means something.

    What is called exactly so comes first, alone or between commas; "Ada, Bo" is no "Ada Bonham" where both are known.
    [] where nothing is meant.
    """
    exact: dict[str, int] = {}
    for key, text in names.items():
        exact.setdefault(folded(text), key)
    parts = BETWEEN.split(typed)
    known = _keys(parts, exact, {})
    if known:
        return known
    whole = _likely(names, typed)
    return [whole] if whole is not None else _keys(parts, exact, names)


def _likely(names: Mapping[int, str], typed: str) -> int | None:
    """Return what is most likely begun by a text; signs alone would begin everything, and mean nothing."""
    return next(iter(meant(names, typed)), None) if words_of(typed) else None


def _keys(parts: list[str], exact: Mapping[str, int], names: Mapping[int, str]) -> list[int]:
    """Return a key for every part, or for as many together as one is called; a part alone may be a name's beginning."""
    found: list[int] = []
    start = 0
    while start < len(parts):
        ends = range(len(parts), start, -1)
        calls = ((end, exact.get(folded("".join(parts[start:end]).strip()))) for end in ends)
        end, key = next(((end, key) for end, key in calls if key is not None), (start + 1, None))
        part = parts[start].strip()
        if key is None and part and not BETWEEN.fullmatch(part):
            key = _likely(names, part)
            if key is None:
                return []
        if key is not None:
            found.append(key)
        start = end
    return found
