"""The tables, one class each. Nothing outside `engine.library` sees these classes or a row of them.

Ids are AUTOINCREMENT wherever the journal may name a row: an id that is gone is never given to another row.
"""

from engine.library.tables.base import Base
from engine.library.tables.journal import JournalEntry, JournalState, JournalStep
from engine.library.tables.mentions import LibraryMark, MentionedPerson, MentionRow
from engine.library.tables.people import DistinctPeople, Person, PostponedQuestion, Rejection
from engine.library.tables.pictures import (
    Embedding,
    Face,
    FacePlace,
    Folder,
    ModelInUse,
    OtherFolder,
    Photo,
    UnnamedFace,
)

__all__ = [
    "Base",
    "DistinctPeople",
    "Embedding",
    "Face",
    "FacePlace",
    "Folder",
    "JournalEntry",
    "JournalState",
    "JournalStep",
    "LibraryMark",
    "MentionRow",
    "MentionedPerson",
    "ModelInUse",
    "OtherFolder",
    "Person",
    "Photo",
    "PostponedQuestion",
    "Rejection",
    "UnnamedFace",
]
