"""Tells of a fault of the program, with a report that can be copied; the window lives on behind it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from app.style.theme import Space
from app.widgets.label import Label


class FaultReport(QDialog):
    """Not modal. Further faults are added to the one that is open; the same one again is only counted."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Something went wrong"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._times: dict[str, int] = {}
        self.words = Label(
            self.tr(
                "Kinfolk did something that it should not. Nothing that you said is lost, and you can go on. "
                "If it happens again, start Kinfolk anew and send this report to its makers. "
                "It holds no names, no paths and no pictures."
            )
        )
        self.words.setWordWrap(True)
        self.report = QPlainTextEdit()
        self.report.setReadOnly(True)
        self.report.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.report.setAccessibleName(self.tr("Report"))
        self.report.setTabChangesFocus(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.copy = QPushButton(self.tr("Copy the report"))
        buttons.addButton(self.copy, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.close)
        self.copy.clicked.connect(self._copy)
        column = QVBoxLayout(self)
        column.setSpacing(Space.MEDIUM)
        for widget in (self.words, self.report, buttons):
            column.addWidget(widget)
        self.resize(620, 380)

    def add(self, report: str) -> None:
        """Show one more fault."""
        self._times[report] = self._times.get(report, 0) + 1
        parts = [text if times == 1 else f"{text}\n× {times}" for text, times in self._times.items()]
        self.report.setPlainText("\n\n".join(parts))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.report.toPlainText())
        self.copy.setText(self.tr("Copied"))
