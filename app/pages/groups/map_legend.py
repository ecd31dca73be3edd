"""What the colours of the map mean; a click goes to whom a line names."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from app.face_map.colours import Colouring
from app.style import texts
from app.style.painting import painting
from app.style.theme import CORNER, Space, TextSize, set_hint_colour, set_text_size
from app.widgets.label import Label
from engine.words import fill

DOT = 12
MOST_LETTERS = 24


class MapLegend(QFrame):
    """A line a group with its colour, and below how many more there are and how many faces are nobody's."""

    picked = Signal(int)
    """This group is to be seen."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("What the colours mean"))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(Space.SMALL, Space.SMALL, Space.MEDIUM, Space.SMALL)
        self._column.setSpacing(0)
        self.buttons: dict[int, QPushButton] = {}
        self._lines: list[QWidget] = []
        self.hide()

    def show_colours(self, colouring: Colouring, called: Callable[[int], str]) -> None:
        """Name the groups of the legend; those that are `called` nothing are counted."""
        for line in self._lines:
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines, self.buttons = [], {}
        for group, colour in colouring.legend:
            if name := called(group):
                self.buttons[group] = self._button(group, colour, name)
                self._add(self.buttons[group])
        others = colouring.others + len(colouring.legend) - len(self.buttons)
        if others:
            more = fill(self.tr("{number} more"), number=texts.number(others))
            # Whoever has a name comes first: nobody has one here.
            nameless = fill(self.tr("{people} without a name"), people=texts.people(others))
            self._add(self._line(more if self.buttons else nameless))
        if colouring.nobody:
            words = fill(self.tr("In no group: {faces}"), faces=texts.faces(colouring.nobody))
            line = QPushButton(_dot(colouring.grey, self.devicePixelRatioF()), words, self)
            line.setEnabled(False)
            self._dress(line)
            self._add(line)
        for line in self._lines:
            line.show()
        self.setVisible(bool(self._column.count()))
        self.resize(self._column.sizeHint())

    def paintEvent(self, _event: object) -> None:
        """Paint the ground, through which the map can be guessed."""
        with painting(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            ground = self.palette().color(QPalette.ColorRole.Window)
            ground.setAlpha(225)
            painter.setBrush(ground)
            painter.setPen(self.palette().color(QPalette.ColorRole.Mid))
            painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), CORNER, CORNER)

    def _add(self, line: QWidget) -> None:
        self._column.addWidget(line)
        self._lines.append(line)

    def _button(self, group: int, colour: QColor, name: str) -> QPushButton:
        words = texts.called_shortly(name, MOST_LETTERS)
        button = QPushButton(_dot(colour, self.devicePixelRatioF()), words.replace("&", "&&"), self)
        button.setToolTip(texts.plain_tip(self.tr("Select and see")))
        button.clicked.connect(lambda: self.picked.emit(group))
        self._dress(button)
        return button

    def _dress(self, button: QPushButton) -> None:
        button.setFlat(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setStyleSheet("QPushButton { text-align: left; border: 0; padding: 3px 4px; }")
        set_text_size(button, TextSize.HINT)

    def _line(self, words: str) -> Label:
        line = Label(words, self)
        line.setContentsMargins(DOT + 2 * Space.SMALL, 0, 0, 0)
        set_text_size(line, TextSize.HINT)
        set_hint_colour(line)
        return line


def _dot(colour: QColor, ratio: float) -> QIcon:
    pixmap = QPixmap(round(DOT * ratio), round(DOT * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    with painting(pixmap) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawEllipse(1, 1, DOT - 2, DOT - 2)
    icon = QIcon(pixmap)
    icon.addPixmap(pixmap, QIcon.Mode.Disabled)
    return icon
