"""Rows of pictures are filled from edge to edge, whatever the pictures' shapes."""

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from app.grid.grid_layout import Section
from app.grid.justified_layout import GROWN, JustifiedLayout

SPACING, MARGIN, HEAD = 4, 24, 40
shapes = st.lists(st.floats(0.2, 5.0), min_size=1, max_size=60)


def laid(ratios: list[float], width: int, height: int, parts: int = 1) -> JustifiedLayout:
    cuts = np.linspace(0, len(ratios), parts + 1).astype(int)
    sections = [Section("A", int(count)) for count in np.diff(cuts)]
    given_ratios = np.array(ratios, np.float32)
    return JustifiedLayout(sections, width, height, given_ratios, spacing=SPACING, margin=MARGIN, head=HEAD)


@given(shapes, st.integers(300, 2_000), st.integers(60, 300), st.integers(1, 4))
def test_tiles_stay_inside_do_not_overlap_and_are_found_where_they_lie(
    ratios: list[float], width: int, height: int, parts: int
) -> None:
    layout = laid(ratios, width, height, parts)
    rects = [layout.rect(index) for index in range(len(ratios))]
    for index, rect in enumerate(rects):
        assert rect.left() >= MARGIN
        assert rect.right() <= width - MARGIN
        assert 1 <= rect.height() <= GROWN * height
        assert layout.index_at(rect.center().x(), rect.center().y()) == index
    for one, other in pairwise(rects):
        assert not one.intersects(other)
        assert other.top() >= one.top()
    assert layout.height >= rects[-1].bottom()


@given(shapes, st.integers(400, 2_000), st.integers(60, 300))
def test_all_rows_but_the_last_end_at_the_edge(ratios: list[float], width: int, height: int) -> None:
    layout = laid(ratios, width, height)
    rows: dict[int, int] = {}
    for index in range(len(ratios)):
        rows[layout.rect(index).top()] = layout.rect(index).right()
    for right in list(rows.values())[:-1]:
        assert abs(right + 1 - (width - MARGIN)) <= 2


@given(shapes, st.integers(300, 1_200), st.integers(0, 3_000), st.integers(0, 900))
def test_the_rows_of_a_strip_are_in_sight(ratios: list[float], width: int, top: int, high: int) -> None:
    layout = laid(ratios, width, 120, 3)
    found = set(layout.tiles_between(top, top + high))
    for index in range(len(ratios)):
        rect = layout.rect(index)
        if rect.bottom() >= top and rect.top() <= top + high:
            assert index in found


@given(shapes)
def test_down_and_up_lead_through_all_rows(ratios: list[float]) -> None:
    layout = laid(ratios, 800, 120, 2)
    index = 0
    for _ in range(len(ratios)):
        below = layout.moved(index, 0, 1)
        assert below == index or layout.rect(below).top() > layout.rect(index).top()
        index = below
    assert layout.rect(index).top() == layout.rect(len(ratios) - 1).top()
    assert layout.moved(0, 0, -1) == 0
    assert layout.moved(len(ratios) - 1, 1, 0) == len(ratios) - 1


def test_an_empty_grid_has_no_tiles() -> None:
    layout = JustifiedLayout((), 800, 120, np.empty(0, np.float32), spacing=SPACING, margin=MARGIN, head=HEAD)
    assert layout.count == 0
    assert list(layout.tiles_between(0, 100)) == []
    assert layout.index_at(5, 5) == -1
