"""After refusals: where the refused faces are, and the way to the grid that offers each to its next person."""

from PySide6.QtWidgets import QWidget

from app.pages.person.line_strip import LineStrip
from app.style import texts
from engine.words import fill


class RefusedStrip(LineStrip):
    """One line, as long as somebody looks at the person whose faces were refused."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.button.setText(self.tr("Who are they?"))
        self._count = 0

    def add(self, count: int) -> None:
        """Say that so many faces more were refused."""
        self._count += count
        said = self.tr("Said no to {faces}. Those alike are a group on People now; the others are in Unsorted.")
        self.say(fill(said, faces=texts.faces(self._count)))

    def clear(self) -> None:
        """Say nothing any more."""
        self._count = 0
        self.say("")
