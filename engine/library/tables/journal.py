"""The journal of edits, which can be undone."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from engine.library.columns import Instant, SentenceText
from engine.library.tables.base import Base


class JournalStep(Base):
    """One edit that can be undone, or redone where `undone` is set; `position` orders them and names them outside."""

    __tablename__ = "journal_steps"
    __table_args__ = (Index("journal_steps_by_position", "position"), {"sqlite_autoincrement": True})
    id: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int]
    label: Mapped[str] = mapped_column(SentenceText)
    made_at: Mapped[datetime] = mapped_column(Instant)
    undone: Mapped[bool]
    entries: Mapped[int]


class JournalEntry(Base):
    """One row that a step changed: its values before and after as JSON arrays, NULL where there was no row."""

    __tablename__ = "journal_entries"
    __table_args__ = ({"sqlite_with_rowid": False},)
    step_id: Mapped[int] = mapped_column(ForeignKey("journal_steps.id", ondelete="CASCADE"), primary_key=True)
    table_name: Mapped[str] = mapped_column(primary_key=True)
    row_id: Mapped[int] = mapped_column(primary_key=True)
    other_id: Mapped[int] = mapped_column(primary_key=True)
    before: Mapped[str | None]
    after: Mapped[str | None]


class JournalState(Base):
    """A single row. `step_id` is set only inside an edit's own transaction, so no other connection ever sees it set.

    `revision` grows with every write of any process: a window learns from it that somebody else has written.
    """

    __tablename__ = "journal_state"
    __table_args__ = (CheckConstraint("id = 1", name="single_row"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    step_id: Mapped[int | None]
    revision: Mapped[int]
