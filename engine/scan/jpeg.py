"""JPEG, by far the most common photo: scaled down inside the decoder (DCT scaling), so that less is computed."""

import io

import numpy as np
from PIL import Image as Pillow
from PIL.JpegImagePlugin import JpegImageFile

from engine.errors import PhotoError
from engine.scan.content import PhotoContent, room_for
from engine.scan.metadata import read_metadata
from engine.scan.pixels import scale_for, to_array, to_rgb, upright_size

_END_OF_IMAGE = b"\xff\xd9"


def read_jpeg(data: bytes, side: int, *, orientation: int | None = None) -> PhotoContent:
    """Decode a JPEG, or the first picture of an MPO, at 1/1, 1/2, 1/4 or 1/8.

    The smallest scale whose longest side is still at least `side` is taken (0: full size). `orientation` (EXIF's) comes
    before the file's own. A file that ends early is read as far as it goes, the rest stays grey, and the content's
    `note` says so. Raises `PhotoError` for a bomb, and what Pillow raises for damage.
    """
    size = JpegImageFile(io.BytesIO(data)).size
    wanted = scale_for(size, side)
    scale = max(step for step in (1, 2, 4, 8) if step <= wanted)
    with room_for(size, scale):
        picture, note = _loaded(data, scale)
        metadata = read_metadata(picture)
        turn = metadata.orientation if orientation is None else orientation
        width, height = upright_size(size, turn)
        return PhotoContent(to_array(to_rgb(picture, 0), turn), width, height, metadata.taken_at, note)


def _loaded(data: bytes, scale: int) -> tuple[Pillow.Image, str]:
    """Return the scaled picture, and a sentence where the file ends early."""
    try:
        return _load(data, scale), ""
    except OSError:
        # libjpeg asks for more; an end mark makes it fill the rest, as browsers do, where Pillow alone would give up.
        picture = _load(data + _END_OF_IMAGE, scale)
    rest = np.asarray(picture)[16:]
    if not rest.size or (rest == rest[0, 0]).all():  # below a first row of blocks there is one grey
        raise PhotoError("The file ends before its picture begins.")
    return picture, "The file ends early: only a part of the picture could be read."


def _load(data: bytes, scale: int) -> Pillow.Image:
    picture = JpegImageFile(io.BytesIO(data))
    width, height = picture.size
    picture.draft(None, (max(1, width // scale), max(1, height // scale)))
    # In one piece: else Pillow takes the interpreter's lock again for every 64 KB, against all other threads.
    picture.decodermaxblock = len(data)
    picture.load()
    return picture
