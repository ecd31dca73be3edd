"""When somebody was born, beside the numbers of faces."""

from PySide6.QtWidgets import QInputDialog

from app.pages.person.actions import PERSON
from engine.library.queries import people_rows
from tests.app.drawn import name_people


def test_a_date_is_typed_shown_and_taken_back(open_person, drawn, settle):
    name_people(drawn, "Ada")
    hand = open_person(drawn.people[0])
    hand.page.acts["birth"].trigger()
    (asked,) = hand.page.findChildren(QInputDialog)
    asked.setTextValue("1906-12")
    asked.accept()
    settle()
    assert people_rows(drawn.library, only=drawn.people[:1])[0].born == "1906-12"
    assert "born 1906-12" in hand.page.header.numbers.text()
    hand.page.context.operations.undo()
    settle()
    assert people_rows(drawn.library, only=drawn.people[:1])[0].born is None
    assert "born" not in hand.page.header.numbers.text()


def test_what_can_be_done_with_a_person_has_a_key_or_stands_in_the_menu(open_person, drawn):
    name_people(drawn, "Ada")
    hand = open_person(drawn.people[0])
    offered = hand.page.header.more.menu().actions()
    elsewhere = {"confirm_all", "reject_all", "show_all"}  # beside the suggestions and below the faces
    for name, action in (
        (row.name, hand.page.acts[row.name]) for row in hand.page.acts.rows() if PERSON in row.targets
    ):
        assert action.shortcuts() or action in offered or name in elsewhere, name
    for name in ("birth", "copy_photos", "forget"):
        assert hand.page.acts[name] in offered, name
