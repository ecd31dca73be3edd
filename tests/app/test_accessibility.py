"""Everything that takes the focus has a name and a role that a screen reader can say, on every page."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractScrollArea, QScrollBar, QTabBar, QWidget
from pytestqt.qtbot import QtBot

from app.main_window import MainWindow
from app.pages import PAGES
from app.theme import DARK, LIGHT, Colours
from tests.app.drawn import DrawnLibrary, name_people

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
