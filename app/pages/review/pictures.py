"""The pictures on both sides of a question."""

from app.faces.question_side import Shown
from app.pages.review.words import asked_called, face_called, known_called, photo_called
from app.pictures.pictures import Picture, Shape
from app.session.asked import Asked
from engine.library.queries import FaceRow

GROUP = 2
"""Faces of a group that stand beside its photo; without the photo there is room for one more."""


def known_side(asked: Asked) -> list[Shown]:
    """Return the faces of the person who is known, the most similar first."""
    return [_face(row, face_called(asked, row, known_called(asked))) for row in asked.examples]


def asked_side(asked: Asked) -> list[Shown]:
    """Return the face in question with the photo around it, or faces of the group with the photo of the first."""
    rows = asked.shown[:GROUP]
    if not rows:
        return []
    first = rows[0]
    ratio = first.photo_width / max(1, first.photo_height)
    photo = Shown(Picture(Shape.PHOTO, first.photo_id), photo_called(asked, first), first.photo_id, first.box, ratio)
    name = asked_called(asked)
    faces = [_face(row, face_called(asked, row, name)) for row in rows]
    return [faces[0], photo, *faces[1:]]


def _face(row: FaceRow, name: str) -> Shown:
    return Shown(Picture(Shape.ROUNDED, row.face), name, row.photo_id)
