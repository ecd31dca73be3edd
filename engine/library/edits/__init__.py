"""What a person says. Each function is one transaction, one step that can be undone, and returns what it changed."""

from engine.library.edits.births import clean_birth_date, set_birth_date
from engine.library.edits.drawing import NewFace, draw_face
from engine.library.edits.faces import (
    NewPeople,
    NewPerson,
    confirm_each,
    confirm_faces,
    ignore_faces,
    ignore_newcomers,
    move_faces,
    reject_each,
    reject_faces,
    restore_faces,
    split_off,
    split_up,
)
from engine.library.edits.merging import merge_people
from engine.library.edits.people import (
    Naming,
    hide_people,
    mark_distinct,
    name_person,
    set_cover,
    show_people,
)
from engine.library.edits.questions import postpone_question

__all__ = [
    "Naming",
    "NewFace",
    "NewPeople",
    "NewPerson",
    "clean_birth_date",
    "confirm_each",
    "confirm_faces",
    "draw_face",
    "hide_people",
    "ignore_faces",
    "ignore_newcomers",
    "mark_distinct",
    "merge_people",
    "move_faces",
    "name_person",
    "postpone_question",
    "reject_each",
    "reject_faces",
    "restore_faces",
    "set_birth_date",
    "set_cover",
    "show_people",
    "split_off",
    "split_up",
]
