"""What a plan of grouping anew would do, told by people: how many faces of whom would go to whom."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from engine.library.library import Library
from engine.library.queries import people_names, people_of_faces
from engine.words import counted, sentence
from engine.workflows.grouping.regrouping_plan import Regrouping


@dataclass(frozen=True, slots=True)
class Moving:
    """So many faces that would go from a person to another, each None for nobody; `new`: to so many new people."""

    source: int | None
    target: int | None
    faces: int
    new: int = 0
    source_name: str | None = None
    target_name: str | None = None

    def sentence(self) -> str:
        """Say it; people without a name go by their number."""
        whose = _called(self.source, self.source_name) if self.source is not None else sentence("nobody")
        if self.new > 1:
            return counted(
                "{faces:,} faces of {whose} would be {count} new person",
                "{faces:,} faces of {whose} would be {count:,} new people",
                count=self.new,
                faces=self.faces,
                whose=whose,
            )
        if self.new:
            return counted(
                "{count} face of {whose} would be somebody new",
                "{count:,} faces of {whose} would be somebody new",
                count=self.faces,
                whose=whose,
            )
        if self.target is None:
            return counted(
                "{count} face of {whose} would be unsorted",
                "{count:,} faces of {whose} would be unsorted",
                count=self.faces,
                whose=whose,
            )
        return counted(
            "{count} face of {whose} would go to {person}",
            "{count:,} faces of {whose} would go to {person}",
            count=self.faces,
            whose=whose,
            person=_called(self.target, self.target_name),
        )


def who_moves(library: Library, plan: Regrouping) -> tuple[Moving, ...]:
    """Return who would move: first what touches people with a name, the most faces first, then the others."""
    moves, groups = plan.assignments.moves, plan.assignments.groups
    before = people_of_faces(library, [*moves, *(face for group in groups for face in group)])
    counted: Counter[tuple[int | None, int | None]] = Counter(
        (before[face], target) for face, target in moves.items() if face in before
    )
    founding: dict[int | None, list[int]] = defaultdict(list)
    for group in groups:
        for person, faces in Counter(before[face] for face in group if face in before).items():
            founding[person].append(faces)
    names = people_names(library)
    found = [
        Moving(source, target, faces, source_name=_name(names, source), target_name=_name(names, target))
        for (source, target), faces in counted.items()
    ]
    found += [
        Moving(source, None, sum(parts), new=len(parts), source_name=_name(names, source))
        for source, parts in founding.items()
    ]
    return tuple(sorted(found, key=_place))


def _place(one: Moving) -> tuple[bool, int, int, int]:
    unnamed = not (one.source_name or one.target_name)
    return unnamed, -one.faces, one.source or 0, one.target or 0


def _name(names: dict[int, str], person: int | None) -> str | None:
    return names.get(person) if person is not None else None


def _called(person: int | None, name: str | None) -> str:
    return name or sentence("person {number}", number=str(person))
