"""The steps that bring older library files to the present schema, one function a version."""

import sqlite3


def add_where_from(connection: sqlite3.Connection) -> None:
    """Version 3: how exact dates are and where they came from, change times, and copies.

    Dates of version 1 all came out of the files' own metadata, to the second.
    """
    connection.execute("ALTER TABLE photos ADD COLUMN ctime_ns INTEGER")
    connection.execute("ALTER TABLE photos ADD COLUMN taken_precision TEXT")
    connection.execute("ALTER TABLE photos ADD COLUMN taken_from TEXT")
    connection.execute("ALTER TABLE photos ADD COLUMN copy_of INTEGER REFERENCES photos (id) ON DELETE SET NULL")
    connection.execute("CREATE INDEX photos_by_original ON photos (copy_of) WHERE copy_of IS NOT NULL")
    connection.execute("UPDATE photos SET taken_precision = 'second', taken_from = 'exif' WHERE taken_at IS NOT NULL")
