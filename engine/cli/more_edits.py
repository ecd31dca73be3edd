"""More of what a person says: who is set aside, out of sight, shown by which face, and somebody new."""

import argparse

from engine.cli.edits import edited
from engine.cli.output import put_json, whole_number
from engine.cli.whom import person_meant
from engine.library.edits import (
    hide_people,
    ignore_faces,
    restore_faces,
    set_birth_date,
    set_cover,
    show_people,
    split_off,
)


def ignore(arguments: argparse.Namespace) -> int:
    """Set faces aside, or take them back in."""
    faces = [whole_number(face) for face in arguments.faces]
    with edited(arguments) as library:
        if arguments.restore:
            restore_faces(library, faces)
        else:
            ignore_faces(library, faces)
    return 0


def hide(arguments: argparse.Namespace) -> int:
    """Keep people out of sight, or bring them back."""
    with edited(arguments) as library:
        people = [person_meant(library, word) for word in arguments.people]
        if arguments.show:
            show_people(library, people)
        else:
            hide_people(library, people)
    return 0


def cover(arguments: argparse.Namespace) -> int:
    """Choose the face that is shown for a person."""
    with edited(arguments) as library:
        set_cover(library, person_meant(library, arguments.person), whole_number(arguments.face))
    return 0


def born(arguments: argparse.Namespace) -> int:
    """Note when a person was born."""
    with edited(arguments) as library:
        set_birth_date(library, person_meant(library, arguments.person), arguments.date)
    return 0


def new_person(arguments: argparse.Namespace) -> int:
    """Make a new person of faces, wherever they were; print the number."""
    faces = [whole_number(face) for face in arguments.faces]
    with edited(arguments) as library:
        person = split_off(library, faces, arguments.name).person_id
    if arguments.json:
        put_json({"person": person, "faces": len(set(faces))})
    else:
        print(person)
    return 0
