"""What is said in each language has room, and titles that have none end in "…"."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from app.session.context import Context
from app.shell.pages import PAGES
from app.style import texts
from app.style.language import language_in_use
from app.widgets.title_label import TitleLabel
from engine.words import catalogue
from tests.app.conftest import opened_window
from tests.app.drawn import DrawnLibrary, name_people

SIZE = 1100, 720


@pytest.fixture(params=sorted(catalogue.languages()))
def language(request: pytest.FixtureRequest, dressed: QApplication) -> Iterator[str]:
    language_in_use().choose(request.param)
    yield request.param
    language_in_use().choose(catalogue.ENGLISH)


def test_every_page_has_room_for_its_words(
    language: str, context: Context, drawn: DrawnLibrary, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    name_people(drawn, "Ada", "Bo")
    subjects = {"person": drawn.people[0], "photos_of": drawn.people[0], "photo": drawn.photos[0]}
    narrow: list[str] = []
    with opened_window(context, qtbot) as window:
        window.resize(*SIZE)
        for page in PAGES:
            context.navigator.go(page, subjects.get(page))
            settle()
            narrow += [f"{page}: {text}" for text in without_room(window)]
    assert narrow == []


def without_room(root: QWidget) -> Iterator[str]:
    """Give what is shown in part only, but for titles, which give way to the tools beside them."""
    for widget in root.findChildren(QWidget):
        if widget.isVisible() and not isinstance(widget, TitleLabel):
            room = widget.sizeHint().width() <= widget.width()
            if isinstance(widget, QLabel) and widget.wordWrap():
                room = widget.heightForWidth(widget.width()) <= widget.height()
            if isinstance(widget, QLabel | QAbstractButton) and widget.text() and not room:
                yield widget.text()
            elif isinstance(widget, QLineEdit) and not widget.text():
                hint = widget.placeholderText()
                if widget.fontMetrics().horizontalAdvance(hint) > widget.contentsRect().width():
                    yield hint


def test_a_title_without_room_ends_in_dots(qtbot: QtBot, dressed: QApplication) -> None:
    title = TitleLabel("Samstag, 8. Mai 2010")
    qtbot.addWidget(title)
    whole = title.sizeHint()
    title.resize(whole)
    shown = title.grab().toImage()
    title.resize(whole.width() // 2, whole.height())
    part = title.grab().toImage()
    assert part != shown.copy(part.rect()), "more is left out than what has no room, for the dots"
    assert title.text() == "Samstag, 8. Mai 2010"


def test_a_title_without_room_is_told_whole_by_a_tool_tip(qtbot: QtBot, dressed: QApplication) -> None:
    title = TitleLabel("Ada <Bo> & her sisters")
    qtbot.addWidget(title)
    title.show()
    whole = title.sizeHint()
    for width, told in ((whole.width(), ""), (whole.width() // 2, texts.plain_tip("Ada <Bo> & her sisters"))):
        title.resize(width, whole.height())
        place = QPoint(3, 3)
        QApplication.sendEvent(title, QHelpEvent(QEvent.Type.ToolTip, place, title.mapToGlobal(place)))
        assert QToolTip.text() == told
    QToolTip.hideText()
