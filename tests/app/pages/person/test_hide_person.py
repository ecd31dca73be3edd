"""A person is kept out of sight, and brought back."""

from PySide6.QtCore import Qt

from engine.library.queries import people_rows
from tests.app.drawn import name_people

Key = Qt.Key


def test_hiding_and_showing_again(open_person, drawn):
    name_people(drawn, "Ada")
    hand = open_person(drawn.people[0])
    hand.press(Key.Key_H)
    assert people_rows(drawn.library, only=drawn.people[:1])[0].hidden
    assert hand.page.header.numbers.text().endswith("hidden")
    assert hand.page.acts["hide"].text() == "Show again"
    hand.press(Key.Key_H)
    assert not people_rows(drawn.library, only=drawn.people[:1])[0].hidden
