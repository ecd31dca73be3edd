"""What a write touched."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Self


@dataclass(frozen=True, slots=True)
class Changes:
    """The ids of the rows that one write added, changed or removed; views refresh from these.

    Each kind speaks for what its rows say themselves: the name of a face's person is in `people`, the number of faces
    of a photo in `photos`, the number of photos of a folder in `photos` too. `questions` are those that were put off or
    may be asked again.
    """

    folders: frozenset[int] = field(default_factory=frozenset)
    photos: frozenset[int] = field(default_factory=frozenset)
    faces: frozenset[int] = field(default_factory=frozenset)
    people: frozenset[int] = field(default_factory=frozenset)
    questions: frozenset[int] = field(default_factory=frozenset)

    @classmethod
    def of(
        cls,
        *,
        folders: Iterable[int] = (),
        photos: Iterable[int] = (),
        faces: Iterable[int] = (),
        people: Iterable[int] = (),
        questions: Iterable[int] = (),
    ) -> Self:
        """Build one from any iterables of ids."""
        return cls(frozenset(folders), frozenset(photos), frozenset(faces), frozenset(people), frozenset(questions))

    def __or__(self, other: "Changes") -> "Changes":
        """Return what either touched."""
        return Changes(
            self.folders | other.folders,
            self.photos | other.photos,
            self.faces | other.faces,
            self.people | other.people,
            self.questions | other.questions,
        )

    def __bool__(self) -> bool:
        """Say whether anything was touched."""
        return bool(self.folders or self.photos or self.faces or self.people or self.questions)
