"""Icons are in the palette's colours at every size, and the scheme changes while the window is open."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QActionGroup, QColor, QIcon, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QMenu, QPushButton, QRadioButton
from pytestqt.qtbot import QtBot

from app.shell.main_window import MainWindow
from app.shell.pages import PAGES
from app.style.action_icons import ICONS
from app.style.icons import DRAWINGS, icon
from app.style.sheet import is_primary, make_primary
from app.style.theme import DARK, LIGHT, SCHEME, Colours, Scheme, theme_in_use
from app.widgets.actions import Actions, Row
from tests.app.conftest import PLENTY_MS
from tests.app.drawn import DrawnLibrary
from tests.app.test_accessibility import subject_of

Settle = Callable[[], None]


@pytest.fixture
def light(dressed: QApplication) -> Iterator[QApplication]:
    """A light window, and the system's scheme again afterwards."""
    theme_in_use().choose(Scheme.LIGHT)
    yield dressed
    theme_in_use().choose(Scheme.SYSTEM)


def colours_of(drawn: QIcon, side: int, mode: QIcon.Mode = QIcon.Mode.Normal) -> set[str]:
    """Return the colours of what is opaque."""
    image = drawn.pixmap(QSize(side, side), mode).toImage()
    places = [(x, y) for x in range(image.width()) for y in range(image.height())]
    return {image.pixelColor(*at).name() for at in places if image.pixelColor(*at).alpha() == 255}


@pytest.mark.parametrize("side", [16, 18, 24, 41, 96])
def test_an_icon_is_drawn_at_any_size_in_the_colour_of_text(light: QApplication, side: int) -> None:
    drawn = icon("users")
    assert drawn.pixmap(QSize(side, side)).size() == QSize(side, side)
    assert colours_of(drawn, side) == {LIGHT.text}


def test_an_icon_that_was_made_before_follows_the_scheme(light: QApplication) -> None:
    drawn = icon("trash-2")
    theme_in_use().choose(Scheme.DARK)
    assert colours_of(drawn, 32) == {DARK.text}
    assert colours_of(drawn, 32, QIcon.Mode.Disabled) == {DARK.hint}
    assert colours_of(icon("check", QPalette.ColorRole.HighlightedText), 32) == {DARK.on_accent}


@pytest.mark.parametrize("name", sorted(set(ICONS.values())))
def test_every_action_has_a_drawing(name: str) -> None:
    assert (DRAWINGS / f"{name}.svg").is_file()


def test_the_drawings_come_with_their_licence() -> None:
    assert "ISC License" in (DRAWINGS / "LICENSE").read_text()


def test_the_scheme_is_chosen_in_the_settings_and_seen_at_once(
    light: QApplication, window: MainWindow, settle: Settle, qtbot: QtBot
) -> None:
    window.context.navigator.go("settings")
    settle()
    box = window.page("settings").form.scheme  # type: ignore[attr-defined]  # the settings have one
    box.setFocus()
    box.setCurrentIndex(box.findData("light"))
    QTest.keyClick(box, Qt.Key.Key_Down)
    assert theme_in_use().scheme is Scheme.DARK
    for widget, colour in ((window.sidebar, DARK.window), (window.sidebar.add_button, DARK.surface)):
        ground = widget.backgroundRole()
        qtbot.waitUntil(lambda w=widget, g=ground, c=colour: w.palette().color(g) == QColor(c), timeout=PLENTY_MS)
    assert window.context.remembered.value(SCHEME) == "dark"


@pytest.mark.parametrize("kind", [QCheckBox, QRadioButton])
def test_what_can_be_ticked_is_seen_in_every_scheme(light: QApplication, qtbot: QtBot, kind: type) -> None:
    """With Fusion's own frames an open box was black on nearly black."""
    for scheme, colours in ((Scheme.LIGHT, LIGHT), (Scheme.DARK, DARK)):
        theme_in_use().choose(scheme)
        seen = []
        for ticked in (False, True):
            box = kind()
            qtbot.addWidget(box)
            box.setAutoExclusive(False)
            box.setChecked(ticked)
            box.resize(box.sizeHint())
            image = box.grab().toImage()
            seen.append({image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())})
        assert colours.hint in seen[0]
        assert colours.accent in seen[1]
        assert colours.accent not in seen[0]


def test_a_scheme_that_was_kept_by_nobody_is_the_systems() -> None:
    assert [Scheme.remembered(value) for value in (None, "dark", "mauve", 3)] == [
        Scheme.SYSTEM,
        Scheme.DARK,
        Scheme.SYSTEM,
        Scheme.SYSTEM,
    ]


def test_the_icon_of_the_button_that_leads_on_is_seen_on_its_colour(light: QApplication, qtbot: QtBot) -> None:
    button = make_primary(QPushButton(icon("check"), "Yes"))
    qtbot.addWidget(button)
    assert colours_of(button.icon(), 32) == {LIGHT.on_accent}
    assert is_primary(button)


class Ticked(Actions):
    def rows(self) -> tuple[Row, ...]:
        """One line of a menu that may be checked and has a drawing."""
        return (Row("boxes", "Show boxes", checkable=True),)


@pytest.mark.parametrize("exclusive", [False, True])
@pytest.mark.parametrize(("scheme", "colours"), [(Scheme.LIGHT, LIGHT), (Scheme.DARK, DARK)])
def test_a_line_of_a_menu_shows_whether_it_is_checked(
    light: QApplication, qtbot: QtBot, scheme: Scheme, colours: Colours, *, exclusive: bool
) -> None:
    theme_in_use().choose(scheme)
    menu = QMenu()
    qtbot.addWidget(menu)
    line = Ticked(menu)["boxes"]
    group = QActionGroup(menu)
    if exclusive:
        group.addAction(line)
    menu.addAction(line)
    assert not line.icon().isNull()

    def accents() -> int:
        """How many pixels of the menu have the colour of what is chosen."""
        seen, wanted = menu.grab().toImage(), QColor(colours.accent).rgb()
        return sum(seen.pixel(x, y) == wanted for x in range(seen.width()) for y in range(seen.height()))

    assert accents() == 0
    line.setChecked(True)
    assert accents() > 20


def test_no_line_that_may_be_checked_has_a_drawing_in_place_of_its_tick(
    window: MainWindow, drawn: DrawnLibrary, settle: Settle
) -> None:
    for page in PAGES:
        window.context.navigator.go(page, subject_of(page, drawn))
        settle()
    lines = [line for line in window.findChildren(QAction) if line.isCheckable()]
    assert len(lines) > 5
    assert [line.text() for line in lines if line.isIconVisibleInMenu() and not line.icon().isNull()] == []
