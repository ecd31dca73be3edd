"""What a tile of a grid shows."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import Qt

from app.pictures.pictures import Picture

TILE = Qt.ItemDataRole.UserRole
"""The role under which a grid's model gives its `Tile`."""

ID = Qt.ItemDataRole.UserRole + 1
"""The role under which it gives the id of the row."""


class Standing(StrEnum):
    """How sure it is whose a face is; shown by more than colour."""

    PLAIN = "plain"
    CONFIRMED = "confirmed"
    SUGGESTED = "suggested"
    IGNORED = "ignored"


@dataclass(frozen=True, slots=True)
class Tile:
    """At most a title, a hint (a count) and one mark below or on a picture.

    `mark` is a short text on the picture's corner ("•3"). What is only said, or shown by a tool tip, is made when
    somebody asks: a grid asks for tiles at every paint, and paints none of that.
    """

    picture: Picture | None
    title: str = ""
    hint: str = ""
    mark: str = ""
    standing: Standing = Standing.PLAIN
    say: Callable[[], str] = str
    explain: Callable[[], str] = str

    @property
    def spoken(self) -> str:
        """What a screen reader says; "" for the title."""
        return self.say()

    @property
    def tip(self) -> str:
        """The tool tip."""
        return self.explain()
