"""What the photos page reads: photos, searched among those already read, and what can be searched for."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QCoreApplication

from app.names.name_matching import prepared
from app.pages.photos.terms import Searchable
from app.session.navigation import Place
from engine.library.library import Library
from engine.library.queries import PhotoIndex, PhotoSearch, folder_rows, people_names, photo_index
from engine.library.queries.search_choices import photo_years, sub_folders
from engine.words import fill

translate = QCoreApplication.translate

OF_PERSON = "photos_of"
"""The place whose subject is a person: photos with them. The subject of "photos" is a folder, or nothing."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found."""

    search: PhotoSearch
    index: PhotoIndex


class PhotosReader:
    """Searches in a thread; all photos are held until somebody says that they have changed."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._age = 0
        self._held: tuple[int, PhotoIndex] | None = None

    def forget(self) -> None:
        """Read all photos anew at the next search; one under way is not held."""
        self._age += 1

    def find(self, search: PhotoSearch) -> Found:
        """Return the pictures that were searched for, one file of each."""
        age, held = self._age, self._held
        if held is None or held[0] != age:
            if search.everyone:
                return Found(search, photo_index(self._library, search).one_a_picture())
            self._held = held = age, photo_index(self._library, PhotoSearch())
        return Found(search, photo_index(self._library, search, held[1]).one_a_picture())


def search_at(place: Place) -> PhotoSearch:
    """Return what a place itself searches for."""
    if place.subject is None:
        return PhotoSearch()
    if place.page == OF_PERSON:
        return PhotoSearch(everyone=frozenset({place.subject}))
    return PhotoSearch(folder_id=place.subject)


def read_names(library: Library) -> Searchable:
    """Return the names of people and folders alone, which are read quickly."""
    folders = {row.id: row.path for row in folder_rows(library)}
    people, words = prepared(people_names(library)), translate("PhotosSearch", "not {name}")
    without = prepared({person: fill(words, name=name) for person, name in people.items()})
    return Searchable(people, folders, without=without, complete=False)


def read_searchable(library: Library) -> Searchable:
    """Return what can be searched for; takes half a second in a large library."""
    below, years = sub_folders(library), list(photo_years(library))
    return replace(read_names(library), sub_folders=below, years=years, complete=True)
