"""A way to group faces and its settings."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QSpinBox, QWidget

from app.pages.groups.groupings import CHOICES, Choice, Parameter, spoken
from app.style.theme import set_hint_colour
from app.widgets.label import Label
from app.widgets.number_field import NumberField

FIXED_ROWS = 2
"""The first rows stay: which algorithm, and what it does."""

REST_MS = 500
"""How long the settings must stay as they are before they are tried."""


class GroupingForm(QWidget):
    """Tells what is chosen, once the user has stopped changing it."""

    chosen = Signal()
    touched = Signal()
    """Something is being changed; what was tried before no longer counts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.algorithm, self.words = QComboBox(), Label()
        self.fields: dict[str, NumberField] = {}
        for choice in CHOICES:
            self.algorithm.addItem(spoken(choice.title), choice.name)
        self.algorithm.setAccessibleName(self.tr("How to group"))
        self.words.setWordWrap(True)
        set_hint_colour(self.words)
        self._form = QFormLayout(self)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.addRow(self.tr("How"), self.algorithm)
        self._form.addRow(self.words)
        self._soon = QTimer(self, singleShot=True, interval=REST_MS)
        self._soon.timeout.connect(self.chosen)
        self.algorithm.currentIndexChanged.connect(self._choose)
        self._show_fields()

    @property
    def choice(self) -> Choice:
        """The algorithm that is chosen."""
        return CHOICES[self.algorithm.currentIndex()]

    def values(self) -> dict[str, int | float | str]:
        """Return the settings; one that is left to be proposed is missing."""
        chosen = {parameter.name: parameter for parameter in self.choice.parameters}
        return {
            name: field.value()
            for name, field in self.fields.items()
            if chosen[name].usual is not None or not field.at_least
        }

    def _choose(self) -> None:
        self._show_fields()
        self._touch()

    def _touch(self) -> None:
        self.touched.emit()
        self._soon.start()

    def _show_fields(self) -> None:
        while self._form.rowCount() > FIXED_ROWS:
            self._form.removeRow(FIXED_ROWS)
        self.words.setText(spoken(self.choice.words))
        self.fields = {parameter.name: self._field(parameter) for parameter in self.choice.parameters}
        for parameter in self.choice.parameters:
            self._form.addRow(Label(spoken(parameter.words)))
            self._form.addRow(self.fields[parameter.name])

    def _field(self, parameter: Parameter) -> NumberField:
        # One more below the least: there it is left to be proposed.
        least = parameter.least if parameter.usual is not None else parameter.least - 1
        field = NumberField(spoken(parameter.words), least, parameter.most, parameter.step)
        field.set_value(least if parameter.usual is None else parameter.usual)
        if parameter.usual is None and isinstance(field.box, QSpinBox):
            field.box.setSpecialValueText(self.tr("propose"))
        field.changed.connect(self._touch)
        return field
