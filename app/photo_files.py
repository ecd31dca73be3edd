"""Handing photo files to the system: shown in its file manager, their paths copied."""

import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QUrl
from PySide6.QtGui import QGuiApplication

from app.context import Context
from app.opening import open_with_system

SERVICE, OBJECT = "org.freedesktop.FileManager1", "/org/freedesktop/FileManager1"


def copy_paths(paths: Sequence[Path]) -> None:
    """Put the paths on the clipboard, one a line."""
    QGuiApplication.clipboard().setText("\n".join(str(path) for path in paths))


def show_in_file_manager(context: Context, path: Path, owner: QObject) -> None:
    """Open the file's folder, with the file selected where the system can do that; a file that is gone shows nothing.

    `owner` lives until the file manager has answered.
    """
    if sys.platform == "win32" and path.exists():
        QProcess.startDetached("explorer", [f"/select,{path}"])
    elif sys.platform == "darwin" and path.exists():
        QProcess.startDetached("open", ["-R", str(path)])
    elif not _asked_the_desktop(context, path, owner):
        _open_folder(context, path)


def _open_folder(context: Context, path: Path) -> None:
    """Open the nearest folder above that is there."""
    there = next((folder for folder in path.parents if folder.is_dir()), path.parent)
    open_with_system(there, context.fail)


def _asked_the_desktop(context: Context, path: Path, owner: QObject) -> bool:
    """Ask the desktop's file manager to select the file; where it refuses, the folder is opened instead."""
    if sys.platform != "linux" or not path.exists():
        return False
    from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher

    bus = QDBusConnection.sessionBus()
    if not bus.isConnected():
        return False
    message = QDBusMessage.createMethodCall(SERVICE, OBJECT, SERVICE, "ShowItems")
    message.setArguments([[QUrl.fromLocalFile(str(path)).toString(QUrl.ComponentFormattingOption.FullyEncoded)], ""])
    watcher = QDBusPendingCallWatcher(bus.asyncCall(message), owner)

    def answer(call: QDBusPendingCallWatcher) -> None:
        if call.isError():
            _open_folder(context, path)
        call.deleteLater()

    watcher.finished.connect(answer)
    return True
