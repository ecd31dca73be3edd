"""What this program is, which version of it, and whose work it rests on."""

from importlib.metadata import version
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QSize, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from app.style.icons import DRAWINGS
from app.style.theme import Space, TextSize, set_hint_colour, set_text_size
from app.widgets.label import Label
from app.widgets.widths import fit_to_words
from engine.words import fill

SIDE, WIDTH = 96, 380


class About(QDialog):
    """Open beside the window; it says all that a report of a fault asks for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("About Kinfolk"))
        name, numbers = Label("Kinfolk"), Label(self._numbers())
        what, whose = Label(self.tr("Finds the people in your photos, on your own computer.")), Label(self._whose())
        set_text_size(name, TextSize.TITLE)
        for label in (numbers, whose):
            set_hint_colour(label)
        numbers.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.HUGE, Space.WIDE, Space.HUGE, Space.WIDE)
        column.setSpacing(Space.MEDIUM)
        picture = QApplication.windowIcon().pixmap(QSize(SIDE, SIDE), self.devicePixelRatioF())
        if not picture.isNull():
            sign = Label()
            sign.setPixmap(picture)
            column.addWidget(sign, alignment=Qt.AlignmentFlag.AlignHCenter)
        for label in (name, what, numbers, whose):
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(label)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        # The style's own drawing is not in the colour of this button's text.
        buttons.button(QDialogButtonBox.StandardButton.Close).setIcon(QIcon())
        buttons.rejected.connect(self.close)
        column.addWidget(buttons)
        fit_to_words(self, WIDTH)

    def _numbers(self) -> str:
        qt = QLibraryInfo.version().toString()
        return fill(self.tr("Version {version} · Qt {qt}"), version=version("kinfolk"), qt=qt)

    def _whose(self) -> str:
        licence = DRAWINGS / "LICENSE"
        said = self.tr("Free software under the Apache License 2.0. Icons by Lucide, ISC License ({file}).")
        return fill(said, file=Path(licence.parent.parent.name, licence.parent.name, licence.name).as_posix())
