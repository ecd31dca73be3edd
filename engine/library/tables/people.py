"""People and what was said of them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from engine.library.columns import Instant
from engine.library.tables.base import Base


class Person(Base):
    """Somebody, named or not; `birth_date` is a year, a month or a day (ISO 8601), as far as it is known."""

    __tablename__ = "people"
    __table_args__ = (Index("people_by_cover", "cover_face_id"), {"sqlite_autoincrement": True})
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str | None]
    cover_face_id: Mapped[int | None] = mapped_column(ForeignKey("faces.id", ondelete="SET NULL"))
    hidden: Mapped[bool] = mapped_column(server_default=text("0"))
    created_at: Mapped[datetime] = mapped_column(Instant)
    birth_date: Mapped[str | None]


class Rejection(Base):
    """The user said that this face is not this person."""

    __tablename__ = "rejections"
    __table_args__ = (Index("rejections_by_person", "person_id"), {"sqlite_with_rowid": False})
    face_id: Mapped[int] = mapped_column(ForeignKey("faces.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)


class DistinctPeople(Base):
    """The user said that these are two people; the smaller id comes first."""

    __tablename__ = "distinct_people"
    __table_args__ = (
        CheckConstraint("person_id < other_id", name="smaller_first"),
        Index("distinct_people_by_other", "other_id"),
        {"sqlite_with_rowid": False},
    )
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    other_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)


class PostponedQuestion(Base):
    """A question that the user did not want to answer now; `kind` says what the two ids are."""

    __tablename__ = "postponed_questions"
    __table_args__ = (UniqueConstraint("kind", "first_id", "second_id"), {"sqlite_autoincrement": True})
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    first_id: Mapped[int]
    second_id: Mapped[int]
    until: Mapped[datetime] = mapped_column(Instant)
