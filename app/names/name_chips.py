"""Names on numbered buttons: one key each."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from app.style.theme import Space
from engine.words import fill

MOST = 9


class NameChips(QWidget):
    """Shows as many names as one line holds; each has the id of its person."""

    picked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ids: list[int] = []
        self._fitting = 0
        self.buttons = [self._button(place) for place in range(MOST)]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.SMALL)
        for button in self.buttons:
            row.addWidget(button)
        row.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    @property
    def shown(self) -> list[int]:
        """The people whose names can be picked."""
        return self._ids[: self._fitting]

    def show_names(self, names: Sequence[tuple[int, str]]) -> None:
        """Offer these people, by id and name, the likeliest first."""
        self._ids = [person for person, _ in names[:MOST]]
        for place, (button, (_, name)) in enumerate(zip(self.buttons, names, strict=False)):
            # One ampersand would underline the next letter.
            button.setText(f"{place + 1}   {name}".replace("&", "&&"))
            button.setAccessibleName(fill(self.tr("{name}, key {number}"), name=name, number=place + 1))
        self.updateGeometry()
        self._fit()

    def sizeHint(self) -> QSize:
        """Return the room for all of them, where whoever lays them out asks for it."""
        wide = sum(button.sizeHint().width() + Space.SMALL for button in self.buttons[: len(self._ids)])
        return QSize(max(0, wide - Space.SMALL), self.buttons[0].sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Return no width: names that have no room are not shown."""
        return QSize(0, self.buttons[0].sizeHint().height())

    def pick(self, place: int) -> None:
        """Pick the name at a place from 0 on, if there is one."""
        if place < len(self.shown):
            self.picked.emit(self._ids[place])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many as fit now."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        left, self._fitting = self.width(), 0
        for button in self.buttons[: len(self._ids)]:
            left -= button.sizeHint().width() + Space.SMALL
            if left + Space.SMALL < 0:
                break
            self._fitting += 1
        for place, button in enumerate(self.buttons):
            button.setVisible(place < self._fitting)

    def _button(self, place: int) -> QPushButton:
        button = QPushButton(self)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: self.pick(place))
        return button
