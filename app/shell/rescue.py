"""The dialog where the library is damaged or gone, at the start or later: what can be put in its place."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QAbstractButton, QMessageBox, QWidget

from app.style import texts
from engine.errors import KinfolkError
from engine.library.backups import backups_of, made_at
from engine.library.damage import LibraryDamagedError
from engine.library.restoring import Restored, restore, salvage
from engine.paths import Places
from engine.words import fill, following

translate = QCoreApplication.translate

Way = Callable[[], object]
Doing = dict[QAbstractButton, Way]
Role = QMessageBox.ButtonRole


def ways_back(places: Places) -> list[tuple[str, Way]]:
    """Return what may be done about a damaged or missing library, each with the words of its button."""
    ways: list[tuple[str, Way]] = []
    path = places.library
    if backups := backups_of(path):
        when = texts.moment(backups[0].made_at)
        said = fill(translate("Rescue", "Go back to the backup of {when}"), when=when)
        ways.append((said, lambda: restore(path)))
    if path.exists() and path.stat().st_size > 0:
        ways.append((translate("Rescue", "Save what can be read"), lambda: salvage(path)))
    return ways


def came_of(outcome: object) -> str:
    """Return what a way back led to, for the window that opens then; nothing where it led nowhere that is known."""
    match outcome:
        case Restored(source, kept):
            # By its name: the copy of what was before may have taken its place among those that are kept.
            moment = made_at(source)
            when = texts.moment(moment) if moment else str(source)
            said = fill(translate("Rescue", "The library is as it was backed up: {when}."), when=when)
        case (Restored(_, kept), _):
            said = translate("Rescue", "What could be read was saved.")
        case _:
            return ""
    if kept is None:
        return said
    before = fill(translate("Rescue", "What it was before is kept as {file}."), file=kept)
    return texts.told(following(said, before))


def rescue_box(
    error: LibraryDamagedError, ways: list[tuple[str, Way]], window: QWidget | None = None
) -> tuple[QMessageBox, Doing]:
    """Return the dialog, before the window where there is one, and what each of its buttons does but Close."""
    box = error_box(error, window)
    kept = translate("Rescue", "The photos themselves are not touched, and the damaged file is kept.")
    again = translate("Rescue", "The window closes and opens again.") if window is not None and ways else ""
    box.setInformativeText(texts.told(following(kept, again)))
    doing: Doing = {box.addButton(words, Role.ActionRole): way for words, way in ways}
    # Whoever is just typing in the window presses Enter next: that is to choose nothing.
    box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Close))
    return box, doing


def error_box(error: KinfolkError, window: QWidget | None = None) -> QMessageBox:
    """Return the dialog that says why there will be no window, or none for long."""
    box = QMessageBox(QMessageBox.Icon.Critical, "Kinfolk", texts.plain_tip(texts.told(error.message)), parent=window)
    box.setInformativeText(texts.plain_tip(texts.told(error.hint)))
    return box


def rescued(error: LibraryDamagedError, places: Places) -> bool:
    """Ask what to do, and do it; say whether the library can be opened now. Raises KinfolkError where it cannot."""
    box, doing = rescue_box(error, ways_back(places))
    box.exec()
    if (way := doing.get(box.clickedButton())) is None:
        return False
    way()
    return True
