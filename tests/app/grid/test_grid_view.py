"""The grid: keys, selection, the anchor while rows come, and what screen readers are told."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt
from PySide6.QtGui import QAccessible, QPaintEvent, QRegion
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.grid.grid_layout import Section
from app.grid.grid_view import GridView
from app.grid.id_model import IdModel
from app.grid.tile import Tile
from tests.app.conftest import PLENTY_MS

SIZE = QSize(640, 400)


class Numbers(IdModel):
    def tile(self, row: int) -> Tile:
        return Tile(None, title=str(self.ids[row]), say=lambda: f"number {self.ids[row]}")


@pytest.fixture
def grid(dressed: QApplication, qtbot: QtBot) -> Iterator[GridView]:
    model = Numbers()
    made = GridView(model)
    model.setParent(made)
    made.set_tile(QSize(100, 100))
    made.resize(SIZE)
    show(made, list(range(1, 201)))
    with qtbot.waitExposed(made, timeout=PLENTY_MS):
        made.show()
    made.setFocus()
    yield made
    made.close()
    made.deleteLater()


def show(grid: GridView, ids: list[int], *sections: Section) -> None:
    model = grid.model()
    assert isinstance(model, Numbers)
    model.set_rows(np.array(ids, np.int64), sections)


def middle(grid: GridView, row: int) -> QPoint:
    return grid.visualRect(grid.model().index(row, 0)).center()


def test_keys_walk_over_the_tiles(grid: GridView, qtbot: QtBot) -> None:
    columns = grid.tiles.columns
    grid.setCurrentIndex(grid.model().index(0, 0))
    for key, expected in (
        (Qt.Key.Key_Right, 1),
        (Qt.Key.Key_Down, 1 + columns),
        (Qt.Key.Key_Left, columns),
        (Qt.Key.Key_Up, 0),
        (Qt.Key.Key_End, 199),
        (Qt.Key.Key_Home, 0),
    ):
        qtbot.keyClick(grid, key)
        assert grid.currentIndex().row() == expected
        assert grid.viewport().rect().contains(middle(grid, expected))


def test_shift_and_the_arrows_select_a_range(grid: GridView, qtbot: QtBot) -> None:
    grid.setCurrentIndex(grid.model().index(0, 0))
    for _ in range(3):
        qtbot.keyClick(grid, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert grid.selected_ids() == [1, 2, 3, 4]


def test_shift_and_a_click_select_all_tiles_between(grid: GridView, qtbot: QtBot) -> None:
    viewport, columns = grid.viewport(), grid.tiles.columns
    qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=middle(grid, 2))
    shift = Qt.KeyboardModifier.ShiftModifier
    qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, shift, middle(grid, columns))
    assert grid.selected_ids() == list(range(3, columns + 2))


def test_the_mouse_selects_one_and_with_ctrl_several(grid: GridView, qtbot: QtBot) -> None:
    viewport = grid.viewport()
    qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=middle(grid, 2))
    qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, middle(grid, 5))
    assert grid.selected_ids() == [3, 6]


def test_a_rectangle_drawn_over_tiles_selects_them(grid: GridView, qtbot: QtBot) -> None:
    viewport, first = grid.viewport(), grid.visualRect(grid.model().index(0, 0))
    begin = first.topLeft() - QPoint(6, 6)
    qtbot.mousePress(viewport, Qt.MouseButton.LeftButton, pos=begin)
    qtbot.mouseMove(viewport, middle(grid, 0))
    qtbot.mouseMove(viewport, middle(grid, grid.tiles.columns + 1))
    qtbot.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=middle(grid, grid.tiles.columns + 1))
    columns = grid.tiles.columns
    assert grid.selected_ids() == [1, 2, columns + 1, columns + 2]


def test_what_is_in_sight_stays_while_rows_come_and_go(grid: GridView) -> None:
    grid.verticalScrollBar().setValue(1500)
    seen = grid.indexAt(QPoint(60, 60))
    row_id, top = int(seen.data()), grid.visualRect(seen).top()
    grid.select_ids([row_id, 5])
    show(grid, [*range(1000, 1037), *range(1, 150)])
    again = grid.model().index(37 + row_id - 1, 0)
    assert int(again.data()) == row_id
    assert abs(grid.visualRect(again).top() - top) < grid.tiles.row_height
    assert sorted(grid.selected_ids()) == [5, row_id]


def test_sections_have_headings_and_the_arrows_cross_them(grid: GridView, qtbot: QtBot) -> None:
    show(grid, list(range(1, 11)), Section("2010", 3), Section("2011", 7))
    heads = list(grid.tiles.heads_between(0, 2000))
    assert [section.title for section, _ in heads] == ["2010", "2011"]
    grid.setCurrentIndex(grid.model().index(1, 0))
    qtbot.keyClick(grid, Qt.Key.Key_Down)
    assert grid.currentIndex().row() == 4


def test_enter_opens_space_previews_and_letters_are_left_to_the_page(grid: GridView, qtbot: QtBot) -> None:
    grid.setCurrentIndex(grid.model().index(4, 0))
    with qtbot.waitSignal(grid.activated, timeout=PLENTY_MS) as opened:
        qtbot.keyClick(grid, Qt.Key.Key_Return)
    with qtbot.waitSignal(grid.preview, timeout=PLENTY_MS) as seen:
        qtbot.keyClick(grid, Qt.Key.Key_Space)
    assert opened.args[0].row() == seen.args[0].row() == 4
    qtbot.keyClick(grid, Qt.Key.Key_9)
    assert grid.currentIndex().row() == 4


def test_screen_readers_hear_of_every_tile(grid: GridView) -> None:
    interface = QAccessible.queryAccessibleInterface(grid)
    assert interface.childCount() == 200
    child = interface.child(2)
    assert child.text(QAccessible.Text.Name) == "number 3"
    assert child.role() == QAccessible.Role.ListItem
    assert child.rect().size() == QSize(100, 100)


@pytest.mark.parametrize(
    ("left", "expected"), [(range(50, 60), 60), (range(50, 201), 49), (range(1, 57), 57), (range(55, 56), 56)]
)
def test_when_the_current_row_leaves_its_neighbour_is_current(grid: GridView, left: range, expected: int) -> None:
    grid.setCurrentIndex(grid.model().index(54, 0))
    show(grid, [number for number in range(1, 201) if number not in left])
    assert grid.current_id() == expected
    assert grid.selected_ids() == ([] if 55 in left else [55])


def test_a_current_row_far_from_sight_leaves_without_a_jump(grid: GridView) -> None:
    grid.setCurrentIndex(grid.model().index(150, 0))
    grid.verticalScrollBar().setValue(0)
    show(grid, [number for number in range(1, 201) if number != 151])
    assert grid.current_id() == 152
    assert grid.verticalScrollBar().value() == 0
    show(grid, [])
    assert grid.current_id() is None
    show(grid, [1, 2])
    assert grid.current_id() is None


@pytest.mark.parametrize("kept", [62, 90, 40], ids=["in sight", "below", "above"])
def test_where_what_is_seen_first_leaves_the_next_that_stays_is_held(grid: GridView, kept: int) -> None:
    grid.verticalScrollBar().setValue(grid.visualRect(grid.model().index(54, 0)).top())
    at = grid.indexAt(QPoint(60, 60))
    first, before = grid.visualRect(at).top(), grid.visualRect(grid.model().index(kept - 1, 0))
    gone = range(kept + 1, 201) if kept < at.row() else range(at.row() - 4, kept)
    left = [number for number in range(1, 201) if number not in gone]
    show(grid, [*left, *range(201, 400)])
    row = left.index(kept)
    expected = before.top() if grid.viewport().rect().intersects(before) else first
    assert grid.visualRect(grid.model().index(row, 0)).top() == expected


class Painted(QObject):
    """What a widget has painted again."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.region = QRegion()
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 Qt's name
        if isinstance(event, QPaintEvent):
            self.region += event.region()
        return False


