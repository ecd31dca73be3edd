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


def add_version_4(connection: sqlite3.Connection) -> None:
    """Version 4: each of the functions below adds what one part of the program keeps."""
    _add_strangers_and_doubt(connection)
    _add_unnamed_faces(connection)
    _add_pictures(connection)
    _add_mentions(connection)
    _add_mark(connection)
    _add_withdrawn(connection)
    _add_lengths(connection)


def _add_pictures(connection: sqlite3.Connection) -> None:
    """Add what outlives a change of a file, a copy of it, and the way to it."""
    connection.execute("ALTER TABLE faces ADD COLUMN gone_since BIGINT")
    connection.execute("ALTER TABLE faces ADD COLUMN copy_of INTEGER REFERENCES faces (id) ON DELETE SET NULL")
    connection.execute("CREATE INDEX faces_by_original ON faces (copy_of) WHERE copy_of IS NOT NULL")
    connection.execute("ALTER TABLE photos ADD COLUMN is_page BOOLEAN")
    connection.execute(
        'CREATE TABLE face_places ( face_id INTEGER NOT NULL, content_hash BLOB NOT NULL, "left" FLOAT NOT NULL, '
        "top FLOAT NOT NULL, width FLOAT NOT NULL, height FLOAT NOT NULL, landmarks BLOB NOT NULL, "
        "PRIMARY KEY (face_id, content_hash), FOREIGN KEY(face_id) REFERENCES faces (id) ON DELETE CASCADE ) "
        "WITHOUT ROWID"
    )
    connection.execute(
        "CREATE TABLE other_folders ( folder_id INTEGER NOT NULL, path TEXT NOT NULL, PRIMARY KEY (folder_id, path), "
        "FOREIGN KEY(folder_id) REFERENCES folders (id) ON DELETE CASCADE ) WITHOUT ROWID"
    )


def _add_mentions(connection: sqlite3.Connection) -> None:
    """Names that other programs gave: what was read, whom they mean, and birth dates, which come along."""
    connection.execute("ALTER TABLE photos ADD COLUMN names_read TEXT")
    connection.execute("CREATE INDEX photos_without_names ON photos (state) WHERE names_read IS NULL")
    connection.execute("ALTER TABLE people ADD COLUMN birth_date TEXT")
    connection.execute("""
        CREATE TABLE mentions (
            id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, photo_id INTEGER NOT NULL, name TEXT NOT NULL,
            "left" FLOAT, top FLOAT, width FLOAT, height FLOAT, origin TEXT NOT NULL, face_id INTEGER, drew BOOLEAN,
            FOREIGN KEY(photo_id) REFERENCES photos (id) ON DELETE CASCADE,
            FOREIGN KEY(face_id) REFERENCES faces (id) ON DELETE SET NULL)
    """)
    connection.execute("CREATE INDEX mentions_by_photo ON mentions (photo_id)")
    connection.execute("CREATE INDEX mentions_by_face ON mentions (face_id)")
    connection.execute("""
        CREATE TABLE mentioned_people (
            name TEXT NOT NULL, person_id INTEGER NOT NULL, PRIMARY KEY (name),
            FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE)
    """)
    connection.execute("CREATE INDEX mentioned_people_by_person ON mentioned_people (person_id)")


def _add_strangers_and_doubt(connection: sqlite3.Connection) -> None:
    """Who was set aside before may be a stranger or no face; no placement of before is known to be doubtful."""
    connection.execute("ALTER TABLE faces ADD COLUMN stranger BOOLEAN DEFAULT 0 NOT NULL")
    connection.execute("ALTER TABLE faces ADD COLUMN doubtful BOOLEAN DEFAULT 0 NOT NULL")


def _add_unnamed_faces(connection: sqlite3.Connection) -> None:
    """Since when faces are strangers'; nothing expires until somebody chooses so."""
    connection.execute(
        "CREATE TABLE unnamed_faces ( face_id INTEGER NOT NULL, since BIGINT NOT NULL, "
        "expired BOOLEAN DEFAULT 0 NOT NULL, PRIMARY KEY (face_id), "
        "FOREIGN KEY(face_id) REFERENCES faces (id) ON DELETE CASCADE )"
    )


def _add_mark(connection: sqlite3.Connection) -> None:
    """How a library knows again what it wrote beside photos; none has written anything yet."""
    connection.execute(
        "CREATE TABLE library_mark ( id INTEGER NOT NULL, mark TEXT NOT NULL, PRIMARY KEY (id), "
        "CONSTRAINT single_mark CHECK (id = 1) )"
    )


def _add_withdrawn(connection: sqlite3.Connection) -> None:
    """Faces that an edit made and its undo took back; no edit made any before."""
    connection.execute("ALTER TABLE faces ADD COLUMN withdrawn BOOLEAN DEFAULT 0 NOT NULL")
    connection.execute("CREATE INDEX faces_withdrawn ON faces (id) WHERE withdrawn")


def _add_lengths(connection: sqlite3.Connection) -> None:
    """How long models made the vectors; of those that are there nobody knows."""
    connection.execute("ALTER TABLE embeddings ADD COLUMN length FLOAT")
