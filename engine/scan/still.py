"""The formats whose decoders only know full size: PNG, WebP, TIFF, BMP, GIF, AVIF, HEIC. First frame, first page."""

import importlib
import io
from collections.abc import Callable

from PIL import Image as Pillow
from PIL.AvifImagePlugin import AvifImageFile
from PIL.BmpImagePlugin import BmpImageFile
from PIL.GifImagePlugin import GifImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.TiffImagePlugin import TiffImageFile
from PIL.WebPImagePlugin import WebPImageFile

from engine.errors import PhotoError
from engine.scan.content import PhotoContent, refuse_bomb
from engine.scan.formats import Kind
from engine.scan.metadata import read_metadata
from engine.scan.pixels import to_array, to_rgb, upright_size


def read_still(kind: Kind, data: bytes, side: int) -> PhotoContent:
    """Decode a picture and reduce it by a whole number to a longest side of at least `side` (0: full size).

    Opening Pillow's classes by name keeps its fifty other decoders out of reach of a file's content. Raises
    `PhotoError` for a bomb or an absent decoder, and what the decoders raise for damage.
    """
    picture = _OPENERS[kind](io.BytesIO(data))
    refuse_bomb(picture.size)
    picture.load()
    size = picture.size
    metadata = read_metadata(picture)
    width, height = upright_size(size, metadata.orientation)
    return PhotoContent(to_array(to_rgb(picture, side), metadata.orientation), width, height, metadata.taken_at)


def _open_heif(file: io.BytesIO) -> Pillow.Image:
    """Open HEIC with pillow-heif, which turns and mirrors by itself and then gives EXIF orientation 1."""
    try:
        plugin = importlib.import_module("pillow_heif")
    except ImportError as error:
        message = "HEIC photos need the package pillow-heif."
        raise PhotoError(message, "Install it with: pip install 'kinfolk[heif]'.") from error
    picture: Pillow.Image = plugin.HeifImageFile(file)
    return picture


_OPENERS: dict[Kind, Callable[[io.BytesIO], Pillow.Image]] = {
    Kind.PNG: PngImageFile,
    Kind.WEBP: WebPImageFile,
    Kind.TIFF: TiffImageFile,
    Kind.BMP: BmpImageFile,
    Kind.GIF: GifImageFile,
    Kind.AVIF: AvifImageFile,
    Kind.HEIF: _open_heif,
}
