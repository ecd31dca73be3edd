"""Everything that takes the focus has a name and a role that a screen reader can say, on every page."""

from collections import Counter
from collections.abc import Callable

import pytest
from PySide6.QtCore import QDate, QLocale, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractScrollArea, QScrollBar, QTabBar, QWidget
from pytestqt.qtbot import QtBot

from app.pages.photo.page import PhotoPage
from app.shell.main_window import MainWindow
from app.shell.pages import PAGES
from app.style.theme import DARK, LIGHT, Colours
from engine.library.indexing import Problem, store_problems
from tests.app.drawn import DrawnLibrary, name_people
from tests.app.pages.person.hand import PersonHand, suggest
from tests.app.pages.review.hand import ReviewHand, raise_questions
from tests.app.pages.unsorted.hand import UnsortedHand, scatter

SILENT = (QScrollBar, QTabBar)
TEXT_PAIRS = [("text", "window"), ("text", "surface"), ("text", "tile"), ("hint", "window"), ("hint", "surface")]
TEXT_PAIRS += [("on_accent", "accent"), ("warning", "window"), ("warning", "surface"), ("accent", "surface")]


def subject_of(page: str, drawn: DrawnLibrary) -> int | None:
    return {"person": drawn.people[0], "photos_of": drawn.people[0], "photo": drawn.photos[0]}.get(page)


def takes_focus(widget: QWidget) -> bool:
    inside = isinstance(widget.parentWidget(), QAbstractScrollArea) and widget.objectName() == "qt_scrollarea_viewport"
    return (
        widget.isVisible()
        and widget.isEnabled()
        and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and widget.focusProxy() is None
        and not isinstance(widget, SILENT)
        and not inside
        and not widget.objectName().startswith("qt_")
    )


@pytest.mark.parametrize("page", list(PAGES))
def test_whatever_takes_the_focus_can_be_named(
    page: str, window: MainWindow, drawn: DrawnLibrary, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    name_people(drawn, "Ada", "Bo")
    settle()
    window.context.navigator.go(page, subject_of(page, drawn))
    settle()
    nameless = [
        type(widget).__name__
        for widget in window.findChildren(QWidget)
        if takes_focus(widget) and not QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name).strip()
    ]
    assert nameless == []


def test_a_person_is_read_with_what_is_confirmed(
    window: MainWindow, drawn: DrawnLibrary, settle: Callable[[], None]
) -> None:
    name_people(drawn, "Ada")
    settle()
    grid = window.page("people").grid  # type: ignore[attr-defined]  # the people page has one
    spoken = QAccessible.queryAccessibleInterface(grid).child(0)
    assert spoken.text(QAccessible.Text.Name).startswith("Ada, 9 of 9")
    assert spoken.role() == QAccessible.Role.ListItem


def written(day: QDate) -> str:
    """Return a day as people write it where the test runs."""
    return QLocale().toString(day, QLocale.FormatType.LongFormat)


Item = tuple[QAccessible.Role, str, str]
"""The role, the name and the description of something in a list."""


def items_of(widget: QWidget) -> list[Item]:
    """Return what a screen reader finds in a list, a tree or a grid."""
    listing = QAccessible.queryAccessibleInterface(widget)
    items = [listing.child(number) for number in range(listing.childCount())]
    return [
        (item.role(), item.text(QAccessible.Text.Name), item.text(QAccessible.Text.Description))
        for item in items
        if item.role() in (QAccessible.Role.ListItem, QAccessible.Role.TreeItem)
    ]


