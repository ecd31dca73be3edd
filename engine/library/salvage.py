"""Reading what is left of a damaged library, row by row where it must be, into a new one."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from engine.library.migrations import prepare_file
from engine.library.schema import Schema
from engine.private_files import new_private_file

TABLES = {
    "folders": "id",
    "photos": "id",
    "people": "id",
    "faces": "id",
    "embeddings": "rowid",
    "rejections": "face_id",
    "distinct_people": "person_id",
    "postponed_questions": "id",
    "models_in_use": "rowid",
    "unnamed_faces": "face_id",
    "face_places": "face_id",
    "other_folders": "folder_id",
    "mentions": "id",
    "mentioned_people": "rowid",
    "library_mark": "rowid",
}
"""Every table but the history's, those before that others refer to, and the number by which it is read in windows.

The history is left behind: a step of which rows are lost would take back half of an edit.
"""

WINDOW = 4_096
"""Ids that are asked for at once; a window that cannot be read is halved until single rows are left."""

COUNTED = {"face_id": "faces", "person_id": "people", "folder_id": "folders"}
"""Where SQLite counts the numbers that are another table's."""

FEWEST_IDS = 1_000_000
"""Ids that are looked for where nothing that says how many there are can be read."""

CORRUPT = (sqlite3.DatabaseError, ValueError)
"""What reading a damaged page ends in; ValueError where it gives text that is none."""


@dataclass(slots=True)
class Salvaged:
    """What came over: rows by table, and how many rows were dropped since what they refer to is lost."""

    rows: dict[str, int] = field(default_factory=dict)
    dropped: int = 0


def salvage_into(damaged: Path, target: Path, schema: Schema) -> Salvaged:
    """Write all rows that can be read into the new library `target`. Raises sqlite3.Error where there are none.

    Nothing is written to the damaged file, whose log is read with it where SQLite can read it.
    """
    new_private_file(target)
    prepare_file(target, schema)
    saved = Salvaged()
    with closing(_opened(damaged)) as source, closing(sqlite3.connect(target, isolation_level=None)) as new:
        new.execute("PRAGMA foreign_keys = OFF")
        new.execute("BEGIN IMMEDIATE")
        for table, key in TABLES.items():
            saved.rows[table] = _copy_table(source, new, table, key)
        saved.dropped = _drop_strays(new)
        _read_again(source, new)
        new.execute("COMMIT")
        new.execute("PRAGMA journal_mode = DELETE")
    return saved


def _opened(damaged: Path) -> sqlite3.Connection:
    log = damaged.with_name(f"{damaged.name}-wal")
    unused = "mode=ro" if log.exists() and log.stat().st_size else "mode=ro&immutable=1"
    connection = sqlite3.connect(f"{damaged.absolute().as_uri()}?{unused}", uri=True)
    connection.text_factory = bytes  # what is no UTF-8 any more is found out row by row
    connection.execute("PRAGMA cell_size_check = ON")
    return connection


def _copy_table(source: sqlite3.Connection, new: sqlite3.Connection, table: str, key: str) -> int:
    kept = {row[1].decode() for row in source.execute(f"PRAGMA table_info({table})")}
    columns = [row[1] for row in new.execute(f"PRAGMA table_info({table})") if row[1] in kept]
    names = ", ".join(f'"{name}"' for name in columns)
    places = ", ".join("?" * len(columns))
    fits = f"INSERT OR IGNORE INTO {table}({names}) VALUES ({places})"  # noqa: S608 names of our own schema
    query = f"SELECT {names} FROM {table} WHERE {key} BETWEEN ? AND ?"  # noqa: S608 names of our own schema
    count = 0
    for row in _rows(source, query, last_id(source, table, key)):
        try:
            values = [value.decode() if isinstance(value, bytes) and kind == "text" else value for value, kind in row]
            count += new.execute(fits, values).rowcount
        except (sqlite3.IntegrityError, *CORRUPT):
            continue  # a row of the damaged page that is no row of this table
    return count


