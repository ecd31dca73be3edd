"""The steps of the history in the user's language; the library keeps them in English."""

import re

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from engine.library.step_details import ALONE
from engine.words import fill

LABELS = [
    QT_TRANSLATE_NOOP("Steps", "Confirm %1 face"),
    QT_TRANSLATE_NOOP("Steps", "Confirm %1 faces"),
    QT_TRANSLATE_NOOP("Steps", "Move %1 face"),
    QT_TRANSLATE_NOOP("Steps", "Move %1 faces"),
    QT_TRANSLATE_NOOP("Steps", "Reject %1 face"),
    QT_TRANSLATE_NOOP("Steps", "Reject %1 faces"),
    QT_TRANSLATE_NOOP("Steps", "Split off %1 face"),
    QT_TRANSLATE_NOOP("Steps", "Split off %1 faces"),
    QT_TRANSLATE_NOOP("Steps", "Split off %1 person"),
    QT_TRANSLATE_NOOP("Steps", "Split off %1 people"),
    QT_TRANSLATE_NOOP("Steps", "Ignore %1 face"),
    QT_TRANSLATE_NOOP("Steps", "Ignore %1 faces"),
    QT_TRANSLATE_NOOP("Steps", "Set aside %1 stranger again"),
    QT_TRANSLATE_NOOP("Steps", "Set aside %1 strangers again"),
    QT_TRANSLATE_NOOP("Steps", "Restore %1 face"),
    QT_TRANSLATE_NOOP("Steps", "Restore %1 faces"),
    QT_TRANSLATE_NOOP("Steps", "Merge %1 people"),
    QT_TRANSLATE_NOOP("Steps", "Hide %1 people"),
    QT_TRANSLATE_NOOP("Steps", "Show %1 people"),
    QT_TRANSLATE_NOOP("Steps", "Bring %1 name"),
    QT_TRANSLATE_NOOP("Steps", "Bring %1 names"),
    QT_TRANSLATE_NOOP("Steps", "Postpone a question"),
    QT_TRANSLATE_NOOP("Steps", "Draw a face"),
    QT_TRANSLATE_NOOP("Steps", "Name a person"),
    QT_TRANSLATE_NOOP("Steps", "Remove a name"),
    QT_TRANSLATE_NOOP("Steps", "Mark two people as different"),
    QT_TRANSLATE_NOOP("Steps", "Hide a person"),
    QT_TRANSLATE_NOOP("Steps", "Show a person"),
    QT_TRANSLATE_NOOP("Steps", "Set a cover"),
    QT_TRANSLATE_NOOP("Steps", "Set a date of birth"),
    QT_TRANSLATE_NOOP("Steps", "Group faces anew"),
]
"""Every label that the engine gives a step, %1 for its number; what is not among them is shown as it is."""

_NUMBER = re.compile(r"\d[\d,]*")


def spoken_step(label: str) -> str:
    """Return a step's label in the user's language."""
    if label.startswith(ALONE):
        alone = QCoreApplication.translate("Steps", "Undo alone: {label}")
        return fill(alone, label=spoken_step(label.removeprefix(ALONE)))
    found = _NUMBER.search(label)
    if found is None:
        return QCoreApplication.translate("Steps", label)
    general = label[: found.start()] + "%1" + label[found.end() :]
    return QCoreApplication.translate("Steps", general).replace("%1", found[0])
