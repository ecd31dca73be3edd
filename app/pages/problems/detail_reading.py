"""The faces and photos that are shown beside a problem, read off the GUI thread."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from app.pages.problems.problem import Problem, ProblemKind
from engine.library.library import Library
from engine.library.queries import FaceRow, face_rows, faces_by_id, photos_below, photos_by_id
from engine.library.states import PhotoState

SHOWN = 4
"""Faces of one side that are shown."""


@dataclass(frozen=True, slots=True)
class Side:
    """Faces that belong together, good ones first, of `total` in all."""

    faces: tuple[FaceRow, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Detail:
    """What is shown of a problem: its sides, or the names of the files that are gone."""

    problem: Problem
    sides: tuple[Side, ...] = ()
    files: tuple[str, ...] = ()


def read_detail(library: Library, problem: Problem) -> Detail:
    """Read what is shown of a problem; faces that are gone meanwhile are left out."""
    kind = problem.kind
    if kind is ProblemKind.DOUBLED:
        rows = faces_by_id(library, problem.faces)
        return Detail(problem, tuple(Side((rows[face],), 1) for face in problem.faces if face in rows))
    if kind is ProblemKind.TWO_IN_ONE:
        theirs, part = face_rows(library, problem.ids[0]), set(problem.faces)
        return Detail(problem, (_side(theirs, part), _side(theirs, {row.face for row in theirs} - part)))
    if kind is ProblemKind.NAMESAKES:
        sides = (face_rows(library, person) for person in problem.ids)
        return Detail(problem, tuple(_side(rows, {row.face for row in rows}) for rows in sides))
    if kind is ProblemKind.MISSING:
        return Detail(problem, files=_gone(library, problem))
    return Detail(problem)


def _side(rows: Sequence[FaceRow], faces: Collection[int]) -> Side:
    chosen = sorted((row for row in rows if row.face in faces), key=lambda row: -row.quality)
    return Side(tuple(chosen[:SHOWN]), len(chosen))


def _gone(library: Library, problem: Problem) -> tuple[str, ...]:
    """Return the paths of the folder's missing photos, relative to it."""
    rows = photos_by_id(library, photos_below(library, problem.ids[0], ""))
    gone = (row.path for row in rows.values() if row.state == PhotoState.MISSING)
    return tuple(str(path.relative_to(problem.path)) if problem.path else str(path) for path in gone)
