"""Text may be twice as large as usual, and may become so while the window is open; it fits a screen all the same."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QScrollArea, QSpinBox
from pytestqt.qtbot import QtBot

from app.faces.question_side import QuestionSide
from app.names.name_edit import NameEdit
from app.pages.photo.face_card import FaceCard
from app.pages.photo.notice import PhotoNotice
from app.pages.review.question_view import SIDES
from app.pages.review.room import height_of
from app.shell.main_window import MainWindow
from app.shell.pages import PAGES
from app.style.language import language_in_use
from app.style.theme import Space, TextSize, font_of
from engine.library import edits
from engine.words.catalogue import ENGLISH
from tests.app.conftest import PLENTY_MS
from tests.app.drawn import DrawnLibrary, doubt, name_people
from tests.app.pages.person.hand import PersonHand
from tests.app.pages.review.hand import ReviewHand, raise_page, raise_questions
from tests.app.pages.unsorted.hand import UnsortedHand
from tests.app.style.test_room_for_languages import without_room

SMALL_SCREEN = 1366, 768
"""What notebooks had for years."""


def grow(factor: float) -> None:
    """Change the size of all text, as the system does when the user asks for it."""
    font = QFont(QApplication.font())
    font.setPointSizeF(font.pointSizeF() * factor)
    QApplication.setFont(font)


@pytest.fixture
def font(dressed: QApplication) -> Iterator[QFont]:
    usual = QFont(QApplication.font())
    yield usual
    QApplication.setFont(usual)


@pytest.fixture
def speaking(dressed: QApplication, request: pytest.FixtureRequest) -> Iterator[str]:
    """A language that the application has from here on."""
    language_in_use().choose(request.param)
    yield request.param
    language_in_use().choose(ENGLISH)


LARGE = [("en", 1.5), ("en", 2.0), ("de", 2.0), ("ko", 2.0)]


@pytest.mark.parametrize(("speaking", "factor"), LARGE, indirect=["speaking"])
def test_the_window_fits_a_small_screen(
    speaking: str,
    factor: float,
    font: QFont,
    window: MainWindow,
    drawn: DrawnLibrary,
    qtbot: QtBot,
    settle: Callable[[], None],
) -> None:
    name_people(drawn, "Maximiliane Theodora von Hohenlohe-Schillingsfürst", "Bo")
    doubt(drawn, drawn.faces[0][5:])
    raise_page(drawn, window.context.embedder().key)
    settle()
    grow(factor)
    for page in PAGES:
        window.context.navigator.go(page, drawn.photos[0] if page == "photo" else None)
        settle()
    pages = window.page("review").pages  # type: ignore[attr-defined]  # it has one
    qtbot.waitUntil(lambda: pages.isVisibleTo(window.page("review")), timeout=PLENTY_MS)
    window.page("photos").search.more.click()  # type: ignore[attr-defined]  # it has one
    for hand in (PersonHand(window, qtbot, settle, drawn.people[0]), UnsortedHand(window, qtbot, settle)):
        hand.grid.selectAll()
        settle()
    needed = window.minimumSizeHint()
    assert (needed.width(), needed.height()) <= SMALL_SCREEN
    assert needed.height() <= SMALL_SCREEN[1]


@pytest.mark.parametrize(("speaking", "factor"), LARGE, indirect=["speaking"])
def test_faces_of_a_question_are_seen_below_all_that_is_asked_above_them(
    speaking: str,
    factor: float,
    font: QFont,
    window: MainWindow,
    drawn: DrawnLibrary,
    qtbot: QtBot,
    settle: Callable[[], None],
) -> None:
    raise_questions(drawn)
    raise_page(drawn, window.context.embedder().key)
    edits.reject_faces(drawn.library, drawn.people[1], drawn.faces[1][:2])
    grow(factor)
    window.resize(*SMALL_SCREEN)
    hand = ReviewHand(window, qtbot, settle)
    view = hand.page.view
    hand.wait_until(lambda: hand.page.pages.isVisible() and view.known.large.isVisible())
    settle()
    assert (window.width(), window.height()) == SMALL_SCREEN
    for side in (view.known, view.asked):
        for part in (side.caption, side.hint, side.large, *(one for one in side.below if one.isVisible())):
            assert part.height() >= part.sizeHint().height()
            assert side.rect().contains(part.geometry())
        assert side.large.height() == side.large.width() >= SIDES[0]
        assert not side.large.visibleRegion().isEmpty(), "it is in sight without scrolling"
    for part in (view.headline, view.reasons, view.answers, view.outcome, view.name):
        assert part.height() >= height_of(part, part.width())
        assert part.parentWidget().rect().contains(part.geometry())


def test_widths_that_are_measured_grow_while_the_window_is_open(
    font: QFont, window: MainWindow, drawn: DrawnLibrary, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    window.context.navigator.go("photo", drawn.photos[0])
    settle()
    window.context.navigator.go("photos")
    settle()
    parts = [*window.page("photo").findChildren(FaceCard), *window.page("photo").findChildren(PhotoNotice)]
    parts.append(window.page("photos").search.field)  # type: ignore[attr-defined]  # it has one
    before = [part.width() for part in parts]
    assert len(parts) == 3
    grow(2.0)
    qtbot.waitUntil(lambda: all(part.width() > was for part, was in zip(parts, before, strict=True)))


@pytest.mark.parametrize(("speaking", "factor"), LARGE, indirect=["speaking"])
def test_what_stands_above_a_page_is_read_whole(
    speaking: str,
    factor: float,
    font: QFont,
    window: MainWindow,
    drawn: DrawnLibrary,
    qtbot: QtBot,
    settle: Callable[[], None],
) -> None:
    name_people(drawn, "Ada")
    grow(factor)
    window.resize(*SMALL_SCREEN)
    hand = PersonHand(window, qtbot, settle, drawn.people[0])
    order = hand.page.header.order
    assert order.width() >= order.sizeHint().width()
    window.context.navigator.go("photos")
    settle()
    field = window.page("photos").search.field  # type: ignore[attr-defined]  # it has one
    assert field.fontMetrics().horizontalAdvance(field.placeholderText()) < field.contentsRect().width()
    window.context.navigator.go("photo", drawn.photos[0])
    settle()
    title = window.page("photo").title
    assert title.width() >= title.fontMetrics().horizontalAdvance("8. Mai")


@pytest.mark.parametrize(("speaking", "factor"), LARGE, indirect=["speaking"])
def test_dialogs_have_room_for_what_they_say(
    speaking: str,
    factor: float,
    font: QFont,
    window: MainWindow,
    drawn: DrawnLibrary,
    qtbot: QtBot,
    settle: Callable[[], None],
) -> None:
    name_people(drawn, "Ada", "Maximiliane Theodora von Hohenlohe-Schillingsfürst")
    grow(factor)
    acts = PersonHand(window, qtbot, settle, drawn.people[0]).page.acts
    for ask in (window.acts["about"], acts["copy_photos"], acts["forget"]):
        ask.trigger()
        qtbot.waitUntil(lambda: len(dialogs()) == 1, timeout=PLENTY_MS)
        (dialog,) = dialogs()
        assert list(without_room(dialog)) == []
        dialog.reject()
        qtbot.waitUntil(lambda: not dialogs(), timeout=PLENTY_MS)


def dialogs() -> list[QDialog]:
    """Return the dialogs that are open."""
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]


@pytest.mark.parametrize("speaking", ["en", "de", "ko"], indirect=True)
def test_settings_are_read_without_going_sideways(
    speaking: str, font: QFont, window: MainWindow, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    window.context.navigator.go("settings")
    settle()
    grow(2.0)
    window.resize(1000, 720)
    page = window.page("settings")
    (area,) = page.findChildren(QScrollArea)
    qtbot.waitUntil(lambda: area.horizontalScrollBar().maximum() == 0, timeout=PLENTY_MS)
    settle()
    names = page.form.names  # type: ignore[attr-defined]  # it has one
    assert names.width() <= area.viewport().width()
    assert names.height() >= names.heightForWidth(names.width())
    assert names.heightForWidth(names.sizeHint().width()) < names.heightForWidth(names.minimumSizeHint().width())
    before = names.isChecked()
    qtbot.mouseClick(names, Qt.MouseButton.LeftButton, pos=QPoint(names.height(), names.height() - 4))
    assert names.isChecked() is not before


def test_arrows_of_controls_grow_with_the_text(font: QFont, dressed: QApplication, qtbot: QtBot) -> None:
    def ink() -> dict[str, int]:
        """How many of the pixels at the end of each control, where its arrows are, are not those of the ground."""
        found = {}
        for made in (QComboBox(), QSpinBox()):
            qtbot.addWidget(made)
            made.resize(300, made.sizeHint().height())
            seen = made.grab().toImage()
            ground, side = seen.pixel(150, made.height() // 2), made.height()
            columns = range(made.width() - side, made.width() - 4)
            found[type(made).__name__] = sum(
                seen.pixel(x, y) != ground for x in columns for y in range(4, made.height() - 4)
            )
        return found

    usual = ink()
    grow(2.0)
    large = ink()
    assert all(large[name] > 1.7 * usual[name] > 0 for name in usual), (usual, large)


@pytest.mark.parametrize("page", ["review", "problems"])
def test_pictures_that_have_grown_let_the_window_shrink_again(
    page: str, window: MainWindow, drawn: DrawnLibrary, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    raise_questions(drawn)
    edits.move_faces(drawn.library, drawn.faces[1], drawn.people[0])
    window.resize(1800, 1200)
    window.context.navigator.go(page)
    settle()
    grown = max(side.large.width() for side in window.page(page).findChildren(QuestionSide) if side.isVisible())
    window.resize(900, 700)
    settle()
    assert window.size() == QSize(900, 700)
    shrunk = max(side.large.width() for side in window.page(page).findChildren(QuestionSide) if side.isVisible())
    assert shrunk < grown


def test_a_face_that_is_looked_at_large_lets_the_window_shrink_again(
    window: MainWindow, drawn: DrawnLibrary, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    window.resize(1800, 1200)
    hand = PersonHand(window, qtbot, settle, drawn.people[0])
    hand.click(hand.faces()[0])
    hand.press(Qt.Key.Key_Space)
    grown = hand.board.preview.photo.width()
    window.resize(900, 700)
    settle()
    assert window.size() == QSize(900, 700)
    assert hand.board.preview.photo.width() < grown


def test_text_of_every_size_grows_while_the_window_is_open(
    font: QFont, window: MainWindow, drawn: DrawnLibrary, settle: Callable[[], None], qtbot: QtBot
) -> None:
    settle()
    people, sidebar = window.page("people"), window.sidebar
    grid = people.grid  # type: ignore[attr-defined]  # the people page has one
    title, tile, wide = people.title.font().pointSizeF(), grid.tiles.row_height, sidebar.width()
    head = QFontMetrics(font_of(TextSize.NAME)).height()
    grow(1.5)
    qtbot.waitUntil(lambda: people.title.font().pointSizeF() == pytest.approx(1.5 * title), timeout=PLENTY_MS)
    assert sidebar.width() > wide
    assert sidebar.pages.height() >= sidebar.pages.sizeHintForRow(0) * sidebar.pages.count()
    assert grid.tiles.row_height > tile
    assert QFontMetrics(font_of(TextSize.NAME)).height() > head


@pytest.mark.parametrize("speaking", ["en", "de", "ko"], indirect=True)
def test_fields_for_names_have_room_for_what_they_ask(
    speaking: str, font: QFont, window: MainWindow, settle: Callable[[], None]
) -> None:
    grow(2)
    for page in ("review", "unsorted", "groups"):
        window.context.navigator.go(page, None)
        settle()
    fields = [edit for edit in window.findChildren(NameEdit) if edit.minimumWidth() == edit.maximumWidth()]
    assert len(fields) >= 4
    for edit in fields:
        asked = QFontMetrics(edit.font()).horizontalAdvance(edit.placeholderText())
        assert asked <= edit.width() - 2 * Space.SMALL, edit.placeholderText()
