"""Another program's SQLite file, read and never written, whoever has it open."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from engine.errors import KinfolkError
from engine.words import sentence


@contextmanager
def opened(path: Path, needed: tuple[str, ...], program: str) -> Iterator[sqlite3.Connection]:
    """Open a database for reading; nothing beside it is made. Raises KinfolkError where it is none of this program.

    What its log holds is read, too, where there is one; without one the file is not even locked.
    """
    if not path.is_file():
        raise KinfolkError(
            sentence("{path} is not there.", path=path),
            sentence("Give the path of {program}'s database.", program=program),
        )
    log = path.with_name(f"{path.name}-wal")
    mode = "mode=ro" if log.exists() and log.stat().st_size else "mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?{mode}", uri=True)) as connection:
            connection.text_factory = lambda data: data.decode("utf-8", "replace")
            tables = {name.lower() for (name,) in connection.execute("SELECT name FROM sqlite_master")}
            if not tables.issuperset(needed):
                raise KinfolkError(
                    sentence("{path} is not a database of {program}.", path=path, program=program),
                    sentence("Choose another file."),
                )
            yield connection
    except (sqlite3.Error, ValueError) as error:  # names of columns that are no text are a ValueError
        raise KinfolkError(
            sentence(
                "{program}'s database {path} cannot be read: {reason}.", program=program, path=path, reason=str(error)
            ),
            sentence("Close {program}, and try again.", program=program),
        ) from error
