"""Several who are selected have their actions below them; long names take two lines; offered names have faces."""

import pytest
from PySide6.QtWidgets import QApplication

from app.grid.tile import TILE, Tile
from app.names.name_offers import NameOffers
from app.pages.people.delegate import number_line, two_lines
from app.style.lettering import line_width
from app.style.theme import TextSize
from engine.library.queries import people_rows
from tests.app.drawn import name_people
from tests.app.hand import Key


def test_several_who_are_selected_have_a_bar(hand, drawn):
    hand.choose(drawn.people[0])
    assert not hand.page.bar.isVisible()
    hand.choose(*drawn.people[:3])
    assert hand.page.bar.isVisible()
    assert hand.page.bar.count.text() == "3 people"
    hand.click_button(hand.page.bar, "Hide 3 people")
    assert {row.person for row in people_rows(drawn.library) if row.hidden} == set(drawn.people[:3])
    assert not hand.page.bar.isVisible()


def test_esc_selects_nobody(hand, drawn):
    hand.choose(*drawn.people[:2])
    hand.press(Key.Key_Escape)
    assert hand.grid.selected_ids() == []
    assert not hand.page.bar.isVisible()


def test_counts_are_said_in_words(hand):
    assert [hand.model.index(row).data(TILE).hint for row in range(4)] == ["9 faces", "6 faces", "4 faces", "2 faces"]


def test_a_long_name_takes_two_lines(dressed):
    size = TextSize.NAME
    width = line_width("Maria Magdalena", size)
    assert two_lines("Ada", size, width) == ["Ada"]
    assert two_lines("Maria Magdalena von Hohenstein", size, width) == ["Maria Magdalena", "von Hohenstein"]
    assert two_lines("M" * 60, size, width) == ["M" * 60], "one word is cut off"


@pytest.mark.parametrize("hint", ["40 faces", "12.345 Gesichter", "얼굴 12,345개"])
def test_the_numbers_below_a_circle_stay_below_it(dressed, hint):
    """As with large text, or on the smallest tiles."""
    tile = Tile(None, hint=hint, mark="•1,234")
    assert "".join(number_line(tile, 1000)) == f"{hint}  •1,234"
    for width in (70, 90, 110):
        faces, mark = number_line(tile, width)
        assert mark == "  •1,234"
        assert line_width(faces + mark, TextSize.HINT) <= width


def test_the_field_is_as_wide_as_what_it_lies_on(hand, drawn):
    hand.page.tools.zoom.setValue(5)
    hand.click(hand.title(drawn.people[1]))
    assert hand.field.width() == hand.grid.itemDelegate().title_rect(hand.place(drawn.people[1])).width()


def test_offered_names_stand_beside_faces(hand, drawn):
    name_people(drawn, "Ada", "Adele")
    hand.window.context.changed_elsewhere.emit()
    hand.settle()
    hand.click(hand.title(drawn.people[2]))
    hand.type("Ad")
    (offers,) = [one for one in QApplication.allWidgets() if isinstance(one, NameOffers) and one.isVisible()]
    assert offers.names() == ["Ada", "Adele"]
    hand.wait_until(lambda: not any(offers.item(row).icon().isNull() for row in range(2)))
    assert [offers.item(row).text() for row in range(2)] == ["Ada", "Adele"]
    hand.press(Key.Key_Escape)
