"""What the field of the photos' search offers, by a key each, and what taking one does to the search."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import reduce
from typing import Any

from app.pages.photos.terms import Searchable, in_year, with_person, without_person
from engine.library.queries import PhotoSearch

Take = Callable[[PhotoSearch, Any], PhotoSearch]
"""Returns a search with what is offered put into it: a person's id, a year, a folder's id, a sub-folder."""


class Offers:
    """People have their own ids, so that those of one name can be told apart; all else counts down from −1.

    There are some ten thousand in a large library, twice as many as it has people, so that nothing is made for each
    but its text.
    """

    def __init__(self, known: Searchable, unnamed: str, nobody: str) -> None:
        """Offer what is known; the two texts are somebody without a name, and nobody at all."""
        folders = [path.name or str(path) for path in known.folders.values()]
        below = [one.below for one in known.sub_folders]
        self._kinds: tuple[tuple[Sequence[Any], Take], ...] = (
            ((None,), lambda search, _: replace(search, unnamed=True)),
            ((None,), lambda search, _: replace(search, fewest_faces=0, most_faces=0)),
            (known.years, in_year),
            (tuple(known.folders), lambda search, folder: replace(search, folder_id=folder, below="")),
            (known.sub_folders, lambda search, one: replace(search, folder_id=one.folder_id, below=one.below)),
            (tuple(known.without), without_person),
        )
        others = [unnamed, nobody, *map(str, known.years), *folders, *below, *known.without.values()]
        self.texts = {**known.people, **dict(zip(range(-1, -len(others) - 1, -1), others, strict=True))}

    def taken(self, search: PhotoSearch, keys: Sequence[int]) -> PhotoSearch:
        """Return the search with each of these put into it."""
        return reduce(self._take, keys, search)

    def _take(self, search: PhotoSearch, key: int) -> PhotoSearch:
        if key > 0:
            return with_person(search, key)
        place = -key - 1
        for offered, take in self._kinds:
            if place < len(offered):
                return take(search, offered[place])
            place -= len(offered)
        raise KeyError(key)
