"""What embedding faces came to."""

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Waiting:
    """A photo whose faces have no vector yet: it cannot be read now, and why."""

    path: Path
    faces: int
    reason: str


@dataclass(slots=True)
class EmbedSummary:
    """What was done: faces embedded, those that wait with their photos, and the seconds it took.

    `notices` are sentences about a runtime that failed.
    """

    model: str
    embedded: int = 0
    waiting: list[Waiting] = field(default_factory=list)
    seconds: float = 0.0
    notices: tuple[str, ...] = ()

    @property
    def faces_waiting(self) -> int:
        """How many faces still lack a vector."""
        return sum(photo.faces for photo in self.waiting)
