"""Months of few photos stand side by side: keys, the mouse, the years beside them, and room for their names."""

from collections.abc import Callable, Iterator
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QAccessible, QFont
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.grid.grid_paint import title_width
from app.pages.photos.grid import PhotosGrid
from app.pages.photos.model import PhotosModel
from app.pages.photos.scrubber import Scrubber
from app.style.language import language_in_use
from engine.scan.dates import Precision
from engine.words.catalogue import ENGLISH
from tests.app.conftest import PLENTY_MS
from tests.app.pages.photos.test_inexact_dates import index

Key, CTRL, SHIFT = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
YEARS = range(2015, 1955, -1)


def show_sixty_years(model: PhotosModel) -> None:
    """A photo in September of each year, but seven in the tenth and in the eleventh year."""
    taken = [(year, day) for year in YEARS for day in range(7 if year in (2005, 2006) else 1, 0, -1)]
    model.show(index(*((f"{year}-09-{day:02}", Precision.SECOND) for year, day in taken)))


@pytest.fixture
def grid(dressed: QApplication, qtbot: QtBot) -> Iterator[PhotosGrid]:
    model = PhotosModel()
    made = PhotosGrid(model)
    model.setParent(made)
    made.set_tile(QSize(120, 120))
    made.resize(900, 600)
    show_sixty_years(model)
    with qtbot.waitExposed(made, timeout=PLENTY_MS):
        made.show()
    made.setFocus()
    yield made
    made.close()
    made.deleteLater()


@pytest.fixture
def press(grid: PhotosGrid, qtbot: QtBot) -> Callable[..., int]:
    def pressed(key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> int:
        qtbot.keyClick(grid, key, held)
        return grid.currentIndex().row()

    return pressed


def top_of(grid: PhotosGrid, row: int) -> int:
    return grid.tiles.rect(row).top()


def in_row(grid: PhotosGrid) -> int:
    """How many photos stand in the first row."""
    return sum(top_of(grid, row) == top_of(grid, 0) for row in range(grid.tiles.count))


def middle(grid: PhotosGrid, row: int) -> QPoint:
    return grid.visualRect(grid.model().index(row, 0)).center()


def test_a_row_holds_several_years_each_below_its_heading(grid: PhotosGrid) -> None:
    assert in_row(grid) >= 4
    heads = [grid.tiles.head_rect(section) for section in range(in_row(grid))]
    assert len({head.top() for head in heads}) == 1
    for row, head in enumerate(heads):
        assert head.left() == grid.tiles.rect(row).left()
    for before, after in pairwise(heads):
        assert before.right() < after.left()


def test_keys_lead_along_and_across_rows_that_years_share(grid: PhotosGrid, press: Callable[..., int]) -> None:
    abreast, last = in_row(grid), grid.tiles.count - 1
    grid.setCurrentIndex(grid.model().index(0, 0))
    assert press(Key.Key_Right) == 1
    below = press(Key.Key_Down)
    assert top_of(grid, below) == top_of(grid, abreast) > top_of(grid, 1)
    assert press(Key.Key_Up) == 1
    assert press(Key.Key_End) == last
    assert grid.viewport().rect().contains(middle(grid, last))
    assert press(Key.Key_Home) == 0
    assert press(Key.Key_Right, SHIFT) == 1
    assert grid.selected_ids() == [0, 1]
    press(Key.Key_A, CTRL)
    assert len(grid.selected_ids()) == last + 1


@pytest.mark.parametrize("height", [40, 120, 400, 1_000])
def test_a_page_is_not_more_than_is_seen_whatever_headings_there_are(
    grid: PhotosGrid, press: Callable[..., int], height: int
) -> None:
    grid.set_tile(QSize(height, height))
    grid.setCurrentIndex(grid.model().index(0, 0))
    tops = sorted({top_of(grid, row) for row in range(grid.tiles.count)})
    here = 0
    while (there := press(Key.Key_PageDown)) != here:
        gone = top_of(grid, there) - top_of(grid, here)
        a_row = tops[tops.index(top_of(grid, here)) + 1] - top_of(grid, here)
        assert 0 < gone <= max(a_row, grid.viewport().height())
        here = there
    assert top_of(grid, here) == tops[-1]
    while press(Key.Key_PageUp) != here:
        here = grid.currentIndex().row()
    assert top_of(grid, here) == tops[0]


def test_shift_and_a_click_select_from_one_year_to_another(grid: PhotosGrid, qtbot: QtBot) -> None:
    abreast = in_row(grid)
    qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=middle(grid, abreast - 1))
    qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, SHIFT, middle(grid, abreast))
    assert grid.selected_ids() == [abreast - 1, abreast]
    qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=middle(grid, 1))
    qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, SHIFT, middle(grid, abreast + 1))
    assert grid.selected_ids() == list(range(1, abreast + 2))
    gap = QPoint(grid.tiles.rect(1).left() - 5, middle(grid, 1).y())
    assert not grid.indexAt(gap).isValid()


