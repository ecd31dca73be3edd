"""What decoding gives, and how much memory it may take."""

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime

from engine.errors import PhotoError
from engine.geometry import Image
from engine.scan.dates import Taken
from engine.scan.decoder_errors import BOMB_HINT
from engine.words import sentence

PHOTO_MEMORY = 880_000_000
"""Bytes that decoding one photo may take beside its file. With what a process takes that decodes (65 MB) a photo stays
below 1 GB, and with the models of a scan (500 MB) a scan of hostile files below 1.5 GB."""

LARGE_MEMORY = 160_000_000
"""Decoding that takes more than this comes one after another, however many threads there are."""

MAX_SIDE = 1_000_000
"""Pixels. No honest picture is longer; what states more is damaged."""


@dataclass(frozen=True, slots=True)
class PhotoContent:
    """A decoded photo.

    `image` is upright, H × W × 3 uint8 RGB (sRGB where a profile said what the numbers mean), contiguous, perhaps
    read-only, perhaps scaled down. `width` and `height` are those of the full upright photo. `taken` is when it was
    taken as the file itself says, None where it does not. `note` is a sentence where less than the whole photo could
    be read (faces in what was read are still found), else empty.
    """

    image: Image
    width: int
    height: int
    taken: Taken | None
    note: str = ""

    @property
    def taken_at(self) -> datetime | None:
        """The date without what is known about it."""
        return self.taken.at if self.taken else None


Gate = Callable[[], AbstractContextManager[object]]

_ONE_LARGE_PICTURE = threading.RLock()
"""The memory belongs to the whole process, hence one lock for it; re-entrant because a RAW file holds a JPEG."""

_gate: list[Gate] = [lambda: _ONE_LARGE_PICTURE]


def room_of_its_own() -> AbstractContextManager[object]:
    """Hold this process's room for one large picture."""
    return _gate[0]()


def pass_large_through(gate: Gate) -> None:
    """Let `gate`, entered while a large picture is decoded, take the place of this process's own lock.

    For a process that decodes for another one: the memory belongs to both.
    """
    _gate[:] = [gate]


@contextmanager
def room_for(size: tuple[int, int], needed: int) -> Iterator[None]:
    """Hold the room in memory for a picture of a stored size (width, height) whose decoding takes `needed` bytes.

    Raises `PhotoError` where that is too much: what the header says decides, before a pixel is decoded.
    """
    width, height = size
    if width < 1 or height < 1:
        raise PhotoError(sentence("The picture has no pixels."))
    if needed > PHOTO_MEMORY or max(size) > MAX_SIDE:
        message = sentence(
            "The picture of {width} × {height} pixels is too large: "
            "reading it takes {needed:,.0f} MB of memory and the limit is {limit} MB.",
            width=width,
            height=height,
            needed=needed / 1e6,
            limit=PHOTO_MEMORY // 10**6,
        )
        raise PhotoError(message, BOMB_HINT)
    with _gate[0]() if needed > LARGE_MEMORY else nullcontext():
        yield
