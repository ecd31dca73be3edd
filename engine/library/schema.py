"""The current schema, and the statements that make it in an empty file."""

from dataclasses import dataclass

from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from engine.library import journal, shared_answers
from engine.library.migration import Migration
from engine.library.steps import add_version_4, add_where_from
from engine.library.tables import Base
from engine.library.vector_keys import name_vectors

APPLICATION_ID = 0x4B696E66
"""Written into the file's header ("Kinf"), so that another program's SQLite file is never taken for a library."""


@dataclass(frozen=True, slots=True)
class Schema:
    """A version, the statements that make it from nothing and the steps that lead to it from older versions."""

    version: int
    tables: tuple[str, ...]
    triggers: tuple[str, ...]
    migrations: tuple[Migration, ...] = ()


def _table_statements() -> tuple[str, ...]:
    dialect = sqlite.dialect()
    tables = Base.metadata.tables.values()
    made = [str(CreateTable(table).compile(dialect=dialect)).strip() for table in tables]
    indexes = sorted((index for table in tables for index in table.indexes), key=lambda index: str(index.name))
    made += [str(CreateIndex(index).compile(dialect=dialect)).strip() for index in indexes]
    return (*made, "INSERT INTO journal_state(id, step_id, revision) VALUES (1, NULL, 0)")


SCHEMA = Schema(
    version=4,
    tables=_table_statements(),
    triggers=(*journal.trigger_statements(), *shared_answers.trigger_statements()),
    migrations=(Migration(2, name_vectors), Migration(3, add_where_from), Migration(4, add_version_4)),
)
