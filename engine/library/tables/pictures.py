"""Folders, photos, faces, and what is kept of faces."""

from datetime import datetime

from sqlalchemy import Enum, ForeignKey, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from engine.library.columns import FilePath, Instant, SentenceText, WallClock
from engine.library.states import UNUSUAL, PhotoState, Source
from engine.library.tables.base import Base


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
    which this one is a copy: the same file, or the same shot in another format. `names_read` says of which file and
    sidecars the names of people were read (`names_of.stamp_of`), NULL where they never were. `is_page` is what the user
    said of a picture that may be a page with several pictures, NULL where nothing was said.
    """

    __tablename__ = "photos"
    __table_args__ = (
        UniqueConstraint("folder_id", "relpath"),
        Index("photos_by_hash", "content_hash"),
        Index("photos_by_size", "size"),
        Index("photos_by_time", "taken_at"),
        Index("photos_by_original", "copy_of", sqlite_where=text("copy_of IS NOT NULL")),
        Index("photos_without_names", "state", sqlite_where=text("names_read IS NULL")),
        Index("photos_unfinished", "state", sqlite_where=text(f"state IN {(*map(str, UNUSUAL),)}")),
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
    problem: Mapped[str | None] = mapped_column(SentenceText)
    note: Mapped[str | None] = mapped_column(SentenceText)
    detector: Mapped[str | None]
    ctime_ns: Mapped[int | None]
    taken_precision: Mapped[str | None]
    taken_from: Mapped[str | None]
    copy_of: Mapped[int | None] = mapped_column(ForeignKey("photos.id", ondelete="SET NULL"))
    is_page: Mapped[bool | None]
    names_read: Mapped[str | None]


class Face(Base):
    """A stored detection; box and landmarks are relative (0 to 1) to the upright photo.

    `landmarks` are ten little-endian float32 (x, y of five points). `quality` is 0 to 1. `drawn` marks a face that the
    user drew because no detector found it. An `ignored` face was set aside: as a `stranger`, or as no face at all.
    Without a `cluster_id` it waits to be grouped: it is new, or what placed it was taken back. `doubtful` marks one
    that a run put with somebody whom a person had confirmed, and is not sure of; it means nothing once somebody spoke.
    `gone_since` is set while the picture does not show the face: the file was changed, and what was said of the face
    waits; its place is the one in which it was seen last. `copy_of` is the same face in another file of the picture,
    which stands for both. A `withdrawn` face was made by an edit that was taken back; redoing that brings it back.
    """

    __tablename__ = "faces"
    __table_args__ = (
        Index("faces_by_photo", "photo_id"),
        Index("faces_by_person", "person_id", "photo_id", "quality"),
        Index("faces_by_original", "copy_of", sqlite_where=text("copy_of IS NOT NULL")),
        Index("faces_withdrawn", "id", sqlite_where=text("withdrawn")),
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
    stranger: Mapped[bool] = mapped_column(server_default=text("0"))
    doubtful: Mapped[bool] = mapped_column(server_default=text("0"))
    cluster_id: Mapped[int | None]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    source: Mapped[Source | None] = mapped_column(_words(Source, "face_source"))
    gone_since: Mapped[datetime | None] = mapped_column(Instant)
    copy_of: Mapped[int | None] = mapped_column(ForeignKey("faces.id", ondelete="SET NULL"))
    withdrawn: Mapped[bool] = mapped_column(server_default=text("0"))


class FacePlace(Base):
    """Where a face lay in an earlier content of its file, so that it is there again should that content come back."""

    __tablename__ = "face_places"
    __table_args__ = ({"sqlite_with_rowid": False},)
    face_id: Mapped[int] = mapped_column(ForeignKey("faces.id", ondelete="CASCADE"), primary_key=True)
    content_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    left: Mapped[float]
    top: Mapped[float]
    width: Mapped[float]
    height: Mapped[float]
    landmarks: Mapped[bytes] = mapped_column(LargeBinary)


class OtherFolder(Base):
    """The user said that what lies at `path`, absolute, is not this folder, though its photos look the same."""

    __tablename__ = "other_folders"
    __table_args__ = ({"sqlite_with_rowid": False},)
    folder_id: Mapped[int] = mapped_column(ForeignKey("folders.id", ondelete="CASCADE"), primary_key=True)
    path: Mapped[str] = mapped_column(FilePath, primary_key=True)


class Embedding(Base):
    """The unit vector of one face by one model, or the age that one told: little-endian float32.

    `model` is the card's `key`. `length` is how long the model made the vector, before it was brought to unit length;
    NULL where that was not kept, as before version 4.
    """

    __tablename__ = "embeddings"
    face_id: Mapped[int] = mapped_column(ForeignKey("faces.id", ondelete="CASCADE"), primary_key=True)
    model: Mapped[str] = mapped_column(primary_key=True)
    vector: Mapped[bytes] = mapped_column(LargeBinary)
    length: Mapped[float | None]


class UnnamedFace(Base):
    """A stranger's face, kept only where vectors of strangers expire: since when it is seen to be one.

    Where its vectors have `expired` it gets none until it is a stranger's no more.
    """

    __tablename__ = "unnamed_faces"
    face_id: Mapped[int] = mapped_column(ForeignKey("faces.id", ondelete="CASCADE"), primary_key=True)
    since: Mapped[datetime] = mapped_column(Instant)
    expired: Mapped[bool] = mapped_column(server_default=text("0"))


class ModelInUse(Base):
    """The model whose vectors are compared, of the kind "embedder" (without a row the default one), or tells ages.

    The kind of that is "attributes"; without a row no ages are told.
    """

    __tablename__ = "models_in_use"
    kind: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
