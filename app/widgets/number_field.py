"""A number with a slider beside it; Ctrl+Z in it is the window's, which takes back what was done to the library."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QDoubleSpinBox, QHBoxLayout, QSlider, QSpinBox, QWidget

from app.style.theme import Space
from app.widgets.number_box import decimal_box, number_box

STEPS = 200
"""At most so many places of a slider: beyond that each is several steps of the number."""

THE_WINDOWS = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)


class NumberField(QWidget):
    """A number between `least` and `most` in steps of `step`; a whole one where the step is."""

    changed = Signal()

    def __init__(self, words: str, least: float, most: float, step: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words, self._step = words, step
        self.box: QSpinBox | QDoubleSpinBox
        if isinstance(step, int):
            self.box = number_box()
            self.box.setRange(int(least), int(most))
        else:
            self.box = decimal_box()
            self.box.setDecimals(2)
            self.box.setRange(least, most)
            self.box.setSingleStep(step)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self._scale = max(step, (most - least) / STEPS)
        self.slider.setRange(0, round((most - least) / self._scale))
        self.box.setAccessibleName(words)
        self.slider.setAccessibleName(words)
        self.box.installEventFilter(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.SMALL)
        row.addWidget(self.slider, 1)
        row.addWidget(self.box)
        self.setFocusProxy(self.box)
        self.box.valueChanged.connect(self._follow_box)
        self.slider.valueChanged.connect(self._follow_slider)
        self._follow_box()

    def value(self) -> int | float:
        """Return the number."""
        return self.box.value()

    def set_value(self, value: float) -> None:
        """Show another number."""
        if isinstance(self.box, QSpinBox):
            self.box.setValue(int(value))
        else:
            self.box.setValue(float(value))

    @property
    def at_least(self) -> bool:
        """Whether it is the smallest number."""
        return bool(self.box.value() == self.box.minimum())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave undo and redo to the window: a field would only take back what was typed into it."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and _is_the_windows(event):
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def _follow_box(self) -> None:
        place = round((self.box.value() - self.box.minimum()) / self._scale)
        before = self.slider.blockSignals(True)  # noqa: FBT003 Qt's own
        self.slider.setValue(place)
        self.slider.blockSignals(before)
        self.changed.emit()

    def _follow_slider(self, place: int) -> None:
        self.set_value(round((self.box.minimum() + place * self._scale) / self._step) * self._step)


def _is_the_windows(event: QKeyEvent) -> bool:
    return any(event.matches(key) for key in THE_WINDOWS)
