"""The face that is shown for a person."""

from PySide6.QtCore import Qt

from app.pictures.pictures import Picture, Shape
from engine.library.queries import people_rows
from tests.app.drawn import name_people

Key = Qt.Key


def test_the_selected_face_becomes_the_cover(open_person, drawn):
    name_people(drawn, "Ada")
    hand = open_person(drawn.people[0])
    before = people_rows(drawn.library, only=drawn.people[:1])[0].cover
    face = next(face for face in drawn.faces[0] if face != before)
    hand.click(face)
    hand.press(Key.Key_C)
    assert people_rows(drawn.library, only=drawn.people[:1])[0].cover == face
    assert hand.page.header.cover.picture == Picture(Shape.CIRCLE, face)


def test_one_cover_only(open_person, drawn):
    hand = open_person(drawn.people[0])
    hand.choose(*drawn.faces[0][:2])
    assert not hand.page.acts["cover"].isEnabled()
