"""People are listed by name, by number of faces or by their latest photo, and the order is remembered."""

import pytest

from app.grid.tile import TILE
from app.pages.people.listing import Order
from app.pages.people.page import PeoplePage
from engine.library.queries.last_seen import latest_photos
from tests.app.pages.people.hand import PeopleHand


@pytest.fixture
def names():
    """Clara (9 faces), ädam (6), Bert (4), and a group of 2 without a name."""
    return ("Clara", "ädam", "Bert")


def order(hand: PeopleHand, wanted: Order) -> None:
    texts = {Order.NAME: "By name", Order.SIZE: "By number of faces", Order.RECENT: "By latest photo"}
    (action,) = [one for one in hand.page.tools.order.menu().actions() if one.text() == texts[wanted]]
    action.trigger()
    hand.settle()


def test_each_order(hand, drawn):
    assert hand.shown() == ["ädam", "Bert", "Clara", "Add a name"]
    order(hand, Order.SIZE)
    assert hand.shown() == ["Clara", "ädam", "Bert", "Add a name"]
    order(hand, Order.RECENT)
    last = latest_photos(drawn.library)
    newest_first = sorted(drawn.people[:3], key=lambda person: last[person], reverse=True)
    assert hand.people() == [*newest_first, drawn.people[3]]
    order(hand, Order.NAME)
    assert hand.shown() == ["ädam", "Bert", "Clara", "Add a name"]


def test_the_order_is_remembered(hand, context, qtbot, settle, drawn):
    order(hand, Order.RECENT)
    shown = hand.people()
    again = PeoplePage(context)
    qtbot.addWidget(again)
    again.enter(None, None)
    settle()
    assert again.model.ids.tolist() == shown
    assert again.tools.order.text() == "By latest photo"


def test_the_tiles_say_what_screen_readers_read(hand):
    tiles = [hand.model.index(row).data(TILE) for row in range(4)]
    assert [tile.spoken for tile in tiles] == [
        "ädam, 6 of 6 confirmed",
        "Bert, 4 of 4 confirmed",
        "Clara, 9 of 9 confirmed",
        "Somebody without a name, 2 faces",
    ]
