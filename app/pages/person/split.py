"""Dividing a person: from a few wrong faces, or by how many people it is. Proposals come from another thread."""

from collections.abc import Collection

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.names.known_names import KnownNames
from app.names.likely import LikelyPeople
from app.pages.person.parts_panel import PartsPanel
from app.pages.person.reading import PersonSeen
from app.pages.person.split_panel import SplitPanel
from app.session.context import Context
from app.style import texts
from app.work.loading import Loader
from engine.library import edits
from engine.words import fill


class PersonSplit(QObject):
    """Opens one of two panels, and writes what is accepted there."""

    opened = Signal(QWidget)
    closed = Signal()
    looking = Signal(str)
    """A sentence while a proposal is looked for; "" when it is there."""

    def __init__(self, context: Context, names: KnownNames, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._names = context, names
        self._seen = PersonSeen()
        self.panel, self.parts = SplitPanel(context, names), PartsPanel(context)
        self.open_panel: SplitPanel | PartsPanel | None = None
        self._leaving = Loader(context.thinking, self, self._show_leaving, self._give_up)
        self._dividing = Loader(context.thinking, self, self.parts.show_parts, self._give_up)
        self._likely = LikelyPeople(context, self, self.panel.who.show_likely)
        self.panel.founded.connect(self._found)
        self.panel.given.connect(self._give)
        self.panel.closed.connect(self.close)
        self.parts.counted.connect(self._divide)
        self.parts.accepted.connect(self._accept_parts)
        self.parts.closed.connect(self.close)
        self.panel.who.focused.connect(self._look_for_likely)

    def begin(self, seen: PersonSeen, wrong: Collection[int]) -> None:
        """Propose who goes with these wrong faces, two or more."""
        self._seen = seen
        person, wrong = self._person(), list(wrong)
        library, embedder = self._context.library, self._context.embedder
        self.looking.emit(self.tr("Looking for more faces of the same person…"))

        def propose() -> list[int]:
            from engine.workflows.questions.splitting import propose_leaving

            return propose_leaving(library, embedder(), person, wrong)

        self._leaving.load(propose)

    def begin_parts(self, seen: PersonSeen) -> None:
        """Ask how many people it is and show who they would be."""
        self._seen = seen
        self._open(self.parts)
        self.parts.open(self._name(), seen.faces)

    def follow(self, seen: PersonSeen) -> None:
        """Show what has become of the person's faces; nothing is left to divide where somebody is gone."""
        self._seen = seen
        if self.open_panel is not None and len(seen.faces):
            self.open_panel.follow(seen.faces)
        elif self.open_panel is not None:
            self.close()

    def close(self) -> None:
        """Go back to the faces."""
        self._leaving.forget()
        self._dividing.forget()
        self._likely.forget()
        self.looking.emit("")
        if self.open_panel is not None:
            self.open_panel = None
            self.closed.emit()

    def _divide(self, count: int) -> None:
        library, embedder, person = self._context.library, self._context.embedder, self._person()

        def propose() -> list[list[int]]:
            from engine.workflows.questions.splitting import propose_parts

            return propose_parts(library, embedder(), person, count)

        self._dividing.load(propose)

    def _show_leaving(self, leaving: list[int]) -> None:
        self.looking.emit("")
        self.panel.open(self._name(), self._seen.faces, leaving)
        self._open(self.panel)

    def _give_up(self, error: object) -> None:
        self.close()
        self._context.fail(error)

    def _look_for_likely(self) -> None:
        self._likely.look_up(self.panel.faces(), self._person())

    def _found(self, faces: list[int], name: str) -> None:
        self._context.operations.split_off(faces, name or None)
        self.close()

    def _give(self, faces: list[int], person: int) -> None:
        self._context.operations.move(faces, person, self._names.names.get(person))
        self.close()

    def _accept_parts(self, parts: list[list[int]]) -> None:
        library = self._context.library
        said = fill(self.tr("They are {people} now."), people=texts.people(len(parts) + 1))
        self._context.operations.edit(lambda: edits.split_up(library, parts), said)
        self.close()

    def _open(self, panel: SplitPanel | PartsPanel) -> None:
        self.open_panel = panel
        self.opened.emit(panel)

    def _person(self) -> int:
        return self._seen.row.person if self._seen.row is not None else -1

    def _name(self) -> str | None:
        return self._seen.row.name if self._seen.row is not None else None
