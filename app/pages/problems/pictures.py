"""The pictures that are shown beside a problem."""

from PySide6.QtCore import QCoreApplication

from app.faces.question_side import Shown
from app.pages.problems.detail import Column
from app.pages.problems.detail_reading import Detail, Side
from app.pages.problems.problem import Problem, ProblemKind
from app.pictures.pictures import Picture, Shape
from app.style import texts
from engine.library.queries import FaceRow

translate = QCoreApplication.translate


def columns_of(detail: Detail) -> list[Column]:
    """Return the pictures with their captions."""
    problem = detail.problem
    if problem.kind is ProblemKind.PARTLY:
        photo = Shown(Picture(Shape.PHOTO, problem.ids[0]), problem.name, problem.ids[0])
        return [Column("", "", (photo,))]
    if problem.kind is ProblemKind.DOUBLED:
        return [_numbered(place, side, problem) for place, side in enumerate(detail.sides)]
    captions = [texts.called(problem.name)] * len(detail.sides)
    if problem.kind is ProblemKind.TWO_IN_ONE:
        captions = [translate("Problems", "These look like somebody else"), translate("Problems", "The others")]
    return [
        Column(caption, texts.faces(side.total), tuple(_face(row, caption) for row in side.faces))
        for caption, side in zip(captions, detail.sides, strict=False)
        if side.faces
    ]


def _numbered(place: int, side: Side, problem: Problem) -> Column:
    """Return one of several faces with the photo that they are in."""
    row = side.faces[0]
    ratio = row.photo_width / max(1, row.photo_height)
    name = problem.path.name if problem.path else ""
    photo = Shown(Picture(Shape.PHOTO, row.photo_id), name, row.photo_id, row.box, ratio)
    return Column(str(place + 1), "", (_face(row, str(place + 1)), photo))


def _face(row: FaceRow, name: str) -> Shown:
    return Shown(Picture(Shape.ROUNDED, row.face), name, row.photo_id)
