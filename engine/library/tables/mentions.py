"""The tables of names in metadata: what was read and whom it means here; the mark of what this library wrote."""

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from engine.library.tables.base import Base


class MentionRow(Base):
    """A name that metadata or another program gives to somebody in a photo.

    The box is relative (0 to 1) to the upright photo, NULL where only the name is known. `origin` is a word of
    `metadata.mentions.Origin`. `face_id` is the face that it was matched with. `drew` says that this mention made the
    face, 0 that it was tried in vain, NULL that there was no need or no try yet.
    """

    __tablename__ = "mentions"
    __table_args__ = (
        Index("mentions_by_photo", "photo_id"),
        Index("mentions_by_face", "face_id"),
        {"sqlite_autoincrement": True},
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    photo_id: Mapped[int] = mapped_column(ForeignKey("photos.id", ondelete="CASCADE"))
    name: Mapped[str]
    left: Mapped[float | None]
    top: Mapped[float | None]
    width: Mapped[float | None]
    height: Mapped[float | None]
    origin: Mapped[str]
    face_id: Mapped[int | None] = mapped_column(ForeignKey("faces.id", ondelete="SET NULL"))
    drew: Mapped[bool | None]


class MentionedPerson(Base):
    """Whom a name in metadata meant when it was first met: the person may be called otherwise since.

    `name` is in the form in which names are compared (`edits.names.name_key`).
    """

    __tablename__ = "mentioned_people"
    __table_args__ = (Index("mentioned_people_by_person", "person_id"),)
    name: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))


class LibraryMark(Base):
    """A single row, made when names are first written beside photos: how this library knows again what it wrote."""

    __tablename__ = "library_mark"
    __table_args__ = (CheckConstraint("id = 1", name="single_mark"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    mark: Mapped[str]
