"""A person's faces by date or by likeness."""

from PySide6.QtCore import Qt

from app.faces.face_order import Order
from engine.library.clusters import Assignments, assign_faces
from engine.library.edits import confirm_faces
from tests.app.drawn import name_people
from tests.app.pages.person.hand import PersonHand

Key = Qt.Key


def choose(hand: PersonHand, order: Order) -> None:
    """Choose an order with the keyboard."""
    box = hand.page.header.order
    box.setFocus()
    orders = [box.itemData(place) for place in range(box.count())]
    steps = orders.index(order) - box.currentIndex()
    for _ in range(abs(steps)):
        hand.press(Key.Key_Down if steps > 0 else Key.Key_Up)


def test_oldest_first_is_the_other_way_round_and_is_remembered(open_person, window, drawn):
    name_people(drawn, "Ada")
    hand = open_person(drawn.people[0])
    newest = hand.faces()
    choose(hand, Order.OLDEST)
    assert hand.faces() == newest[::-1]
    assert window.context.remembered.value("person/order") == "oldest"


def test_the_wrong_faces_come_first_by_most_unlike(open_person, drawn):
    wrong = drawn.faces[3]
    assign_faces(drawn.library, Assignments(moves=dict.fromkeys(wrong, drawn.people[0])))
    name_people(drawn, "Ada")
    hand = open_person(drawn.people[0])
    choose(hand, Order.UNLIKE)
    assert hand.sections() == [("Most unlike first", 11)]
    assert set(hand.faces()[:2]) == set(wrong)
    unlike = hand.faces()
    choose(hand, Order.ALIKE)
    assert hand.faces() == unlike[::-1]


def test_answers_do_not_shuffle_the_others(open_person, drawn, settle):
    name_people(drawn, "Ada")
    hand = open_person(drawn.people[0])
    choose(hand, Order.UNLIKE)
    before = hand.faces()
    confirm_faces(drawn.library, drawn.people[0], drawn.faces[1][:1])
    settle()
    assert hand.faces() == [*before, drawn.faces[1][0]], "a face that came is not compared yet, and comes last"
