"""Files and folders opened with whatever the system opens them with."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QDesktopServices

from engine.errors import KinfolkError
from engine.words import fill

translate = QCoreApplication.translate


def open_with_system(path: Path, failed: Callable[[KinfolkError], None]) -> None:
    """Open a file or a folder; `failed` is called with a sentence where the system has nothing to open it with."""
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
        message = fill(translate("Opening", "The system opened nothing for {path}."), path=path)
        failed(KinfolkError(message, translate("Opening", "Open it yourself, with a program that you choose.")))
