"""What a person says: names, merges, yes, no, two people. Each is one step that can be taken back."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager

from engine.cli.opening import open_library, places_of
from engine.cli.output import say, say_error, whole_number
from engine.errors import KinfolkError, UsageError
from engine.library import history
from engine.library.edits import confirm_faces, mark_distinct, merge_people, name_person, reject_faces
from engine.library.library import Library
from engine.models.catalog import Catalog
from engine.progress import finish
from engine.words import counted, sentence
from engine.workflows.embedding.in_use import embedder_in_use
from engine.workflows.grouping.ground import looked_at_again

UNDO = sentence("To undo this: kinfolk undo")


@contextmanager
def edited(arguments: argparse.Namespace) -> Iterator[Library]:
    """Open the library for one edit; say afterwards what was done and how it is taken back.

    Where nothing was changed no undo is offered: it would take back the step before.
    """
    with open_library(arguments) as library:
        before = history.next_steps(library)
        yield library
        look_again(library, arguments)
        after = history.next_steps(library)
    if after.last in (None, before.last):
        say(sentence("Nothing had to be changed."))
    else:
        say(sentence("Done: {step}", step=after.undo or ""))
        say(UNDO)


def name(arguments: argparse.Namespace) -> int:
    """Name a person; say so when others have the same name already."""
    person = whole_number(arguments.person)
    with edited(arguments) as library:
        naming = name_person(library, person, arguments.name)
    if naming.same_name:
        others = " ".join(str(other) for other in naming.same_name)
        say(sentence("Others have this name, too: {others}.", others=others))
        say(sentence("If they are the same person: {command}", command=f"kinfolk merge {person} {others}"))
    return 0


def merge(arguments: argparse.Namespace) -> int:
    """Make several people one and say how many faces moved."""
    into, others = whole_number(arguments.into), [whole_number(other) for other in arguments.others]
    if into in others:
        raise UsageError(
            sentence("Person {person} cannot be merged with themselves.", person=into),
            sentence("After the person who stays, name the others."),
        )
    with edited(arguments) as library:
        changes = merge_people(library, into, others)
    say(
        counted(
            "{count:,} face was moved or confirmed.",
            "{count:,} faces were moved or confirmed.",
            count=len(changes.faces),
        )
    )
    return 0


def confirm(arguments: argparse.Namespace) -> int:
    """Say that faces are a person."""
    with edited(arguments) as library:
        confirm_faces(library, whole_number(arguments.person), [whole_number(face) for face in arguments.faces])
    return 0


def reject(arguments: argparse.Namespace) -> int:
    """Say that faces are not a person; the machine never proposes it again."""
    with edited(arguments) as library:
        reject_faces(library, whole_number(arguments.person), [whole_number(face) for face in arguments.faces])
    return 0


def distinct(arguments: argparse.Namespace) -> int:
    """Say that two people are two."""
    with edited(arguments) as library:
        mark_distinct(library, whole_number(arguments.person), whole_number(arguments.other))
    return 0


def undo(arguments: argparse.Namespace) -> int:
    """Take the last edit back."""
    with open_library(arguments) as library:
        replay = history.undo(library)
        if not replay.steps:
            say(sentence("There is nothing to undo."))
            return 0
        say(sentence("Undone: {step}", step=replay.steps[0].label))
        look_again(library, arguments)
    return 0


def redo(arguments: argparse.Namespace) -> int:
    """Do the last undone edit again."""
    with open_library(arguments) as library:
        replay = history.redo(library)
        if not replay.steps:
            say(sentence("There is nothing to redo."))
            return 0
        say(sentence("Redone: {step}", step=replay.steps[0].label))
        look_again(library, arguments)
    return 0


def look_again(library: Library, arguments: argparse.Namespace) -> None:
    """Look again at what the machine placed with those whom an edit touched.

    The edit is done: what hinders the look is said and waits for the next scan.
    """
    try:
        card = embedder_in_use(library, Catalog(places_of(arguments).models))
        growth = finish(looked_at_again(library, card))
    except KinfolkError as error:
        say_error(error)
        return
    moved = growth.joined + growth.left
    if moved:
        say(
            counted(
                "{count:,} face that Kinfolk had assigned by itself moved as a result.",
                "{count:,} faces that Kinfolk had assigned by itself moved as a result.",
                count=moved,
            )
        )