def test_what_is_painted_again_holds_the_rings(grid: GridView, qtbot: QtBot) -> None:
    painted = Painted(grid.viewport())
    grid.setCurrentIndex(grid.model().index(0, 0))
    qtbot.waitUntil(lambda: not painted.region.isEmpty(), timeout=PLENTY_MS)
    painted.region = QRegion()
    grid.setCurrentIndex(grid.model().index(1, 0))
    qtbot.waitUntil(lambda: not painted.region.isEmpty(), timeout=PLENTY_MS)
    for row in (0, 1):
        around = grid.visualRect(grid.model().index(row, 0)).adjusted(-5, -5, 5, 5)
        assert (QRegion(around & grid.viewport().rect()) - painted.region).isEmpty()


def test_everything_is_selected_as_one_range(grid: GridView, qtbot: QtBot) -> None:
    qtbot.keyClick(grid, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert grid.selected_ids() == list(range(1, 201))
    assert grid.selectionModel().selection().count() == 1


def test_the_layout_is_made_anew_only_where_something_has_changed(grid: GridView) -> None:
    before = grid.tiles
    grid.doItemsLayout()
    show(grid, list(range(1, 201)))
    assert grid.tiles is before
    show(grid, list(range(1, 201)), Section("2010", 50), Section("2011", 150))
    assert grid.tiles is not before
    before = grid.tiles
    show(grid, list(range(1, 202)), Section("2010", 50), Section("2011", 151))
    assert grid.tiles.count == 201
    assert grid.tiles is not before
