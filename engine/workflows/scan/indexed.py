"""What came of reading photos."""

from dataclasses import dataclass


@dataclass(slots=True)
class IndexSummary:
    """What was read: photos, the faces in them, those that could not be read, and the seconds it took.

    `same` are those of the files that had seemed to change whose content is what it was.
    """

    read: int = 0
    faces: int = 0
    problems: int = 0
    same: int = 0
    seconds: float = 0.0
