"""Rows of pictures are filled from edge to edge, whatever the pictures' shapes."""

from itertools import combinations, pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from app.grid.grid_layout import Section
from app.grid.justified_layout import GROWN, NARROWEST, WIDEST, JustifiedLayout

SPACING, MARGIN, HEAD, GAP, TITLE = 4, 24, 40, 24, 150
Life = list[tuple[list[float], bool]]
"""The shapes of the tiles of each section, and whether it stands beside others."""

few = st.lists(st.floats(0.2, 5.0), min_size=0, max_size=4)
lives: st.SearchStrategy[Life] = st.lists(
    st.tuples(
        st.one_of(few, few, st.lists(st.floats(0.2, 5.0), max_size=12)), st.sampled_from([True, True, True, False])
    ),
    min_size=1,
    max_size=12,
)
shapes = st.lists(st.floats(0.2, 5.0), min_size=1, max_size=60)


def laid(ratios: list[float], width: int, height: int, parts: int = 1) -> JustifiedLayout:
    cuts = np.linspace(0, len(ratios), parts + 1).astype(int)
    sections = [Section("A", int(count)) for count in np.diff(cuts)]
    given_ratios = np.array(ratios, np.float32)
    return JustifiedLayout(
        sections,
        width,
        height,
        given_ratios,
        spacing=SPACING,
        margin=MARGIN,
        head=HEAD,
        gap=GAP,
        title_width=lambda _title: TITLE,
    )


def life_of(life: Life, width: int, height: int) -> JustifiedLayout:
    """Sections have titles of several widths, from 40 pixels to more than there is."""
    sections = [Section("A" * (1 + place % 7), len(one), beside=beside) for place, (one, beside) in enumerate(life)]
    ratios = np.array([ratio for one, _ in life for ratio in one], np.float32)
    return JustifiedLayout(
        sections, width, height, ratios, spacing=SPACING, margin=MARGIN, head=HEAD, gap=GAP, title_width=titled
    )


def titled(title: str) -> int:
    return 40 * len(title)


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


@given(lives, st.integers(100, 2_000), st.integers(60, 300))
def test_sections_of_all_kinds_lie_below_their_headings_in_order(life: Life, width: int, height: int) -> None:
    layout = life_of(life, width, height)
    rects = [layout.rect(index) for index in range(layout.count)]
    heads = [layout.head_rect(section) for section in range(len(life))]
    assert layout.count == sum(len(one) for one, _ in life)
    assert list(layout.tiles_between(0, layout.height)) == list(range(layout.count)), "each is shown, once"
    for one, other in combinations([*rects, *heads], 2):
        assert not one.intersects(other)
    for one, other in pairwise(rects):
        assert (one.top(), one.left()) < (other.top(), other.left())
    for index, rect in enumerate(rects):
        section, head = layout.section_of(index), heads[layout.section_of(index)]
        assert MARGIN <= head.left() <= rect.left() <= rect.right() < width - MARGIN
        assert rect.right() <= head.right()
        assert 1 <= rect.height() <= GROWN * height
        assert layout.index_at(rect.center().x(), rect.center().y()) == index
        if index == layout.first_of(section):
            assert (rect.left(), rect.top()) == (head.left(), head.bottom() + 1)
    for section, head in enumerate(heads):
        assert layout.head_at(head.center().x(), head.center().y()) == section
        assert head.width() >= min(titled(layout.sections[section].title), width - 2 * MARGIN)
        assert layout.head_rect(layout.section_at(head.top())).top() == head.top()
    assert {section.title for section, _ in layout.heads_between(0, layout.height)} == {
        section.title for section in layout.sections
    }


@given(lives, st.integers(200, 2_000), st.integers(60, 300))
def test_only_neighbours_that_want_to_and_have_room_share_a_row(life: Life, width: int, height: int) -> None:
    layout = life_of(life, width, height)
    heads = [layout.head_rect(section) for section in range(len(life))]
    for place, (before, after) in enumerate(pairwise(heads)):
        wish = all(beside and one for one, beside in life[place : place + 2])
        if before.top() == after.top():
            assert wish
            assert after.left() >= before.left() + before.width() + GAP - 1
            tiles = layout.rect(layout.first_of(place)), layout.rect(layout.first_of(place + 1))
            assert tiles[0].height() == tiles[1].height() >= height
        elif wish and before.left() == MARGIN:
            both = [wide(life[one][0], layout.sections[one].title, height) for one in (place, place + 1)]
            assert sum(both) + GAP > width - 2 * MARGIN - 1


def wide(ratios: list[float], title: str, height: int) -> float:
    """How wide a section is at full height, its heading included."""
    tiles = np.clip(np.array(ratios, np.float32), NARROWEST, WIDEST).sum() * height
    return max(titled(title), float(tiles) + SPACING * (len(ratios) - 1))


@given(lives, st.integers(200, 2_000), st.integers(0, 3_000), st.integers(0, 900))
def test_of_shared_rows_exactly_what_meets_a_strip_is_in_sight(life: Life, width: int, top: int, high: int) -> None:
    layout = life_of(life, width, 120)
    found = list(layout.tiles_between(top, top + high))
    meeting = [
        index
        for index in range(layout.count)
        if layout.rect(index).bottom() >= top and layout.rect(index).top() <= top + high
    ]
    assert set(meeting) <= set(found)
    assert found == sorted(set(found))
    for index in set(found) - set(meeting):
        assert layout.rect(index).bottom() + SPACING >= top, "at most the space below a row meets the strip"


@given(lives, st.integers(200, 2_000))
def test_down_and_up_lead_through_shared_rows(life: Life, width: int) -> None:
    layout = life_of(life, width, 120)
    tops = sorted({layout.rect(index).top() for index in range(layout.count)})
    for index in range(layout.count):
        row = tops.index(layout.rect(index).top())
        for down in (-1, 1):
            reached = layout.moved(index, 0, down)
            other = min(max(0, row + down), len(tops) - 1)
            assert layout.rect(reached).top() == tops[other]
            middle = layout.rect(index).center().x()
            away = [
                abs(layout.rect(near).center().x() - middle)
                for near in range(layout.count)
                if layout.rect(near).top() == tops[other]
            ]
            if other != row:
                assert abs(layout.rect(reached).center().x() - middle) == min(away)


def test_sixty_years_of_a_photo_each_take_a_quarter_of_the_height() -> None:
    apart, beside = (life_of([([1.33], beside)] * 60, 1_600, 172) for beside in (False, True))
    assert 3.8 * beside.height < apart.height


def test_an_empty_grid_has_no_tiles() -> None:
    layout = JustifiedLayout(
        (),
        800,
        120,
        np.empty(0, np.float32),
        spacing=SPACING,
        margin=MARGIN,
        head=HEAD,
        gap=GAP,
        title_width=lambda _title: TITLE,
    )
    assert layout.count == 0
    assert list(layout.tiles_between(0, 100)) == []
    assert layout.index_at(5, 5) == -1
