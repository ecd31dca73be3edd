"""JPEG, by far the most common photo: scaled down inside the decoder (DCT scaling), so that less is computed."""

import io

from PIL import Image as Pillow
from PIL.JpegImagePlugin import JpegImageFile

from engine.scan.content import PhotoContent, refuse_bomb
from engine.scan.metadata import read_metadata
from engine.scan.pixels import scale_for, to_array, to_rgb, upright_size

_END_OF_IMAGE = b"\xff\xd9"


def read_jpeg(data: bytes, side: int, *, orientation: int | None = None) -> PhotoContent:
    """Decode a JPEG, or the first picture of an MPO, at 1/1, 1/2, 1/4 or 1/8.

    The smallest scale whose longest side is still at least `side` is taken (0: full size). `orientation` (EXIF's) comes
    before the file's own. A file that ends early is read as far as it goes, the rest stays grey, and the content's
    `note` says so. Raises `PhotoError` for a bomb, and what Pillow raises for damage.
    """
    picture, size = _open(data, side)
    note = ""
    try:
        picture.load()
    except OSError:
        # libjpeg asks for more; an end mark makes it fill the rest, as browsers do, where Pillow alone would give up.
        picture, _ = _open(data + _END_OF_IMAGE, side)
        picture.load()
        note = "The file ends early: only a part of the picture could be read."
    metadata = read_metadata(picture)
    turn = metadata.orientation if orientation is None else orientation
    width, height = upright_size(size, turn)
    return PhotoContent(to_array(to_rgb(picture, 0), turn), width, height, metadata.taken_at, note)


def _open(data: bytes, side: int) -> tuple[Pillow.Image, tuple[int, int]]:
    """Return the picture, ready to be loaded at its scale, and its full stored size."""
    picture = JpegImageFile(io.BytesIO(data))
    size = picture.size
    wanted = scale_for(size, side)
    scale = max(step for step in (1, 2, 4, 8) if step <= wanted)
    refuse_bomb(size, scale)
    picture.draft(None, (max(1, size[0] // scale), max(1, size[1] // scale)))
    # In one piece: else Pillow takes the interpreter's lock again for every 64 KB, against all other threads.
    picture.decodermaxblock = len(data)
    return picture, size
