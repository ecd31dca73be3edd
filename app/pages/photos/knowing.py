"""Keeps the search of photos told of what can be searched for."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject

from app.pages.photos.reading import read_names, read_searchable
from app.pages.photos.search import PhotosSearch
from app.pages.photos.terms import Searchable
from app.session.context import Context
from engine.library.changes import Changes


class Knowing(QObject):
    """Reads names at once, and the rest when somebody has the time."""

    def __init__(self, context: Context, search: PhotosSearch, parent: QObject) -> None:
        super().__init__(parent)
        self._library, self._search = context.library, search
        self._outdated = True
        """Whether what can be searched for may have changed since it was read."""
        self._named, self._learnt = context.loader(self, self._learn_names), context.thinker(self, search.know)

    def follow(self, changes: Changes | None) -> None:
        """Note that something may be outdated; people and folders that have changed are read."""
        self._outdated |= changes is None or bool(changes.photos or changes.folders or changes.people)
        if changes is not None and (changes.people or changes.folders):
            self._read()

    def catch_up(self) -> None:
        """Read what may be outdated, if anything is."""
        if self._outdated:
            self._read()

    def _read(self) -> None:
        self._outdated = False
        self._named.load(partial(read_names, self._library))
        self._learnt.load(partial(read_searchable, self._library))

    def _learn_names(self, found: Searchable) -> None:
        """Take the names; whatever else is known already stays."""
        known = self._search.known
        self._search.know(replace(known, people=found.people, without=found.without, folders=found.folders))