def test_faces_are_read_with_how_sure_they_are_and_their_heading(
    window: MainWindow, drawn: DrawnLibrary, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    faces = suggest(drawn)
    person = items_of(PersonHand(window, qtbot, settle, drawn.people[0]).grid)
    assert len(person) == len(drawn.faces[0]) > len(faces)
    assert (QAccessible.Role.ListItem, f"Confirmed, {written(QDate(2010, 5, 29))}", "2010, 5 faces") in person
    assert {name.split(",")[0] for _, name, _ in person} == {"Confirmed", "Suggested"}


def test_faces_of_nobody_are_read_with_the_group_that_they_stand_in(
    window: MainWindow, drawn: DrawnLibrary, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    four, two, alone = scatter(drawn)
    unsorted = items_of(UnsortedHand(window, qtbot, settle).grid)
    groups = Counter(group for _, _, group in unsorted)
    assert groups == {"4 faces alike": 4, "2 faces alike": 2, "Like no other, 3 faces": 3}
    assert len(unsorted) == len(four) + len(two) + len(alone)
    assert all(role == QAccessible.Role.ListItem and name.startswith("A face, ") for role, name, _ in unsorted)


def test_photos_are_read_with_their_faces_and_their_month(
    window: MainWindow, drawn: DrawnLibrary, settle: Callable[[], None]
) -> None:
    window.context.navigator.go("photos")
    settle()
    photos = items_of(window.page("photos").grid)  # type: ignore[attr-defined]  # the page has one
    assert photos[-1] == (QAccessible.Role.ListItem, f"{written(QDate(2010, 5, 1))}, 4 faces", "May 2010, 5 photos")


def test_a_photo_is_a_picture_and_its_faces_a_list(
    window: MainWindow, drawn: DrawnLibrary, settle: Callable[[], None]
) -> None:
    name_people(drawn, "Ada")
    window.context.navigator.go("photo", drawn.photos[0])
    settle()
    page = window.page("photo")
    assert isinstance(page, PhotoPage)
    canvas = QAccessible.queryAccessibleInterface(page.canvas)
    assert canvas.role() == QAccessible.Role.Graphic
    assert canvas.text(QAccessible.Text.Name) == "Photo"
    assert canvas.text(QAccessible.Text.Description).startswith("Ada, confirmed, Who is this?")
    faces = items_of(page.side.list)
    assert [(role, name) for role, name, _ in faces[:2]] == [
        (QAccessible.Role.ListItem, "Ada, confirmed"),
        (QAccessible.Role.ListItem, "Who is this?"),
    ]


def test_a_question_is_read_with_its_reasons_and_its_pictures_are_buttons(
    window: MainWindow, drawn: DrawnLibrary, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    raise_questions(drawn)
    page = ReviewHand(window, qtbot, settle).page
    ground = QAccessible.queryAccessibleInterface(page.view.ground)
    assert ground.role() == QAccessible.Role.Grouping
    assert ground.text(QAccessible.Text.Name) == page.view.headline.text()
    assert "% likely" in ground.text(QAccessible.Text.Description)
    for side in (page.view.known, page.view.asked):
        picture = QAccessible.queryAccessibleInterface(side.large)
        assert picture.role() == QAccessible.Role.Button
        assert picture.text(QAccessible.Text.Name)


def test_problems_are_read_with_what_is_wrong(
    window: MainWindow, drawn: DrawnLibrary, settle: Callable[[], None]
) -> None:
    store_problems(drawn.library, [Problem(drawn.photos[0], "The file ends early.", 1, 1, None)])
    window.context.navigator.go("problems")
    settle()
    lines = items_of(window.page("problems").list)  # type: ignore[attr-defined]  # the page has one
    assert [(role, name) for role, name, _ in lines] == [
        (QAccessible.Role.TreeItem, "Files that cannot be read, 1"),
        (QAccessible.Role.TreeItem, "photo000.png, The file ends early."),
    ]


def test_steps_are_read_with_when_they_were(
    window: MainWindow, drawn: DrawnLibrary, settle: Callable[[], None]
) -> None:
    name_people(drawn, "Ada")
    window.context.navigator.go("history")
    settle()
    steps = items_of(window.page("history").list)  # type: ignore[attr-defined]  # the page has one
    assert steps[0][0] == QAccessible.Role.ListItem
    assert steps[0][1].startswith("Named Ada: 9 faces, you are here")
    assert steps[1][1] == "Before the first of these"


def luminance(colour: str) -> float:
    """Return the relative luminance of WCAG 2.2, 0 to 1."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "paper"), TEXT_PAIRS)
def test_text_stands_out(colours: Colours, ink: str, paper: str) -> None:
    lighter, darker = sorted((luminance(getattr(colours, ink)), luminance(getattr(colours, paper))), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= 4.5
