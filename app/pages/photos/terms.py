"""A search for photos as the user sees it: terms that can be taken away one by one, and a sentence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from app.names.name_order import name_order
from app.style import texts
from engine.library.queries import PhotoSearch
from engine.library.queries.search_choices import SubFolder
from engine.words import fill

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Searchable:
    """What can be searched for: names of people by id, paths of folders by id, sub-folders, years with photos.

    `without` are the words for photos without somebody, by the id of whom they are to lack.

    Until it is `complete` there may be more.
    """

    people: Mapping[int, str] = field(default_factory=dict)
    folders: Mapping[int, Path] = field(default_factory=dict)
    sub_folders: Sequence[SubFolder] = ()
    years: Sequence[int] = ()
    without: Mapping[int, str] = field(default_factory=dict)
    complete: bool = True


class TermKind(StrEnum):
    """The conditions of a search, in the order in which they are shown."""

    WITH = "with"
    WITHOUT = "without"
    EXACTLY = "exactly"
    UNNAMED = "unnamed"
    FACES = "faces"
    PLACE = "place"
    TIME = "time"


@dataclass(frozen=True, slots=True)
class Term:
    """One condition; `person` is whom it is about, for WITH and WITHOUT."""

    kind: TermKind
    text: str
    person: int = 0


def terms_of(search: PhotoSearch, known: Searchable) -> list[Term]:
    """Return the conditions of a search, each with its words."""
    without = translate("Search", "without {name}")
    found = [Term(TermKind.WITH, name, person) for person, name in _named(search.everyone, known)]
    found += [
        Term(TermKind.WITHOUT, fill(without, name=name), person) for person, name in _named(search.nobody_of, known)
    ]
    others = (
        (TermKind.EXACTLY, translate("Search", "nobody else") if search.exactly else ""),
        (TermKind.UNNAMED, translate("Search", "somebody unnamed") if search.unnamed else ""),
        (TermKind.FACES, faces_text(search)),
        (TermKind.PLACE, place_text(search, known)),
        (TermKind.TIME, time_text(search)),
    )
    return found + [Term(kind, text) for kind, text in others if text]


def dropped(search: PhotoSearch, term: Term) -> PhotoSearch:
    """Return the search without one of its conditions."""
    if term.kind is TermKind.WITH:
        left = search.everyone - {term.person}
        return replace(search, everyone=left, exactly=search.exactly and bool(left))
    if term.kind is TermKind.WITHOUT:
        return replace(search, nobody_of=search.nobody_of - {term.person})
    if term.kind is TermKind.EXACTLY:
        return replace(search, exactly=False)
    if term.kind is TermKind.UNNAMED:
        return replace(search, unnamed=False)
    if term.kind is TermKind.FACES:
        return replace(search, fewest_faces=0, most_faces=None)
    if term.kind is TermKind.PLACE:
        return replace(search, folder_id=None, below="")
    return replace(search, since=None, until=None)


def with_person(search: PhotoSearch, person: int) -> PhotoSearch:
    """Return the search for photos with this person, too."""
    return replace(search, everyone=search.everyone | {person}, nobody_of=search.nobody_of - {person})


def without_person(search: PhotoSearch, person: int) -> PhotoSearch:
    """Return the search for photos without this person."""
    left = search.everyone - {person}
    exactly = search.exactly and bool(left)
    return replace(search, everyone=left, nobody_of=search.nobody_of | {person}, exactly=exactly)


def in_year(search: PhotoSearch, year: int) -> PhotoSearch:
    """Return the search for photos of one year."""
    return replace(search, since=_new_year(year), until=_new_year(year + 1))


def spoken_search(search: PhotoSearch, known: Searchable, count: int) -> str:
    """Say what is searched for and how many photos were found."""
    people = _listed([name for _, name in _named(search.everyone, known)])
    nobody = _listed([name for _, name in _named(search.nobody_of, known)])
    parts = [
        fill(_whose_photos(people=bool(people), exactly=search.exactly), people=people),
        translate("Search", "with somebody who has no name") if search.unnamed else "",
        fill(translate("Search", "without {people}"), people=nobody) if nobody else "",
        faces_text(search),
        fill(translate("Search", "in {place}"), place=place_text(search, known)) if place_text(search, known) else "",
        time_text(search),
    ]
    return f"{', '.join(part for part in parts if part)}: {texts.number(count)}"


def whose_photos(search: PhotoSearch, known: Searchable) -> str:
    """Say whose photos are searched for, "" for everybody's or where names are not known yet."""
    if not search.everyone or not (known.complete or search.everyone <= known.people.keys()):
        return ""
    people = _listed([name for _, name in _named(search.everyone, known)])
    return fill(_whose_photos(people=True, exactly=False), people=people)


def _whose_photos(*, people: bool, exactly: bool) -> str:
    """Return the beginning of that sentence, with a place for people where some are searched for."""
    if exactly and people:
        return translate("Search", "Photos with {people} and nobody else who has a name")
    if exactly:
        return translate("Search", "Photos with nobody who has a name")
    return translate("Search", "Photos with {people}") if people else translate("Search", "Photos")


def faces_text(search: PhotoSearch) -> str:
    """Return how many faces are wanted, in words; "" for any number."""
    fewest, most = search.fewest_faces, search.most_faces
    if most is None:
        more = translate("Search", "{faces} or more")
        return fill(more, faces=texts.faces(fewest)) if fewest else ""
    if fewest == most or not most:
        return texts.faces(most) if most else translate("Search", "nobody in sight")
    if not fewest:
        return fill(translate("Search", "at most {faces}"), faces=texts.faces(most))
    return fill(translate("Search", "{fewest} to {faces}"), fewest=texts.number(fewest), faces=texts.faces(most))


def place_text(search: PhotoSearch, known: Searchable) -> str:
    """Return the folder with the sub-folder; "" for everywhere."""
    folder = known.folders.get(search.folder_id) if search.folder_id is not None else None
    name = (folder.name or str(folder)) if folder is not None else ""
    if search.folder_id is not None and folder is None:
        name = translate("Search", "one folder")
    return "/".join(part for part in (name, search.below) if part)


def time_text(search: PhotoSearch) -> str:
    """Return the years or days between which photos were taken; "" for any time."""
    since, until = search.since, search.until
    if since is not None and until is not None and _begins_year(since) and _begins_year(until):
        first, last = since.year, until.year - 1
        return str(first) if first == last else f"{first}–{last}"
    if since is not None and until is not None:
        return f"{_day(since)} – {_day(until - timedelta(days=1))}"
    if since is not None:
        return fill(translate("Search", "since {day}"), day=_day(since))
    return fill(translate("Search", "until {day}"), day=_day(until - timedelta(days=1))) if until is not None else ""


def _named(people: frozenset[int], known: Searchable) -> list[tuple[int, str]]:
    named = [(person, known.people.get(person, texts.nameless())) for person in sorted(people)]
    return sorted(named, key=lambda entry: name_order(entry[1]))


def _listed(names: Sequence[str]) -> str:
    """Join names as people do: "Ada, Bo and Cleo"."""
    if len(names) < 2:
        return "".join(names)
    both = translate("Search", "{names} and {last}")
    return fill(both, names=", ".join(names[:-1]), last=names[-1])


def _new_year(year: int) -> datetime:
    return datetime(year, 1, 1)  # noqa: DTZ001 a camera's clock has no zone


def _begins_year(moment: datetime) -> bool:
    return moment == _new_year(moment.year)


def _day(moment: datetime) -> str:
    return QLocale().toString(QDate(moment.year, moment.month, moment.day), QLocale.FormatType.ShortFormat)
