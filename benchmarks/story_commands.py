"""Commands of `kinfolk` run in this process and printed with their seconds, and a digest of all that was said."""

import hashlib
import io
import json
import sqlite3
import time
from contextlib import closing, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

from engine.cli import main as kinfolk

SAID = (
    "SELECT id, name, hidden FROM people WHERE name IS NOT NULL ORDER BY id",
    "SELECT id, person_id FROM faces WHERE source IN ('USER', 'METADATA') ORDER BY id",
    "SELECT face_id, person_id FROM rejections ORDER BY 1, 2",
    "SELECT person_id, other_id FROM distinct_people ORDER BY 1, 2",
    "SELECT id, position, label, undone, entries FROM journal_steps ORDER BY id",
    "SELECT step_id, table_name, row_id, other_id, before, after FROM journal_entries ORDER BY 1, 2, 3, 4",
)


class Refused(Exception):  # noqa: N818 what a command answered, no fault of this one
    """A command ended with a sentence and without doing what was asked."""


def run(data: Path, *words: object, quiet: bool = False) -> Any:
    """Run a command, print its last line and seconds, and return that line's JSON. Raises Refused with its sentence."""
    held, said, began = io.StringIO(), io.StringIO(), time.monotonic()
    with redirect_stdout(held), redirect_stderr(said):
        code = kinfolk(["--data-dir", str(data), *map(str, words)])
    lines = held.getvalue().splitlines()
    if code:
        raise Refused(f"{' '.join(map(str, words))}: {said.getvalue().strip()}")
    if not quiet:
        print(f"{time.monotonic() - began:7.1f} s  {' '.join(map(str, words))}\n           {lines[-1]}", flush=True)
    return json.loads(lines[-1]) if lines and "--json" in words else None


def tell(data: Path, *words: object) -> str:
    """Run a command and return what it tells its user."""
    held = io.StringIO()
    with redirect_stderr(held), redirect_stdout(io.StringIO()):
        kinfolk(["--data-dir", str(data), *map(str, words)])
    return held.getvalue()


def digest(data: Path) -> str:
    """Return a digest of everything that a person said in the library."""
    with closing(sqlite3.connect(data / "library.sqlite")) as connection:
        rows = [connection.execute(query).fetchall() for query in SAID]
    return hashlib.sha256(repr(rows).encode()).hexdigest()
