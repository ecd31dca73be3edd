"""Boxes for numbers whose text begins where that of other controls does: a style sheet's padding does not move it."""

from PySide6.QtWidgets import QDoubleSpinBox, QSpinBox, QWidget

TEXT_FROM = 7
"""Pixels before the text, beside those of the border."""


def number_box(parent: QWidget | None = None) -> QSpinBox:
    """Return a box for whole numbers."""
    box = QSpinBox(parent)
    box.lineEdit().setTextMargins(TEXT_FROM, 0, 0, 0)
    return box


def decimal_box(parent: QWidget | None = None) -> QDoubleSpinBox:
    """Return a box for numbers with decimals."""
    box = QDoubleSpinBox(parent)
    box.lineEdit().setTextMargins(TEXT_FROM, 0, 0, 0)
    return box
