"""This is several people: how many, a preview, one step."""

from PySide6.QtCore import Qt

from engine.library.clusters import Assignments, assign_faces
from engine.library.history import history, undo
from engine.library.queries import faces_by_id
from tests.app.hand import SHIFT

Key = Qt.Key


def test_somebody_becomes_three_in_one_step(open_person, drawn, settle):
    first, second, third = drawn.faces[0], drawn.faces[1], drawn.faces[2]
    assign_faces(drawn.library, Assignments(moves=dict.fromkeys([*second, *third], drawn.people[0])))
    hand = open_person(drawn.people[0])
    hand.press(Key.Key_Escape)
    hand.press(Key.Key_S, SHIFT)
    panel = hand.page.splitting.parts
    assert panel.isVisible()
    assert [section.count for section in panel.model.sections] != [19], "two people are proposed at once"
    hand.press(Key.Key_Up)
    assert panel.count.value() == 3
    assert [(one.title, one.count) for one in panel.model.sections] == [
        ("Stay together", 9),
        ("Somebody else", 6),
        ("Somebody else", 4),
    ]
    before = len(history(drawn.library))
    hand.click_button(panel, "Make 3 people")
    found = [{row.person for row in faces_by_id(drawn.library, faces).values()} for faces in (first, second, third)]
    assert [len(people) for people in found] == [1, 1, 1]
    assert found[0] == {drawn.people[0]}
    assert len(set.union(*found)) == 3
    assert len(history(drawn.library)) == before + 1
    assert sorted(hand.faces()) == sorted(first)
    undo(drawn.library)
    settle()
    assert len(hand.faces()) == 19


def test_esc_divides_nobody(open_person, drawn):
    hand = open_person(drawn.people[0])
    hand.press(Key.Key_Escape)
    hand.press(Key.Key_S, SHIFT)
    hand.press(Key.Key_Escape)
    assert hand.grid.isVisible()
    assert history(drawn.library) == []
