"""The tables, one class each. Nothing outside this package sees these classes or a row of them.

Ids are AUTOINCREMENT wherever the journal may name a row: an id that is gone is never given to another row.
"""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, Enum, Float, ForeignKey, Index, LargeBinary, Text, UniqueConstraint, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from engine.library.columns import FilePath, Instant, WallClock
from engine.library.states import PhotoState, Source


def _words(kind: type[PhotoState] | type[Source], name: str) -> Enum:
    """Store the enum's values as TEXT and let SQLite refuse any other."""
    return Enum(
        kind,
        native_enum=False,
        create_constraint=True,
        name=name,
        length=8,
        values_callable=lambda members: [member.value for member in members],
    )


class Base(DeclarativeBase):
    """The schema of the current version; older files are brought to it by `migrations`."""

    # Named outright, because SQLAlchemy 2.0 and 2.1 choose different types for float.
    type_annotation_map: ClassVar = {float: Float, str: Text}


class Folder(Base):
    """A root that the user added; `path` is absolute."""

    __tablename__ = "folders"
    __table_args__ = ({"sqlite_autoincrement": True},)
    id: Mapped[int] = mapped_column(primary_key=True)
    path: Mapped[str] = mapped_column(FilePath, unique=True)
    added_at: Mapped[datetime] = mapped_column(Instant)


class Photo(Base):
    """One image file; `width` and `height` are pixels of the upright image, `detector` the card that found its faces.

    `size`, `mtime_ns` and `content_hash` are those of the content that was last read to its end; while the photo is
    STARTED or SUSPECT, size and time are those of the file that is being read. `problem` says why the file cannot be
    read, `note` why only a part of it could be. `ctime_ns` is when the file's content or attributes last changed, NULL
    where that is not known. `taken_precision` and `taken_from` are words of `scan.dates`. `copy_of` is the photo of
    which this one is a copy: the same file, or the same shot in another format.
    """

    __tablename__ = "photos"
    __table_args__ = (
        UniqueConstraint("folder_id", "relpath"),
        Index("photos_by_hash", "content_hash"),
        Index("photos_by_size", "size"),
        Index("photos_by_time", "taken_at"),
        Index("photos_by_original", "copy_of", sqlite_where=text("copy_of IS NOT NULL")),
        Index("photos_unfinished", "state", sqlite_where=text("state IN ('STARTED', 'SUSPECT', 'MISSING', 'BROKEN')")),
        {"sqlite_autoincrement": True},
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    folder_id: Mapped[int] = mapped_column(ForeignKey("folders.id", ondelete="CASCADE"))
    relpath: Mapped[str] = mapped_column(FilePath)
    size: Mapped[int]
    mtime_ns: Mapped[int]
    content_hash: Mapped[bytes | None] = mapped_column(LargeBinary)
    width: Mapped[int | None]
    height: Mapped[int | None]
    taken_at: Mapped[datetime | None] = mapped_column(WallClock)
    state: Mapped[PhotoState] = mapped_column(_words(PhotoState, "photo_state"))
    problem: Mapped[str | None]
    note: Mapped[str | None]
    detector: Mapped[str | None]
    ctime_ns: Mapped[int | None]
    taken_precision: Mapped[str | None]
    taken_from: Mapped[str | None]
    copy_of: Mapped[int | None] = mapped_column(ForeignKey("photos.id", ondelete="SET NULL"))


class Face(Base):
    """A stored detection; box and landmarks are relative (0 to 1) to the upright photo.

    `landmarks` are ten little-endian float32 (x, y of five points). `quality` is 0 to 1. `drawn` marks a face that the
    user drew because no detector found it.
    """

    __tablename__ = "faces"
    __table_args__ = (
        Index("faces_by_photo", "photo_id"),
        Index("faces_by_person", "person_id", "photo_id", "quality"),
        {"sqlite_autoincrement": True},
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    photo_id: Mapped[int] = mapped_column(ForeignKey("photos.id", ondelete="CASCADE"))
    left: Mapped[float]
    top: Mapped[float]
    width: Mapped[float]
    height: Mapped[float]
    landmarks: Mapped[bytes] = mapped_column(LargeBinary)
    score: Mapped[float]
    quality: Mapped[float]
    ignored: Mapped[bool] = mapped_column(server_default=text("0"))
    drawn: Mapped[bool] = mapped_column(server_default=text("0"))
    cluster_id: Mapped[int | None]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    source: Mapped[Source | None] = mapped_column(_words(Source, "face_source"))


class Embedding(Base):
    """The unit vector of one face by one model: little-endian float32. `model` is the card's `key`."""

    __tablename__ = "embeddings"
    face_id: Mapped[int] = mapped_column(ForeignKey("faces.id", ondelete="CASCADE"), primary_key=True)
    model: Mapped[str] = mapped_column(primary_key=True)
    vector: Mapped[bytes] = mapped_column(LargeBinary)


class ModelInUse(Base):
    """The model whose vectors are compared; `kind` is "embedder". Without a row it is the default one."""

    __tablename__ = "models_in_use"
    kind: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]


class Person(Base):
    """Somebody, named or not."""

    __tablename__ = "people"
    __table_args__ = (Index("people_by_cover", "cover_face_id"), {"sqlite_autoincrement": True})
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str | None]
    cover_face_id: Mapped[int | None] = mapped_column(ForeignKey("faces.id", ondelete="SET NULL"))
    hidden: Mapped[bool] = mapped_column(server_default=text("0"))
    created_at: Mapped[datetime] = mapped_column(Instant)


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


class JournalStep(Base):
    """One edit that can be undone, or redone where `undone` is set; `position` orders them and names them outside."""

    __tablename__ = "journal_steps"
    __table_args__ = (Index("journal_steps_by_position", "position"), {"sqlite_autoincrement": True})
    id: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int]
    label: Mapped[str]
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