def _rows(source: sqlite3.Connection, query: str, last: int) -> Iterator[list[tuple[object, str]]]:
    """Yield every row that can be read, each value with the type in which it is stored."""
    head, rest = query.split(" FROM ", 1)
    names = head.removeprefix("SELECT ").split(", ")
    typed = f"SELECT {', '.join(f'{name}, typeof({name})' for name in names)} FROM {rest}"  # noqa: S608 as above
    windows = [(first, first + WINDOW - 1) for first in range(1, last + 1, WINDOW)][::-1]
    while windows:
        first, end = windows.pop()
        try:
            rows = source.execute(typed, (first, end)).fetchall()
        except CORRUPT:
            if first < end:
                middle = (first + end) // 2
                windows += [(middle + 1, end), (first, middle)]
            continue
        for row in rows:
            kinds = (kind.decode() if isinstance(kind, bytes) else kind for kind in row[1::2])
            yield list(zip(row[::2], kinds, strict=True))


def last_id(source: sqlite3.Connection, table: str, key: str) -> int:
    """Return the largest number that a row of the table may have, by whatever says so and can be read.

    Where the end of the table is damaged every number beyond it is looked for by itself, so that a guess takes minutes.
    """
    indexes = [row[1].decode() for row in source.execute(f"PRAGMA index_list({table})")]
    largest = f"SELECT MAX({key}) FROM {table}"  # noqa: S608 names of our own schema, here and below
    queries = [f"SELECT MAX(number) FROM (SELECT {key} AS number FROM {table} INDEXED BY {name})" for name in indexes]  # noqa: S608
    counted = f"SELECT seq FROM sqlite_sequence WHERE name = '{COUNTED.get(key, table)}'"  # noqa: S608
    found = []
    for query in (largest, counted, *queries):
        try:
            row = source.execute(query).fetchone()
        except CORRUPT:  # damaged, or an index of some rows only
            continue
        if row is not None and isinstance(row[0], int | None):
            found.append(row[0] or 0)
    return min(max(found, default=FEWEST_IDS), 2**40)


def _drop_strays(new: sqlite3.Connection) -> int:
    """Remove rows that refer to rows which are lost, and let go of what may be empty."""
    new.execute("UPDATE faces SET person_id = NULL, source = NULL WHERE person_id NOT IN (SELECT id FROM people)")
    new.execute("UPDATE people SET cover_face_id = NULL WHERE cover_face_id NOT IN (SELECT id FROM faces)")
    new.execute("UPDATE photos SET copy_of = NULL WHERE copy_of NOT IN (SELECT id FROM photos)")
    new.execute("UPDATE faces SET copy_of = NULL WHERE copy_of NOT IN (SELECT id FROM faces)")
    new.execute("UPDATE mentions SET face_id = NULL WHERE face_id NOT IN (SELECT id FROM faces)")
    dropped = 0
    for table, column, other in (
        ("photos", "folder_id", "folders"),
        ("faces", "photo_id", "photos"),
        ("embeddings", "face_id", "faces"),
        ("rejections", "face_id", "faces"),
        ("rejections", "person_id", "people"),
        ("distinct_people", "person_id", "people"),
        ("distinct_people", "other_id", "people"),
        ("face_places", "face_id", "faces"),
        ("other_folders", "folder_id", "folders"),
        ("mentions", "photo_id", "photos"),
        ("mentioned_people", "person_id", "people"),
    ):
        strays = f"DELETE FROM {table} WHERE {column} NOT IN (SELECT id FROM {other})"  # noqa: S608 constants
        dropped += new.execute(strays).rowcount
    new.execute(
        "DELETE FROM faces WHERE id NOT IN (SELECT face_id FROM embeddings) "
        "AND source IS NULL AND NOT ignored AND NOT drawn"
    )
    return dropped


def _read_again(source: sqlite3.Connection, new: sqlite3.Connection) -> None:
    """Let the next scan read the photos of faces that are lost, or all where it cannot be told which."""
    new.execute("CREATE TEMP TABLE listed(photo_id, face_id)")
    try:
        # An index of the damaged file, which holds both numbers and lies on other pages than the faces.
        pairs = source.execute("SELECT photo_id, id FROM faces INDEXED BY faces_by_photo").fetchall()
        new.executemany("INSERT INTO listed VALUES (?, ?)", pairs)
        lost = (
            "SELECT photo_id FROM listed WHERE face_id NOT IN (SELECT id FROM faces) UNION "
            "SELECT photo_id FROM faces WHERE id NOT IN (SELECT face_id FROM embeddings)"
        )
    except CORRUPT:
        lost = "SELECT id FROM photos"
    # No file has this time, so that the photo passes for changed.
    new.execute(f"UPDATE photos SET mtime_ns = -1 WHERE state = 'SCANNED' AND id IN ({lost})")  # noqa: S608 as above
    new.execute("DROP TABLE listed")
