"""What calls for mending, one line each, read off the GUI thread."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from pathlib import Path

from app.names.name_matching import same_names
from app.style import texts
from engine.library.answers import distinct_people, postponed
from engine.library.library import Library
from engine.library.queries import (
    FaceRow,
    doubled_faces,
    folder_rows,
    people_by_size,
    people_names,
    people_rows,
    photos_by_id,
    problem_photo_rows,
    waiting_face_rows,
)
from engine.library.states import SPOKEN, PhotoState
from engine.models.card import ModelCard

DOUBLED = "doubled"
"""The kind under which it is noted that a person may stand twice in a photo: the ids are the photo's, the person's."""


NOT_SHOWN = "not shown"
"""The kind under which it is noted that a photo may stay without faces that it showed: the ids are the photo's, 0."""


class ProblemKind(StrEnum):
    """The sections of the page, in their order."""

    UNREADABLE = "unreadable"
    PARTLY = "partly"
    AWAY = "away"
    MISSING = "missing"
    NOT_SHOWN = "not shown"
    DOUBLED = "doubled"
    TWO_IN_ONE = "two in one"
    NAMESAKES = "namesakes"


@dataclass(frozen=True, slots=True)
class Problem:
    """One line; what its ids are, and what else it has, depends on the kind.

    UNREADABLE, PARTLY: a photo's id; its path, and why. AWAY, MISSING: a folder's id; its path, and how many photos.
    NOT_SHOWN: a photo's id; its path, and the `faces` that it does not show any more.
    DOUBLED: a photo's and a person's; the photo's path, the person's name and their `faces` in it.
    TWO_IN_ONE: a person's; their name, the `faces` that look like somebody else. NAMESAKES: two people's; their name.
    """

    kind: ProblemKind
    ids: tuple[int, ...]
    name: str = ""
    reason: str = ""
    count: int = 0
    path: Path | None = None
    faces: tuple[int, ...] = ()

    @property
    def key(self) -> tuple[ProblemKind, tuple[int, ...]]:
        """What identifies the problem while it lasts."""
        return self.kind, self.ids


def photo_problems(library: Library) -> list[Problem]:
    """Return the files that cannot be read, or not wholly."""
    kinds = {PhotoState.BROKEN: ProblemKind.UNREADABLE, PhotoState.SCANNED: ProblemKind.PARTLY}
    return [
        Problem(kinds[row.state], (row.id,), row.path.name, texts.told(row.problem or ""), path=row.path)
        for row in problem_photo_rows(library)
        if row.state in kinds
    ]


def missing_problems(library: Library) -> list[Problem]:
    """Return the folders of which photos are gone; whether a folder itself is there, others know."""
    return [
        Problem(ProblemKind.MISSING, (row.id,), row.path.name, count=row.missing, path=row.path)
        for row in folder_rows(library)
        if row.missing
    ]


def not_shown_problems(library: Library) -> list[Problem]:
    """Return the photos that were changed so that they do not show faces any more of which something was said."""
    put_off = {one.first_id for one in postponed(library) if one.kind == NOT_SHOWN}
    waiting: dict[int, list[FaceRow]] = defaultdict(list)
    for row in waiting_face_rows(library):
        if row.photo_id not in put_off and (row.source in SPOKEN or row.ignored):
            waiting[row.photo_id].append(row)
    there = {row.id for row in photos_by_id(library, waiting).values() if row.state is PhotoState.SCANNED}
    return [
        Problem(
            ProblemKind.NOT_SHOWN,
            (photo,),
            rows[0].photo.name,
            count=len(rows),
            path=rows[0].photo,
            faces=tuple(row.face for row in rows),
        )
        for photo, rows in waiting.items()
        if photo in there
    ]


def people_problems(library: Library) -> list[Problem]:
    """Return people who stand twice in one photo, and pairs of people who have one name."""
    names = {one.person: one.name for one in people_by_size(library) if not one.hidden}
    return _doubled(library, names) + _namesakes(library, names)


def doubtful_problems(library: Library, card: ModelCard) -> list[Problem]:
    """Return the people who look like two; takes seconds for a large library."""
    from engine.workflows.questions.doubtful import doubtful_people

    names = people_names(library)
    return [
        Problem(
            ProblemKind.TWO_IN_ONE,
            (one.person,),
            names.get(one.person, ""),
            count=len(one.part_face_ids),
            faces=tuple(one.part_face_ids),
        )
        for one in doubtful_people(library, card)
    ]


def _doubled(library: Library, names: Mapping[int, str | None]) -> list[Problem]:
    put_off = {(one.first_id, one.second_id) for one in postponed(library) if one.kind == DOUBLED}
    found = [
        one for one in doubled_faces(library) if one.person_id in names and (one.photo_id, one.person_id) not in put_off
    ]
    photos = photos_by_id(library, {one.photo_id for one in found})
    return [
        Problem(
            ProblemKind.DOUBLED,
            (one.photo_id, one.person_id),
            names[one.person_id] or "",
            path=photos[one.photo_id].path,
            faces=one.face_ids,
        )
        for one in found
        if one.photo_id in photos
    ]


def _namesakes(library: Library, names: Mapping[int, str | None]) -> list[Problem]:
    apart = {tuple(pair) for pair in distinct_people(library).tolist()}
    shared = {person for group in same_names({who: name for who, name in names.items() if name}) for person in group}
    there = {row.person: row.name for row in people_rows(library, only=shared) if row.name} if shared else {}
    return [
        Problem(ProblemKind.NAMESAKES, pair, there[pair[0]])
        for group in same_names(there)
        for pair in combinations(sorted(group), 2)
        if pair not in apart
    ]
