"""What a scan reads and what comes of it, and what there is to do the reading: `PhotoReader`."""

from collections.abc import Generator, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from engine.faces.embed import Embedder, ReadCrops
from engine.geometry import Box, Image, Landmarks
from engine.models.card import ModelCard
from engine.scan.dates import Taken


@dataclass(frozen=True, slots=True)
class PhotoFile:
    """A photo that is to be read; `size` in bytes, `known_hash` that of the content read before, None if never."""

    photo_id: int
    path: Path
    size: int
    mtime_ns: int
    known_hash: bytes | None = None
    ctime_ns: int | None = None


@dataclass(frozen=True, slots=True)
class UnreadablePhoto:
    """A photo that could not be read, and why; `content_hash` is None where not even its bytes could be."""

    file: PhotoFile
    reason: str
    content_hash: bytes | None


@dataclass(frozen=True, slots=True)
class SamePhoto:
    """A file that was written anew with the content that it had."""

    file: PhotoFile


@dataclass(frozen=True, slots=True)
class FoundFace:
    """One face. The box and landmarks are relative (0 to 1) to the upright photo."""

    box: Box
    landmarks: Landmarks
    score: float
    quality: float


@dataclass(frozen=True, slots=True)
class DetectedPhoto:
    """A photo that was searched for faces: the image is gone, its faces are cut out.

    `width` and `height` are pixels of the full upright photo, `crops` are what the embedder is shown, in the order of
    `faces`.
    """

    file: PhotoFile
    content_hash: bytes
    width: int
    height: int
    taken: Taken | None
    note: str
    faces: tuple[FoundFace, ...]
    crops: tuple[Image, ...]


@dataclass(frozen=True, slots=True)
class AnalysedPhoto:
    """The last stage's result: one embedding a face, in the order of faces."""

    detected: DetectedPhoto
    read: ReadCrops

    @property
    def file(self) -> PhotoFile:
        """Return the file that was read."""
        return self.detected.file


Left = UnreadablePhoto | SamePhoto
"""What goes through the later stages as it is."""

Result = AnalysedPhoto | Left
"""What comes of a photo."""

Reading = Generator[Result | None, None, None]
"""Results in no particular order, and None now and then where none has come. Closing it breaks the reading off."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How many threads a stage has, how many photos are under way, and how many are marked in one transaction."""

    workers: int
    ahead: int
    together: int


class PhotoReader(Protocol):
    """What reads the photos of a scan: this process (`Analyser`), or the workers of a cluster."""

    @property
    def detector(self) -> ModelCard:
        """What finds the faces."""

    @property
    def embedder(self) -> Embedder:
        """The embedder in use, on this machine."""

    @property
    def notices(self) -> tuple[str, ...]:
        """Sentences about what did not go as wanted."""

    @property
    def outlives_photos(self) -> bool:
        """Whether a photo that ends its reader leaves this process alive, and is found out by `read` itself."""

    def read(self, files: Iterable[PhotoFile], pace: Pace) -> Reading:
        """Read photos, taken from `files` just before they are read. What comes of each is yielded once.

        Raises KinfolkError where reading cannot go on.
        """
