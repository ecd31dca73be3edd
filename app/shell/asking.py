"""The dialogs that the window's menu opens, by the names of their actions."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from app.session.context import Context
from app.shell.bring_dialog import BringDialog
from app.shell.embed_names_dialog import EmbedNamesDialog
from app.shell.write_names_dialog import WriteNamesDialog

Dialog = type[BringDialog] | type[WriteNamesDialog]

DIALOGS: dict[str, Dialog] = {
    "bring": BringDialog,
    "write_names": WriteNamesDialog,
    "embed_names": EmbedNamesDialog,
}


def askers(context: Context, window: QWidget) -> dict[str, Callable[[], None]]:
    """Return what opens each dialog over the window."""
    return {name: partial(_open, dialog, context, window) for name, dialog in DIALOGS.items()}


def _open(dialog: Dialog, context: Context, window: QWidget) -> None:
    dialog(context, window).open()
