"""What decoding gives, and how large a picture may be."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime

from engine.errors import PhotoError
from engine.geometry import Image
from engine.scan.failures import BOMB_HINT

MAX_PIXELS = 400_000_000
"""A picture of more pixels is refused before it is decoded, even where the decoder can scale it down. Phones make 200
million; a progressive JPEG of 400 million needs 1.2 GB for its coefficients."""

MAX_DECODED_PIXELS = 128_000_000
"""No more pixels than these are ever decoded at once. Medium format cameras make 102 million. Measured at 121 million:
0.5 GB for grey PNG, 1.8 GB for WebP, whose decoder keeps three copies."""

LARGE_PIXELS = 25_000_000
"""Pictures that decode to more pixels than these are decoded one after another, however many threads there are."""

_ONE_LARGE_PICTURE = threading.RLock()
"""The memory belongs to the whole process, hence one lock for it; re-entrant because a RAW file holds a JPEG."""


@dataclass(frozen=True, slots=True)
class PhotoContent:
    """A decoded photo.

    `image` is upright, H × W × 3 uint8 RGB, contiguous, perhaps read-only, perhaps scaled down. `width` and `height`
    are those of the full upright photo. `taken_at` is the camera's local time. `note` is a sentence where less than the
    whole photo could be read (faces in what was read are still found), else empty.
    """

    image: Image
    width: int
    height: int
    taken_at: datetime | None
    note: str = ""


@contextmanager
def room_for(size: tuple[int, int], scale: int = 1) -> Iterator[None]:
    """Hold the room in memory for a picture of a stored size (width, height) that is decoded `scale` times smaller.

    Raises `PhotoError` where that is too much: the size in the header decides, before a pixel is decoded.
    """
    width, height = size
    pixels = width * height
    limit = min(MAX_PIXELS, MAX_DECODED_PIXELS * scale * scale)
    if width < 1 or height < 1:
        raise PhotoError("The picture has no pixels.")
    if pixels > limit:
        message = f"The picture of {width} × {height} pixels is too large: the limit is {limit // 10**6} million."
        raise PhotoError(message, BOMB_HINT)
    with _ONE_LARGE_PICTURE if pixels > LARGE_PIXELS * scale * scale else nullcontext():
        yield
