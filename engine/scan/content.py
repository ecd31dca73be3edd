"""What decoding gives, and how large a picture may be."""

from dataclasses import dataclass
from datetime import datetime

from engine.errors import PhotoError
from engine.geometry import Image
from engine.scan.failures import BOMB_HINT

MAX_PIXELS = 400_000_000
"""A picture of more pixels is refused before it is decoded, even where the decoder can scale it down. Phones make 200
million; a progressive JPEG of 400 million needs 1.2 GB for its coefficients."""

MAX_DECODED_PIXELS = 128_000_000
"""No more pixels than these are ever decoded at once (Pillow holds four bytes for each: 512 MB)."""


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


def refuse_bomb(size: tuple[int, int], scale: int = 1) -> None:
    """Raise `PhotoError` where the stored size, or what remains when decoded `scale` times smaller, is too much."""
    width, height = size
    if width < 1 or height < 1:
        raise PhotoError("The picture has no pixels.")
    if width * height > MAX_PIXELS:
        raise _too_large(size, MAX_PIXELS)
    if width * height > MAX_DECODED_PIXELS * scale * scale:
        raise _too_large(size, MAX_DECODED_PIXELS)


def _too_large(size: tuple[int, int], limit: int) -> PhotoError:
    width, height = size
    message = f"The picture of {width} × {height} pixels is too large: the limit is {limit // 10**6} million."
    return PhotoError(message, BOMB_HINT)
