"""Whom a name that is offered means: a face, and for people of one name also how many faces there are."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QPixmap

from app.names.name_matching import same_names
from app.pictures.pictures import Picture, Shape
from app.session.context import Context
from app.style import texts
from engine.library.queries import PersonRow, people_rows

SIDE = 28


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands beside a name; `text` only where several people have it. The face comes when it is made."""

    text: str
    face: QPixmap | None


class Namesakes(QObject):
    """Reads about those who share a name with somebody, and about those who are offered now."""

    changed = Signal()
    """Others share a name, or something else is known of them."""
    pictured = Signal()
    """A face that stands beside a name is known, or was made."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._library, self._pictures = context.library, context.pictures
        self._rows: dict[int, PersonRow] = {}
        self._offered: dict[int, PersonRow] = {}
        self._reading = context.reading(self, self._take)
        self._looking = context.reading(self, self._take_offered)
        self._pictures.arrived.connect(self._take_picture)

    def know(self, names: Mapping[int, str]) -> None:
        """Find out who of these people, by id, have one name."""
        shared = frozenset(person for group in same_names(names) for person in group)
        if shared:
            self._reading.refresh(lambda: people_rows(self._library, only=shared))
        else:
            self._rows = {}

    def look(self, people: Collection[int]) -> None:
        """Find out what these people, who are offered now, look like."""
        wanted = frozenset(people)
        if wanted - self._offered.keys():
            self._looking.refresh(lambda: people_rows(self._library, only=wanted))

    def told_apart(self, person: int, name: str) -> str:
        """Return a person's name, with a number where several people have it."""
        row = self._rows.get(person)
        return name if row is None else called_with_number(name, row)

    def mark(self, person: int, ratio: float) -> Mark | None:
        """Return what stands beside a person's name, None where nothing is known of them.

        `ratio` is that of the screen.
        """
        shared = self._rows.get(person)
        row = shared or self._offered.get(person)
        if row is None:
            return None
        face = None
        if row.cover is not None:
            face = self._pictures.pixmap(Picture(Shape.CIRCLE, row.cover), SIDE, ratio)
        return Mark(texts.faces(row.faces) if shared is not None else "", face)

    def _take_offered(self, rows: Collection[PersonRow]) -> None:
        self._offered = {row.person: row for row in rows}
        self.pictured.emit()

    def _take(self, rows: Collection[PersonRow]) -> None:
        self._rows = {row.person: row for row in rows}
        self.changed.emit()

    def _take_picture(self, picture: Picture) -> None:
        if any(row.cover == picture.id for row in (*self._rows.values(), *self._offered.values())):
            self.pictured.emit()


def called_with_number(name: str, row: PersonRow) -> str:
    """Return a name that several people have, with how many faces this one has."""
    return f"{name} · {texts.faces(row.faces)}"
