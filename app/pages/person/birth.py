"""When somebody was born: a year, a month or a day."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QInputDialog, QWidget

from app.session.context import Context
from engine.library.queries import PersonRow

translate = QCoreApplication.translate


def ask_birth(context: Context, row: PersonRow, owner: QWidget) -> None:
    """Ask when a person was born; nothing typed means that it is not known."""
    asked = QInputDialog(owner)
    asked.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    asked.setWindowTitle(translate("Birth", "Date of birth"))
    asked.setLabelText(translate("Birth", "Born in the year, in the month or on the day: 1906, 1906-12, 1906-12-09"))
    asked.setTextValue(row.born or "")
    asked.textValueSelected.connect(lambda written: context.operations.set_birth(row.person, written))
    asked.open()
