"""Handing photo files to the system: shown in its file manager, copied as it copies files."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, QProcess, QUrl
from PySide6.QtGui import QGuiApplication

from app.files.carrying import urls_of
from app.pictures.opening import open_with_system
from app.session.context import Context
from app.work.disks import is_folder, is_there
from app.work.while_there import while_there

SERVICE, OBJECT = "org.freedesktop.FileManager1", "/org/freedesktop/FileManager1"


COPIED = "x-special/gnome-copied-files"
"""What GNOME's file manager, and those that follow it, read beside the list of addresses."""


def copy_files(paths: Sequence[Path]) -> None:
    """Put the files on the clipboard as file managers do: pasted there they are copied, in a text they are paths."""
    copied, urls = QMimeData(), urls_of(paths)
    copied.setUrls(urls)
    copied.setText("\n".join(str(path) for path in paths))
    copied.setData(COPIED, "\n".join(["copy", *(bytes(url.toEncoded().data()).decode() for url in urls)]).encode())
    QGuiApplication.clipboard().setMimeData(copied)


def copy_paths(paths: Sequence[Path]) -> None:
    """Put the paths on the clipboard, one a line."""
    QGuiApplication.clipboard().setText("\n".join(str(path) for path in paths))


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where a file is: itself, whether it is there, and the nearest folder above that is."""

    path: Path
    there: bool
    folder: Path


def show_in_file_manager(context: Context, path: Path, owner: QObject) -> None:
    """Open the file's folder, with the file selected where the system can do that; a file that is gone shows nothing.

    `owner` lives until the file manager has answered.
    """
    job = context.disks.call(partial(_spot_of, path))
    job.done.connect(while_there(owner, partial(_show, context, owner)))
    job.failed.connect(context.fail)
    job.start()


def _spot_of(path: Path) -> _Spot:
    return _Spot(path, is_there(path), next(filter(is_folder, path.parents), path.parent))


def _show(context: Context, owner: QObject, spot: _Spot) -> None:
    if sys.platform == "win32" and spot.there:
        QProcess.startDetached("explorer", [f"/select,{spot.path}"])
    elif sys.platform == "darwin" and spot.there:
        QProcess.startDetached("open", ["-R", str(spot.path)])
    elif not _asked_the_desktop(context, spot, owner):
        open_with_system(spot.folder, context.fail)


def _asked_the_desktop(context: Context, spot: _Spot, owner: QObject) -> bool:
    """Ask the desktop's file manager to select the file; where it refuses, the folder is opened instead."""
    if sys.platform != "linux" or not spot.there:
        return False
    from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher

    bus = QDBusConnection.sessionBus()
    if not bus.isConnected():
        return False
    message = QDBusMessage.createMethodCall(SERVICE, OBJECT, SERVICE, "ShowItems")
    message.setArguments(
        [[QUrl.fromLocalFile(str(spot.path)).toString(QUrl.ComponentFormattingOption.FullyEncoded)], ""]
    )
    watcher = QDBusPendingCallWatcher(bus.asyncCall(message), owner)

    def answer(call: QDBusPendingCallWatcher) -> None:
        if call.isError():
            open_with_system(spot.folder, context.fail)
        call.deleteLater()

    watcher.finished.connect(answer)
    return True
