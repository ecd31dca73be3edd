"""JPEG, by far the most common photo: scaled down inside the decoder (DCT scaling), so that less is computed.

What is whole goes through libjpeg-turbo's own door (simplejpeg), which writes RGB straight into one array; Pillow, with
the same libjpeg-turbo, keeps four bytes a pixel and copies twice. All else (CMYK, warnings, an early end) is Pillow's.
"""

import io

import numpy as np
import simplejpeg
from PIL import Image as Pillow
from PIL.JpegImagePlugin import JpegImageFile

from engine.errors import PhotoError
from engine.geometry import Image
from engine.scan.content import PhotoContent, room_for
from engine.scan.metadata import read_metadata
from engine.scan.pixels import scale_for, to_rgb, upright, upright_size

_END_OF_IMAGE = b"\xff\xd9"


def read_jpeg(data: bytes, side: int, *, orientation: int | None = None) -> PhotoContent:
    """Decode a JPEG, or the first picture of an MPO, at 1/1, 1/2, 1/4 or 1/8.

    The smallest scale whose longest side is still at least `side` is taken (0: full size). `orientation` (EXIF's) comes
    before the file's own. A file that ends early is read as far as it goes, the rest stays grey, and the content's
    `note` says so. Raises `PhotoError` for a bomb, and what Pillow raises for damage.
    """
    header = JpegImageFile(io.BytesIO(data))
    wanted = scale_for(header.size, side)
    scale = max(step for step in (1, 2, 4, 8) if step <= wanted)
    with room_for(header.size, scale):
        metadata = read_metadata(header)
        turn = metadata.orientation if orientation is None else orientation
        width, height = upright_size(header.size, turn)
        image, note = _whole(data, header, scale), ""
        if image is None:
            picture, note = _loaded(data, scale)
            image = np.asarray(to_rgb(picture, 0))
        return PhotoContent(upright(image, turn), width, height, metadata.taken_at, note)


def _whole(data: bytes, header: JpegImageFile, scale: int) -> Image | None:
    """Return the pixels of a grey or coloured picture as stored; None where the decoder has something to say."""
    if header.mode not in ("L", "RGB"):
        return None
    columns, rows = (-(-length // scale) for length in header.size)
    try:
        height, width, *_ = simplejpeg.decode_jpeg_header(data)
        if (width, height) != header.size:  # the room was made for what Pillow saw
            return None
        image = simplejpeg.decode_jpeg(data, "RGB", min_height=rows, min_width=columns)
    except ValueError:
        return None
    return image if image.shape == (rows, columns, 3) else None


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
