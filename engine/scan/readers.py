"""From the bytes of a photo file to upright sRGB pixels, in this process. Safe in any number of threads.

The format is told by the content, never by the name. What is done with each:

- JPEG and MPO (first picture) are decoded scaled down; a file that ends early is read as far as it goes, with a note.
- PNG, WebP, TIFF, BMP, GIF, AVIF, HEIC, JPEG XL and JPEG 2000 are decoded and then reduced by a whole number (of an
  animation a frame that shows something, HEIC's primary picture); a file that ends early is refused.
- RAW: the embedded preview if it is large enough, else the sensor's data; a RAW that is a plain TIFF is read as one.
- EXIF orientation is applied to the reduced picture. Alpha lies on white. 16 bits are scaled to 8. Colour profiles
  become sRGB. Bombs are refused by what their headers say (see `content`).
"""

from pathlib import Path

from engine.errors import PhotoError
from engine.scan.codecs import read_jp2, read_jxl
from engine.scan.content import PhotoContent
from engine.scan.decoder_errors import DECODER_ERRORS, damaged
from engine.scan.formats import Kind, kind_of
from engine.scan.heif import read_heif
from engine.scan.jpeg import read_jpeg
from engine.scan.packages import RAW
from engine.scan.purpose import Wish
from engine.scan.quiet_decoders import quiet_decoders
from engine.scan.raw import read_raw
from engine.scan.raw_tiff import is_raw_tiff
from engine.scan.still import read_still
from engine.scan.tiff import read_tiff


def decode_here(data: bytes, wish: Wish) -> PhotoContent:
    """Decode a photo in this process. Raises `PhotoError` with a sentence that does not name the file."""
    quiet_decoders()
    kind = kind_of(data)
    try:
        if kind is Kind.JPEG:
            return read_jpeg(data, wish)
        if kind is Kind.TIFF:
            return _read_tiff_or_raw(data, wish)
        if kind is Kind.RAW:
            return read_raw(data, wish)
        if kind is Kind.HEIF:
            return read_heif(data, wish)
        if kind is Kind.JXL:
            return read_jxl(data, wish)
        if kind is Kind.JP2:
            return read_jp2(data, wish)
        return read_still(kind, data, wish)
    except DECODER_ERRORS as error:
        raise damaged(kind.value, error) from error


def decode_large_tiff(path: Path, wish: Wish) -> PhotoContent:
    """Decode a TIFF that is too large to be held as bytes. Raises `PhotoError` as `decode_here`."""
    quiet_decoders()
    try:
        return read_tiff(path, wish)
    except DECODER_ERRORS as error:
        raise damaged(Kind.TIFF.value, error) from error


def _read_tiff_or_raw(data: bytes, wish: Wish) -> PhotoContent:
    """Read what most cameras' RAW files are wrapped in; where LibRaw does not know it, it may be a plain TIFF."""
    if not is_raw_tiff(data):
        return read_tiff(data, wish)
    try:
        return read_raw(data, wish)
    except PhotoError as failure:
        if not RAW.is_here():
            raise
        try:
            return read_tiff(data, wish)
        except PhotoError:
            raise failure from None
        except DECODER_ERRORS:
            raise failure from None
