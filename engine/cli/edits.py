"""What a person says: names, merges, yes, no, two people. Each is one step that can be taken back."""

import argparse

from engine.cli.opening import open_library
from engine.cli.output import say, whole_number
from engine.errors import UsageError
from engine.library import history
from engine.library.edits import confirm_faces, mark_distinct, merge_people, name_person, reject_faces
from engine.library.history import Replay


def name(arguments: argparse.Namespace) -> int:
    """Name a person; say so when others have the same name already."""
    person = whole_number(arguments.person)
    with open_library(arguments) as library:
        naming = name_person(library, person, arguments.name)
    if naming.same_name:
        others = " ".join(str(other) for other in naming.same_name)
        say(f"The same name is on {others}. If they are one: kinfolk merge {person} {others}")
    return 0


def merge(arguments: argparse.Namespace) -> int:
    """Make several people one and say how many faces moved."""
    into, others = whole_number(arguments.into), [whole_number(other) for other in arguments.others]
    if into in others:
        raise UsageError(
            f"Person {into} cannot be merged with themselves.", "Name other people after the one who stays."
        )
    with open_library(arguments) as library:
        changes = merge_people(library, into, others)
    say(f"{len(changes.faces):,} faces moved or confirmed. Take it back with: kinfolk undo")
    return 0


def confirm(arguments: argparse.Namespace) -> int:
    """Say that faces are a person."""
    with open_library(arguments) as library:
        confirm_faces(library, whole_number(arguments.person), [whole_number(face) for face in arguments.faces])
    return 0


def reject(arguments: argparse.Namespace) -> int:
    """Say that faces are not a person; the machine never proposes it again."""
    with open_library(arguments) as library:
        reject_faces(library, whole_number(arguments.person), [whole_number(face) for face in arguments.faces])
    return 0


def distinct(arguments: argparse.Namespace) -> int:
    """Say that two people are two."""
    with open_library(arguments) as library:
        mark_distinct(library, whole_number(arguments.person), whole_number(arguments.other))
    return 0


def undo(arguments: argparse.Namespace) -> int:
    """Take the last edit back."""
    with open_library(arguments) as library:
        return _tell(history.undo(library), "Undone", "There is nothing to undo.")


def redo(arguments: argparse.Namespace) -> int:
    """Do the last undone edit again."""
    with open_library(arguments) as library:
        return _tell(history.redo(library), "Done again", "There is nothing to redo.")


def _tell(replay: Replay, verb: str, nothing: str) -> int:
    say(f"{verb}: {replay.steps[0].label}" if replay.steps else nothing)
    return 0
