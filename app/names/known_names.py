"""The names that people have, for whoever asks for one."""

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from app.names.name_edit import SOMEBODY_NEW
from app.names.name_matching import called, prepared
from app.names.namesakes import Namesakes
from app.session.context import Context
from engine.library.queries import people_names


class KnownNames(QObject):
    """Names by person; read when a page is entered and when people change while it is shown."""

    changed = Signal()

    def __init__(self, context: Context, parent: QObject, but: int | None = None) -> None:
        """Read the names of everybody, `but` of one."""
        super().__init__(parent)
        self._library, self._but = context.library, but
        self._reading = context.reading(self, self._take)
        self.names: dict[int, str] = {}
        self.namesakes = Namesakes(context, self)

    def load(self) -> None:
        """Read the names anew."""
        self._reading.refresh(lambda: prepared(people_names(self._library)))

    def first(self, likely: Iterable[int]) -> dict[int, str]:
        """Return all names, those of the likely people first."""
        ahead = {person: self.names[person] for person in likely if person in self.names}
        return ahead | self.names

    def meant(self, name: str, chosen: int | None) -> int | None:
        """Return who is meant by a name: the one that was chosen, else whoever is called so; None for somebody new."""
        if chosen == SOMEBODY_NEW:
            return None
        if chosen is not None and self.names.get(chosen) == name:
            return chosen
        return next(iter(called(self.names, name)), None)

    def _take(self, names: dict[int, str]) -> None:
        self.names = {person: name for person, name in names.items() if person != self._but}
        self.changed.emit()
