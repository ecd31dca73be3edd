"""Answers that come late: whoever asked may be gone by then, with the window or the dialog that it was in."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from shiboken6 import isValid


def while_there(owner: QObject, do: Callable[..., object]) -> Callable[..., None]:
    """Return what does the same as long as the owner is there, and then nothing.

    For signals of what outlives the owner, such as a job, where what is called is no method of a QObject: Qt takes only
    those off when the object goes.
    """

    def act(*carried: object) -> None:
        if isValid(owner):
            do(*carried)

    return act
