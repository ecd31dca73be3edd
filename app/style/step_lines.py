"""What a line of the history says: whom a step was about and how many faces, where that is known."""

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from app.style import texts
from engine.library.step_details import StepLine, undone_alone
from engine.words import fill, told

NAMES_SHOWN = 3

TOLD = {
    "Name a person": QT_TRANSLATE_NOOP("Steps", "Named {names}: {faces}"),
    "Remove a name": QT_TRANSLATE_NOOP("Steps", "No longer called {names}: {faces}"),
    "Confirm ": QT_TRANSLATE_NOOP("Steps", "Confirmed as {names}: {faces}"),
    "Move ": QT_TRANSLATE_NOOP("Steps", "Moved to {names}: {faces}"),
    "Reject ": QT_TRANSLATE_NOOP("Steps", "Not {names}: {faces}"),
    "Mark two people as different": QT_TRANSLATE_NOOP("Steps", "Two different people: {names}"),
    "Hide ": QT_TRANSLATE_NOOP("Steps", "Hidden: {names}"),
    "Show ": QT_TRANSLATE_NOOP("Steps", "Shown again: {names}"),
    "Set a cover": QT_TRANSLATE_NOOP("Steps", "New cover: {names}"),
    "Set a date of birth": QT_TRANSLATE_NOOP("Steps", "Date of birth: {names}"),
}
"""By how the label of a step begins in the library: its line, where everything that it says is known."""

PARTED = QT_TRANSLATE_NOOP("Steps", "Two different people: {names} and somebody without a name")
"""The line of a pair of whom one has a name."""

MERGED = QT_TRANSLATE_NOOP("Steps", "Merged {names}: {faces}")
"""The line of a merge of several people with names."""


def told_step(label: str, line: StepLine) -> str:
    """Return the line of a step in the user's language: "Named Ada: 20 faces"."""
    if (undone := undone_alone(label)) is not None:
        return fill(QCoreApplication.translate("Steps", "Undo alone: {label}"), label=told_step(undone, line))
    names, faces = _joined(line.names), texts.faces(line.faces) if line.faces else ""
    whole = _template(label, line)
    if whole and names and (faces or "{faces}" not in whole):
        return fill(QCoreApplication.translate("Steps", whole), names=names, faces=faces)
    counted = any(letter.isdigit() for letter in label)
    return "  ·  ".join(part for part in (told(label), names, "" if counted else faces) if part)


def _template(label: str, line: StepLine) -> str:
    if label.startswith("Merge "):
        return str(MERGED) if len(line.names) > 1 else ""
    if label == "Mark two people as different" and len(line.names) == 1:
        return str(PARTED)
    return str(next((whole for begins, whole in TOLD.items() if label.startswith(begins)), ""))


def _joined(names: tuple[str, ...]) -> str:
    shown = ", ".join(texts.called_shortly(name) for name in names[:NAMES_SHOWN])
    if len(names) <= NAMES_SHOWN:
        return shown
    return fill(QCoreApplication.translate("Steps", "{names} and others"), names=shown)