def test_what_is_in_sight_stays_when_more_or_fewer_years_share_a_row(grid: PhotosGrid) -> None:
    bar = grid.verticalScrollBar()
    for row in (10, 30, 45):
        for width, side in ((900, 120), (500, 120), (1_300, 120), (900, 60), (900, 200)):
            grid.resize(900, 600)
            grid.set_tile(QSize(120, 120))
            bar.setValue(top_of(grid, row))
            assert bar.value() < bar.maximum(), "at the end the last one is held"
            held = min(grid.tiles.tiles_between(bar.value(), bar.value()))
            grid.resize(width, 600)
            grid.set_tile(QSize(side, side))
            assert abs(grid.visualRect(grid.model().index(held, 0)).top()) <= 1 or bar.value() == bar.maximum()


def test_every_photo_says_the_month_that_it_stands_under(grid: PhotosGrid) -> None:
    heard = QAccessible.queryAccessibleInterface(grid)
    for row, year in ((0, 2015), (1, 2014), (2, 2013)):
        assert heard.child(row).text(QAccessible.Text.Description).startswith(f"September {year}")


def test_the_years_beside_lead_to_each_of_those_that_share_a_row(grid: PhotosGrid, qtbot: QtBot) -> None:
    model = grid.model()
    assert isinstance(model, PhotosModel)
    scrubber = Scrubber(grid, model)
    qtbot.addWidget(scrubber)
    scrubber.resize(60, 600)
    scrubber.show_years(model.years())
    heard = QAccessible.queryAccessibleInterface(scrubber)
    bar = grid.verticalScrollBar()
    for way in ("keys", "a screen reader"):
        bar.setValue(0)
        for section in [*range(1, 30), *range(28, -1, -1)]:
            if way == "keys":
                qtbot.keyClick(scrubber, Key.Key_Down if section > scrubber.value() else Key.Key_Up)
            else:
                heard.valueInterface().setCurrentValue(section)
            assert scrubber.value() == section
            assert heard.text(QAccessible.Text.Description) == grid.tiles.sections[section].title
            assert bar.value() == min(bar.maximum(), grid.tiles.head_rect(section).top())


@pytest.fixture(params=[ENGLISH, "de", "ko"])
def speaking(dressed: QApplication, request: pytest.FixtureRequest) -> Iterator[str]:
    language_in_use().choose(request.param)
    yield request.param
    language_in_use().choose(ENGLISH)


@pytest.mark.parametrize("factor", [1, 2])
def test_the_names_of_months_are_whole_in_every_language_and_size(speaking: str, grid: PhotosGrid, factor: int) -> None:
    usual = QFont(QApplication.font())
    larger = QFont(usual)
    larger.setPointSizeF(usual.pointSizeF() * factor)
    QApplication.setFont(larger)
    try:
        model = grid.model()
        assert isinstance(model, PhotosModel)
        show_sixty_years(model)
        grid.set_tile(QSize(40, 40))
        heads = list(grid.tiles.heads_between(0, grid.tiles.height))
        assert len({rect.top() for _, rect in heads}) < len(heads) / 2, "they share rows"
        for section, rect in heads:
            assert title_width(section.title) <= rect.width()
    finally:
        QApplication.setFont(usual)
