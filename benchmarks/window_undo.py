"""Merging people with thousands of faces, and taking it back, as the window does both."""

import time
from collections.abc import Callable

from app.session.context import Context
from engine.library.queries import counts, people_rows

PARTIES = 40
"""The largest people of the library become one."""


def merge_and_undo(context: Context, until: Callable[[Callable[[], bool]], None]) -> dict[str, str]:
    """Return the seconds from the command until all of it is written and what is on the screen has been read again."""
    library = context.library
    people = sorted(people_rows(library), key=lambda row: -row.faces)[:PARTIES]
    before, faces = counts(library).people, sum(row.faces for row in people)
    into, *others = [row.person for row in people]

    def seconds(do: Callable[[], None]) -> float:
        began = time.perf_counter()
        do()
        until(lambda: not any(lane.busy for lane in (context.edits, context.reads)) and not context.pending)
        return time.perf_counter() - began

    merged = seconds(lambda: context.operations.merge(into, others))
    assert counts(library).people == before - len(others)
    undone, again = seconds(context.operations.undo), seconds(context.operations.redo)
    assert counts(library).people == before - len(others)
    back = seconds(context.operations.undo)
    assert counts(library).people == before
    return {
        f"{PARTIES} people with {faces:,} faces made one": f"{merged:.2f} s",
        "taking that back": f"{undone:.2f} s, then again {again:.2f} s, and back {back:.2f} s",
    }
