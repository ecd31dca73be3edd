"""The arithmetic of a grid: every tile has its place, and every place its tile."""

import itertools

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect, QSize

from app.grid.grid_layout import GridLayout, Section

counts = st.lists(st.tuples(st.integers(0, 40), st.booleans()), min_size=1, max_size=6)
TILE = QSize(100, 130)


def layout_of(parts: list[tuple[int, bool]], width: int) -> GridLayout:
    sections = [Section("2010" if titled else "", count) for count, titled in parts]
    return GridLayout(sections, width, TILE, spacing=12, margin=16, head=40)


@given(counts, st.integers(90, 1500))
def test_tiles_do_not_overlap_and_are_found_where_they_lie(parts: list[tuple[int, bool]], width: int) -> None:
    layout = layout_of(parts, width)
    rects = [layout.rect(index) for index in range(layout.count)]
    assert layout.count == sum(count for count, _ in parts)
    for index, rect in enumerate(rects):
        assert layout.index_at(rect.center().x(), rect.center().y()) == index
        assert rect.bottom() < layout.height
    for before, after in itertools.pairwise(rects):
        assert not before.intersects(after)


@given(counts, st.integers(300, 1500), st.integers(0, 3000), st.integers(1, 900))
def test_exactly_the_tiles_of_a_strip_are_in_sight(
    parts: list[tuple[int, bool]], width: int, top: int, height: int
) -> None:
    layout = layout_of(parts, width)
    strip = QRect(0, top, width, height)
    seen = list(layout.tiles_between(top, top + height))
    meeting = [index for index in range(layout.count) if layout.rect(index).intersects(strip)]
    assert set(meeting) <= set(seen)
    assert len(seen) <= len(meeting) + 2 * layout.columns
    assert seen == sorted(seen)


@given(counts, st.integers(300, 1500))
def test_going_down_and_up_through_the_sections_ends(parts: list[tuple[int, bool]], width: int) -> None:
    layout = layout_of(parts, width)
    if layout.count == 0:
        return
    index, steps = 0, 0
    while (below := layout.moved(index, 0, 1)) != index:
        assert layout.rect(below).top() > layout.rect(index).top()
        index, steps = below, steps + 1
    while (above := layout.moved(index, 0, -1)) != index:
        assert layout.rect(above).top() < layout.rect(index).top()
        index, steps = above, steps - 1
    assert steps == 0
    assert layout.moved(layout.count - 1, 1, 0) == layout.count - 1


def test_an_empty_grid_has_no_tiles() -> None:
    layout = layout_of([(0, True)], 500)
    assert layout.index_at(20, 20) == -1
    assert layout.rect(0).isNull()


@given(counts, st.integers(300, 1500))
def test_every_tile_and_heading_knows_its_section(parts: list[tuple[int, bool]], width: int) -> None:
    layout = layout_of(parts, width)
    owners = [section for section, (count, _) in enumerate(parts) for _ in range(count)]
    assert [layout.section_of(index) for index in range(layout.count)] == owners
    assert layout.section_of(-1) == layout.section_of(layout.count) == -1
    assert layout.section_at(0) == -1
    for section, (count, titled) in enumerate(parts):
        assert layout.first_of(section) == sum(before for before, _ in parts[:section])
        if titled:
            assert layout.section_at(layout.head_rect(section).center().y()) == section
        if count:
            assert layout.section_at(layout.rect(layout.first_of(section)).center().y()) == section
