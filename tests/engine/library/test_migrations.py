import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from engine.errors import LibraryError
from engine.library.migrations import prepare_file
from engine.library.schema import APPLICATION_ID, SCHEMA, Migration, Schema

OLD = Schema(
    version=1,
    tables=(
        "CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT)",
        "INSERT INTO people VALUES (1, 'one'), (2, 'two')",
    ),
    triggers=("CREATE TRIGGER journal_old AFTER DELETE ON people BEGIN SELECT 1; END",),
)


def add_faces(connection: sqlite3.Connection) -> None:
    connection.execute("CREATE TABLE faces (id INTEGER PRIMARY KEY, person_id INTEGER REFERENCES people(id))")
    connection.execute("INSERT INTO faces SELECT id * 10, id FROM people")


def add_hidden(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE people ADD COLUMN hidden INTEGER NOT NULL DEFAULT 0")


def break_off(connection: sqlite3.Connection) -> None:
    connection.execute("DELETE FROM people")
    connection.execute("INSERT INTO nothing VALUES (1)")


def lose_people(connection: sqlite3.Connection) -> None:
    connection.execute("DELETE FROM people WHERE id = 2")


def newer(version: int, *steps: Migration) -> Schema:
    triggers = ("CREATE TRIGGER journal_new AFTER INSERT ON people BEGIN SELECT 1; END",)
    return Schema(version=version, tables=(), triggers=triggers, migrations=steps)


@pytest.fixture
def old_file(tmp_path: Path) -> Path:
    path = tmp_path / "library.sqlite"
    prepare_file(path, OLD)
    return path


def content(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        owner = connection.execute("PRAGMA application_id").fetchone()[0]
        return [f"version {version}", f"owner {owner}", *connection.iterdump()]


def backups(path: Path) -> list[Path]:
    return sorted((path.parent / "backups").glob("library-*.sqlite"))


def test_every_step_runs_in_order_after_a_backup(old_file: Path) -> None:
    before = content(old_file)
    schema = newer(3, Migration(3, add_hidden), Migration(2, add_faces))
    backup = prepare_file(old_file, schema)
    assert backup is not None
    assert backups(old_file) == [backup]
    assert backup.name.endswith("Z-upgrade.sqlite")
    assert content(backup) == before
    with closing(sqlite3.connect(old_file)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (3,)
        assert connection.execute("SELECT id, name, hidden FROM people").fetchall() == [(1, "one", 0), (2, "two", 0)]
        assert connection.execute("SELECT id, person_id FROM faces").fetchall() == [(10, 1), (20, 2)]
        triggers = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
    assert triggers == [("journal_new",)]
    assert prepare_file(old_file, schema) is None
    assert backups(old_file) == [backup]


def test_a_file_of_a_version_between_takes_the_rest(old_file: Path) -> None:
    prepare_file(old_file, newer(2, Migration(2, add_faces)))
    prepare_file(old_file, newer(3, Migration(2, break_off), Migration(3, add_hidden)))
    with closing(sqlite3.connect(old_file)) as connection:
        assert connection.execute("SELECT COUNT(hidden) FROM people").fetchone() == (2,)


def test_a_failing_step_leaves_the_file_as_it_was_and_names_the_copy(old_file: Path) -> None:
    before = content(old_file)
    with pytest.raises(LibraryError, match="version 3") as caught:
        prepare_file(old_file, newer(3, Migration(2, add_faces), Migration(3, break_off)))
    assert content(old_file) == before
    (backup,) = backups(old_file)
    assert str(backup) in caught.value.hint
    assert content(backup) == before


def test_a_step_that_leaves_stray_references_is_refused(old_file: Path) -> None:
    before = content(old_file)
    with pytest.raises(LibraryError, match="rows that are gone"):
        prepare_file(old_file, newer(3, Migration(2, add_faces), Migration(3, lose_people)))
    assert content(old_file) == before


def test_a_gap_between_the_steps_is_refused(old_file: Path) -> None:
    before = content(old_file)
    with pytest.raises(LibraryError, match="cannot be brought"):
        prepare_file(old_file, newer(3, Migration(3, add_hidden)))
    assert content(old_file) == before


def statements(version: int) -> list[str]:
    """What a file of a released version was made of."""
    released = Path(__file__).with_name(f"schema_version{version}.sql").read_text(encoding="utf-8")
    return [line for line in released.splitlines() if line]


RELEASED = sorted(int(path.stem.removeprefix("schema_version")) for path in Path(__file__).parent.glob("schema_*.sql"))


def released_file(path: Path, version: int) -> None:
    """Make an empty library as that version made it."""
    with closing(sqlite3.connect(path)) as connection:
        for statement in sorted(statements(version), key=lambda sql: not sql.startswith("CREATE TABLE")):
            connection.execute(statement)
        connection.execute("INSERT INTO journal_state(id, step_id, revision) VALUES (1, NULL, 7)")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {version}")
        connection.commit()


def columns(path: Path) -> dict[str, set[tuple[object, ...]]]:
    """Every table's columns: name, type, whether it may be empty, default, place in the key."""
    return table_parts(path, "table_info", 1)


def references(path: Path) -> dict[str, set[tuple[object, ...]]]:
    """Every table's foreign keys: table, columns, what happens when the other row goes."""
    return table_parts(path, "foreign_key_list", 2)


def table_parts(path: Path, pragma: str, first: int) -> dict[str, set[tuple[object, ...]]]:
    with closing(sqlite3.connect(path)) as connection:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: {row[first:] for row in connection.execute(f"PRAGMA {pragma}({name})")} for name in names}


def made(path: Path, kind: str) -> dict[str, str]:
    """The indexes or triggers by name, each with its statement."""
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = ? AND sql IS NOT NULL", (kind,))
        return {name: " ".join(sql.split()) for name, sql in rows}


@pytest.mark.parametrize("version", RELEASED)
def test_a_migrated_library_is_made_like_a_new_one(tmp_path: Path, version: int) -> None:
    old, new = tmp_path / "old.sqlite", tmp_path / "new.sqlite"
    released_file(old, version)
    prepare_file(old, SCHEMA)
    prepare_file(new, SCHEMA)
    assert columns(old) == columns(new)
    assert references(old) == references(new)
    assert made(old, "index") == made(new, "index")
    assert made(old, "trigger") == made(new, "trigger")


def test_the_schema_of_version_4_is_what_was_released(tmp_path: Path) -> None:
    """A change of the tables needs a new version and a migration; this file then makes the old version to migrate."""
    path = tmp_path / "library.sqlite"
    prepare_file(path, SCHEMA)
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'")
        present = sorted(" ".join(sql.split()) for (sql,) in rows)
    assert present == statements(4)
    assert APPLICATION_ID == 0x4B696E66


def test_a_library_of_version_1_keeps_all_and_says_where_its_dates_are_from(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    released_file(path, 1)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("INSERT INTO folders VALUES (1, '/photos', 0)")
        columns_of = "id, folder_id, relpath, size, mtime_ns, taken_at, state"
        photo = f"INSERT INTO photos({columns_of}) VALUES (?, 1, ?, 9, 8, ?, 'NEW')"
        connection.executemany(photo, [(1, "dated.jpg", 10**15), (2, "undated.jpg", None)])
        connection.commit()
    assert prepare_file(path, SCHEMA) is not None
    with closing(sqlite3.connect(path)) as connection:
        read = "SELECT relpath, size, mtime_ns, ctime_ns, taken_at, taken_precision, taken_from, copy_of FROM photos"
        assert connection.execute(read).fetchall() == [
            ("dated.jpg", 9, 8, None, 10**15, "second", "exif", None),
            ("undated.jpg", 9, 8, None, None, None, None, None),
        ]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
