"""People are kept out of sight, seen again on demand, and brought back."""

from PySide6.QtCore import Qt

from engine.library.history import history
from engine.library.queries import people_rows

Key = Qt.Key


def hidden(drawn) -> list[int]:
    return [row.person for row in people_rows(drawn.library) if row.hidden]


def test_delete_hides_and_undo_brings_back(hand, drawn):
    hand.choose(drawn.people[1])
    hand.press(Key.Key_Delete)
    assert hidden(drawn) == [drawn.people[1]]
    assert hand.shown() == ["Ada", "Add a name", "Add a name"]
    assert hand.page.tools.hidden.text() == "Show hidden (1)"
    assert hand.page.tools.tally.text() == "1 of 3 named"
    hand.click_on(hand.window.messages.button)
    assert hidden(drawn) == []
    assert hand.shown()[:2] == ["Ada", "Bo"]
    assert not hand.page.tools.hidden.isVisible()


def test_several_are_hidden_in_one_step(hand, drawn):
    hand.choose(drawn.people[2], drawn.people[3])
    hand.press(Key.Key_Delete)
    assert sorted(hidden(drawn)) == drawn.people[2:]
    assert history(drawn.library)[-1].label == "Hide 2 people"
    assert hand.said == "2 people hidden."


def test_hidden_people_are_shown_on_demand_and_brought_back(hand, drawn):
    hand.choose(drawn.people[1])
    hand.press(Key.Key_Delete)
    hand.click_on(hand.page.tools.hidden)
    assert hand.shown() == ["Ada", "Add a name", "Add a name", "Bo"]
    assert hand.model.sections[-1].title == "Hidden"
    hand.choose(drawn.people[1])
    hand.page.acts["show"].trigger()
    hand.settle()
    assert hidden(drawn) == []
    assert hand.shown() == ["Ada", "Bo", "Add a name", "Add a name"]


def test_hidden_people_come_into_sight(hand, drawn):
    """They come last, below all others: whoever asks for them need not look for them."""
    hand.choose(drawn.people[1])
    hand.press(Key.Key_Delete)
    for _step in range(12):
        hand.page.acts["larger"].trigger()
    grid = hand.page.grid
    grid.setFixedHeight(grid.visualRect(hand.model.index(0)).height() * 2)
    hand.settle()
    assert grid.verticalScrollBar().value() == 0
    hand.click_on(hand.page.tools.hidden)
    assert grid.viewport().rect().contains(grid.visualRect(hand.model.index(3)))
