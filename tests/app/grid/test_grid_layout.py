"""The arithmetic of a grid: every tile has its place, and every place its tile."""

import itertools

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect, QSize

from app.grid.grid_layout import GridLayout, Section

APART, TITLED, BESIDE = range(3)
Parts = list[tuple[int, int]]
"""How many tiles each section has, and whether it has no title, has one, or has one and stands beside others."""

counts = st.lists(st.tuples(st.integers(0, 40), st.sampled_from([APART, TITLED])), min_size=1, max_size=6)
lives = st.lists(st.tuples(st.integers(1, 4), st.just(BESIDE)), min_size=1, max_size=30)
parts_of_all_kinds = (
    counts | lives | st.tuples(counts, lives, counts).map(lambda three: [*three[0], *three[1], *three[2]])
)
TILE = QSize(100, 130)
TITLE = 130
"""A title is wider than a tile."""


def layout_of(parts: Parts, width: int) -> GridLayout:
    sections = [Section("2010" if kind else "", count, beside=kind == BESIDE) for count, kind in parts]
    return GridLayout(sections, width, TILE, spacing=12, margin=16, head=40, title_width=lambda _title: TITLE)


@given(parts_of_all_kinds, st.integers(90, 1500))
def test_tiles_do_not_overlap_and_are_found_where_they_lie(parts: Parts, width: int) -> None:
    layout = layout_of(parts, width)
    rects = [layout.rect(index) for index in range(layout.count)]
    assert layout.count == sum(count for count, _ in parts)
    for index, rect in enumerate(rects):
        assert layout.index_at(rect.center().x(), rect.center().y()) == index
        assert rect.bottom() < layout.height
    for before, after in itertools.pairwise(rects):
        assert not before.intersects(after)


@given(parts_of_all_kinds, st.integers(300, 1500), st.integers(0, 3000), st.integers(1, 900))
def test_exactly_the_tiles_of_a_strip_are_in_sight(parts: Parts, width: int, top: int, height: int) -> None:
    layout = layout_of(parts, width)
    strip = QRect(0, top, width, height)
    seen = list(layout.tiles_between(top, top + height))
    meeting = [index for index in range(layout.count) if layout.rect(index).intersects(strip)]
    assert set(meeting) <= set(seen)
    assert len(seen) <= len(meeting) + 2 * layout.columns
    assert seen == sorted(seen)


@given(parts_of_all_kinds, st.integers(300, 1500))
def test_going_down_and_up_through_the_sections_ends(parts: Parts, width: int) -> None:
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


@given(parts_of_all_kinds, st.integers(300, 1500))
def test_every_tile_and_heading_knows_its_section(parts: Parts, width: int) -> None:
    layout = layout_of(parts, width)
    owners = [section for section, (count, _) in enumerate(parts) for _ in range(count)]
    assert [layout.section_of(index) for index in range(layout.count)] == owners
    assert layout.section_of(-1) == layout.section_of(layout.count) == layout.section_at(0) == -1
    for section, (count, titled) in enumerate(parts):
        head = layout.head_rect(section)
        assert layout.first_of(section) == sum(before for before, _ in parts[:section])
        if titled:
            assert layout.head_at(head.center().x(), head.center().y()) == section
            assert head.top() == layout.head_rect(layout.section_at(head.center().y())).top()
        if count:
            first = layout.rect(layout.first_of(section))
            assert layout.head_at(first.center().x(), first.center().y()) == -1
            assert first.top() == layout.rect(layout.first_of(layout.section_at(first.center().y()))).top()


@given(lives, st.integers(300, 1500))
def test_sections_side_by_side_have_room_for_their_titles(parts: Parts, width: int) -> None:
    layout = layout_of(parts, width)
    heads = [layout.head_rect(section) for section in range(len(parts))]
    for before, after in itertools.pairwise(heads):
        assert not before.intersects(after)
    for section, head in enumerate(heads):
        assert 0 < head.left() <= head.right() < width
        assert head.width() >= TITLE
        first = layout.first_of(section)
        assert layout.rect(first).left() == head.left(), "a heading begins where its tiles do"


def test_a_life_of_few_photos_a_year_takes_few_rows() -> None:
    sixty_years = [(1, BESIDE)] * 60
    layout = layout_of(sixty_years, 1_000)
    rows = {layout.rect(index).top() for index in range(60)}
    assert layout.columns == 8
    assert len(rows) == 60 / (8 // 2), "a title takes two columns"
    one_row_each = layout_of([(1, TITLED)] * 60, 1_000)
    assert layout.height * 3.9 < one_row_each.height


def test_years_with_more_than_a_row_keep_rows_of_their_own() -> None:
    layout = layout_of([(3, BESIDE), (20, BESIDE), (2, BESIDE), (2, BESIDE)], 1_000)
    tops = [layout.head_rect(section).top() for section in range(4)]
    assert tops[0] < tops[1] < tops[2] == tops[3]
    assert layout.rect(3).top() - tops[1] == layout.rect(0).top() - tops[0]
    assert layout.moved(0, 0, 1) == 3
    assert layout.moved(25, 0, -1) == 21, "the last row of twenty is half full"
