"""What is to be written of a photo: which of its faces, in which frame."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from engine.errors import KinfolkError, said_by
from engine.library.edits.names import name_key
from engine.library.queries.named_photos import NamedFace, NamedPhoto
from engine.library.states import Source
from engine.metadata.embedded import embedded_in
from engine.metadata.own_words import Place
from engine.metadata.reading import MetadataError, mentions_of
from engine.metadata.writing.names import PhotoNames
from engine.metadata.writing.regions import NamedBox
from engine.metadata.xmp import XmpError, get, properties
from engine.words import sentence


@dataclass(frozen=True, slots=True)
class Selection:
    """Whose names are written, None for everybody's, and beside which photos: those below `folders`, none for all."""

    people: frozenset[int] | None = None
    folders: tuple[Path, ...] = ()

    def of(self, photos: Sequence[NamedPhoto]) -> list[NamedPhoto]:
        """Return the photos that are meant. Raises KinfolkError where a folder holds none."""
        for folder in self.folders:
            if not any(photo.path.is_relative_to(folder) for photo in photos):
                raise KinfolkError(
                    sentence("No scanned photo lies in {folder}.", folder=folder),
                    sentence("Scan the folder first: kinfolk scan FOLDER"),
                )
        return [
            photo
            for photo in photos
            if not self.folders or any(photo.path.is_relative_to(folder) for folder in self.folders)
        ]

    def asks_for(self, face: NamedFace) -> bool:
        """Say whether a face's name is to be written."""
        return self.people is None or face.person in self.people


@dataclass(slots=True)
class Exported:
    """What came of writing names: `photos` that have any to write or had, of these `written` and `unchanged`.

    `problems` are the others: sentences that say which file was left as it was, and why.
    """

    photos: int = 0
    written: int = 0
    unchanged: int = 0
    problems: list[KinfolkError] = field(default_factory=list)

    def as_json(self) -> dict[str, int]:
        """Return the figures as they are printed."""
        return {"photos": self.photos, "written": self.written, "unchanged": self.unchanged}


def check_unchanged(photo: NamedPhoto) -> None:
    """Raise KinfolkError where a photo's file is not the one in which the faces were found."""
    try:
        status = photo.path.stat()
    except OSError as error:
        raise KinfolkError(
            sentence("{path} cannot be opened; nothing was written.", path=photo.path),
            sentence("Connect its disk and export again."),
        ) from error
    if (status.st_size, status.st_mtime_ns) != (photo.size, photo.mtime_ns):
        raise KinfolkError(
            sentence("{path} has changed since it was scanned; nothing was written.", path=photo.path),
            sentence("Scan its folder and export again."),
        )


def names_of(
    photo: NamedPhoto, selection: Selection, mark: str, packet: bytes | None, sidecars: Sequence[Path]
) -> PhotoNames:
    """Return what is known of a photo's people. Raises XmpError, MetadataError and OSError as the readers do."""
    kept = _said_in_file(photo, selection, mark, packet, sidecars)
    faces = tuple(
        NamedBox(
            face.name, face.box, selection.asks_for(face) or name_key(face.name) in kept, face.source is Source.USER
        )
        for face in photo.faces
    )
    return PhotoNames(mark, faces, photo.width, photo.height, embedded_in(photo.path).orientation)


def _said_in_file(
    photo: NamedPhoto, selection: Selection, mark: str, packet: bytes | None, sidecars: Sequence[Path]
) -> frozenset[str]:
    """Return the names (`name_key`) of boxes that a first list of regions in the sidecar would put out of sight.

    Of a photo, readers take the first such list alone; whoever is named in the file must be in it, too.
    """
    others = [face for face in photo.faces if face.source is Source.METADATA and not selection.asks_for(face)]
    if not others or (packet is not None and get(properties(packet), Place.MWG, "mwg-rs:RegionList") is not None):
        return frozenset()
    said = mentions_of(photo.path, sidecars, mark).people
    return frozenset(name_key(mention.name) for mention in said if mention.box is not None)


def unreadable(path: Path, error: XmpError | MetadataError) -> KinfolkError:
    """Return the sentence for metadata that cannot be read, and therefore not be written into."""
    return KinfolkError(
        sentence("{path} was left as it is: its metadata cannot be read. {reason}", path=path, reason=said_by(error)),
        sentence("Move it away and export again."),
    )
