"""Naming in the grid: a field at a tile, an answer, and on to the next."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QAbstractItemDelegate, QWidget

from app.grid.grid_view import GridView
from app.names.name_edit import NameEdit
from app.pages.people.delegate import Onward, PersonDelegate
from app.pages.people.listing import Group
from app.pages.people.model import PeopleModel
from app.pages.people.naming_order import NamingOrder
from app.session.operations import Operations


class Naming(QObject):
    """Opens one field at a time on `grid`; while it is open everybody stays where they are.

    Enter goes on to the next person among those without a name, and ends the round elsewhere; Tab always goes on. In an
    empty field Tab takes the name that the person is shown with, and Enter skips it.
    """

    began = Signal(int)
    """A person's field was opened."""
    ended = Signal()
    """No field is open any more."""

    def __init__(self, grid: GridView, model: PeopleModel, delegate: PersonDelegate, operations: Operations) -> None:
        super().__init__(grid)
        self.grid, self._model = grid, model
        self._delegate, self._operations = delegate, operations
        self._round, self._group = NamingOrder((), 0), Group.UNNAMED
        self._field: QWidget | None = None
        self.person: int | None = None
        """Whose field is open."""
        delegate.answered.connect(self._answer)
        delegate.given_up.connect(lambda _person: self.end())
        model.rows_changed.connect(self._end_if_gone)

    def begin(self, person: int) -> None:
        """Open a person's field and start a round from there."""
        self._close()
        self._group = self._model.groups.group_of(person)
        self._round = NamingOrder(self._model.groups.of(self._group), person)
        self._open(person)

    def begin_largest(self) -> None:
        """Ask for the name of whoever has most faces of those without one."""
        if self._model.groups.unnamed:
            self.begin(self._model.groups.unnamed[0])

    def take(self, person: int) -> None:
        """Say that somebody is the person whose name is proposed."""
        may = self._model.proposed(person)
        if may is not None:
            self._operations.merge(may.person, [person])

    def end(self) -> None:
        """Close the field, if one is open, without an answer."""
        if self.person is not None:
            self._close()
            self._model.release()
            self.ended.emit()

    def settle(self) -> None:
        """Close the field, giving the name that was typed in it."""
        if self.person is not None and isinstance(self._field, NameEdit):
            self._answer(self.person, self._field.text(), Onward.AWAY)

    def _answer(self, person: int, text: str, onward: Onward) -> None:
        row = self._model.person(person)
        if person != self.person or row is None:
            return
        name = " ".join(text.split())
        may = self._model.proposed(person) if not name and onward is Onward.NEXT else None
        shown = list(self._model.groups.of(self._group))
        self._close()
        if may is not None:
            self.take(person)
        # An emptied field takes the name away only where somebody says so with Enter.
        if name != (row.name or "") and (name or onward is Onward.ENTER):
            self._operations.name(person, name)
            self._model.foresee(person, name or None)
        self._model.release()
        following = self._following(shown, person, name, onward)
        if following is None:
            self.ended.emit()
        else:
            self._open(following)

    def _following(self, shown: Sequence[int], person: int, name: str, onward: Onward) -> int | None:
        if onward is Onward.BEFORE:
            return self._round.before(self._model.groups.of(self._group), person)
        answered = name or self._model.proposed(person) is not None
        goes_on = onward is Onward.NEXT or (onward is Onward.ENTER and answered and self._group is Group.UNNAMED)
        return self._round.after(shown, person) if goes_on else None

    def _open(self, person: int) -> None:
        row = self._model.row_of(person)
        if row < 0:
            self.ended.emit()
            return
        self._model.hold(
            self.tr("Enter: name and go on · Tab: take the name that is shown, or skip · F3: more faces · Esc: stop")
        )
        index = self._model.index(row)
        self.grid.setCurrentIndex(index)
        self.grid.scrollTo(index)
        self.grid.edit(index)
        self.person, self._field = person, self.grid.indexWidget(index)
        self.began.emit(person)

    def _close(self) -> None:
        field, self._field, self.person = self._field, None, None
        if field is not None:
            self._delegate.closeEditor.emit(field, QAbstractItemDelegate.EndEditHint.NoHint)

    def _end_if_gone(self) -> None:
        if self.person is not None and self._model.row_of(self.person) < 0:
            self._field = self.person = None
            self._model.release()
            self.ended.emit()
