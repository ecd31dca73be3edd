"""Names and folders that look like markup are shown as they are."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import Qt as Text
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.grid.id_model import IdModel
from app.merging.dialog import ask_to_merge
from app.pages.people.face_glimpse import FaceGlimpse
from app.session.context import Context
from app.shell.pages import PAGES
from engine.errors import LibraryError
from engine.library.relocating import move_folder
from tests.app.conftest import opened_window
from tests.app.drawn import DrawnLibrary, name_people

NAME, OTHER, FOLDER = "<b>Ada</b> & Co", "<i>Bo</i>", "<u>Trip"


def guessed(root: QWidget) -> list[str]:
    """Return the labels that let Qt guess, whatever they say now, and the tool tips that Qt would take for markup."""
    labels = [one for one in root.findChildren(QLabel) if one.textFormat() == Qt.TextFormat.AutoText]
    # The label of a form's field is Qt's, and says our own words.
    said = [one.text() for one in labels if one.buddy() is None or Text.mightBeRichText(one.text())]
    tips = [one.toolTip() for one in root.findChildren(QWidget) if Text.mightBeRichText(one.toolTip())]
    return said + [tip for tip in tips if "&lt;" not in tip]


def test_nothing_that_a_user_typed_is_taken_for_markup(
    context: Context, drawn: DrawnLibrary, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    name_people(drawn, NAME, OTHER, NAME)
    move_folder(drawn.library, drawn.folder_id, drawn.folder.rename(drawn.folder.with_name(FOLDER)))
    subjects = {"person": drawn.people[0], "photos_of": drawn.people[0], "photo": drawn.photos[0]}
    with opened_window(context, qtbot) as window:
        for page in PAGES:
            context.navigator.go(page, subjects.get(page))
            settle()
            assert guessed(window) == []
        context.operations.name(drawn.people[3], NAME)
        settle()
        assert NAME in window.namesakes.text.text()
        window.messages.complain(LibraryError(f"{FOLDER} is away."))
        glimpse = FaceGlimpse(context, window)
        glimpse.open_beside(drawn.people[1], window.rect())
        ask_to_merge(context, drawn.people[:2], window)
        settle()
        assert OTHER in glimpse.title.text()
        assert guessed(window) == []
        people = window.page("people").model  # type: ignore[attr-defined]  # the people page has one
        assert isinstance(people, IdModel)
        tips = [people.index(row).data(Qt.ItemDataRole.ToolTipRole) or "" for row in range(people.rowCount())]
        assert not any("<b>" in tip or "<i>" in tip for tip in tips)
