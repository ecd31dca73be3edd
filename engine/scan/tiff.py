"""TIFF 6.0 with BigTIFF and the extensions that people meet, opened by tifffile and imagecodecs.

Strips and tiles are read one after another and reduced at once, so that a picture may be larger than the memory. What
tifffile does not know (JPEG of the old kind, subsampled colours without JPEG) is left to Pillow's libtiff.
"""

import io
from collections.abc import Iterator
from pathlib import Path

from PIL import Image as Pillow
from PIL.TiffImagePlugin import TiffImageFile
from tifffile import TiffFile, TiffFileError, TiffPage

from engine.errors import PhotoError
from engine.geometry import Image
from engine.scan.colour import useful
from engine.scan.content import PhotoContent, room_for
from engine.scan.decoder_errors import DECODER_ERRORS
from engine.scan.metadata import Parts, taken_by, turn_of
from engine.scan.pixels import to_array, upright, upright_size
from engine.scan.purpose import Wish
from engine.scan.tiff_colour import to_picture
from engine.scan.tiff_samples import memory_of, read_samples
from engine.words import sentence

_ORIENTATION, _XMP, _IPTC, _PHOTOSHOP, _ICC = 274, 700, 33723, 34377, 34675
_SMALL = 640
"""Pixels. A first page whose longer side is below this may be a preview though nothing says so."""

_MUCH_LARGER = 2.0
_PILLOW_BYTES = 10
_MOST_PAGES = 64


def read_tiff(source: bytes | Path, wish: Wish) -> PhotoContent:
    """Decode a TIFF's first picture that is no preview, reduced by a whole number to at least the size wished.

    Raises `PhotoError`, and what the decoders raise for damage.
    """
    try:
        with TiffFile(io.BytesIO(source) if isinstance(source, bytes) else source) as file:
            page = chosen_page(file)
            found = _metadata(file, page)
            exif = _exif(source)
            turn = _turn(page, exif)
            image = _pixels(source, page, wish, found)
            width, height = upright_size((page.imagewidth, page.imagelength), turn)
            taken = taken_by(exif, found.iptc, found.xmp)
            return PhotoContent(upright(image, turn), width, height, taken)
    except TiffFileError as error:
        raise PhotoError(sentence("The TIFF picture is damaged: its directory cannot be read.")) from error


def chosen_page(file: TiffFile) -> TiffPage:
    """Return the page that is the picture: not one that says that it is reduced, nor a small copy of a later one."""
    pages = [page for page in _pages(file) if page.imagewidth > 0 and page.imagelength > 0 and not page.is_mask]
    if not pages:
        raise PhotoError(sentence("The TIFF has no picture in it."))
    whole = [page for page in pages if not page.is_reduced]
    if not whole:
        return max(pages, key=_area)
    first = whole[0]
    if first is not pages[0]:  # what stands before is a preview, so what follows it may be one picture in several sizes
        return max((page for page in whole if _is_alike(page, first)), key=_area)
    larger = [page for page in whole if _is_alike(page, first) and _longer(page) >= _MUCH_LARGER * _longer(first)]
    return max(larger, key=_area) if larger and _longer(first) < _SMALL else first


def _pages(file: TiffFile) -> Iterator[TiffPage]:
    """Yield the pages and those that stand below them, as far as they can be read."""
    for number in range(_MOST_PAGES):
        try:
            page = file.pages[number]
        except DECODER_ERRORS:
            return
        if not isinstance(page, TiffPage):
            page = page.aspage()
        yield page
        try:
            below = list(page.pages or ())[:_MOST_PAGES]
        except DECODER_ERRORS:
            continue
        yield from (each if isinstance(each, TiffPage) else each.aspage() for each in below)


def _area(page: TiffPage) -> int:
    return int(page.imagewidth * page.imagelength)


def _longer(page: TiffPage) -> int:
    return int(max(page.imagewidth, page.imagelength))


def _is_alike(page: TiffPage, other: TiffPage) -> bool:
    """Say whether two pages have one shape, as a picture and its preview have."""
    one, two = page.imagewidth / page.imagelength, other.imagewidth / other.imagelength
    return bool(abs(one - two) <= 0.05 * two)


def _pixels(source: bytes | Path, page: TiffPage, wish: Wish, found: Parts) -> Image:
    size = (page.imagewidth, page.imagelength)
    scale = wish.scale_for(size)
    profile = useful(found.icc, wish.purpose)
    with room_for(size, memory_of(page, scale)):
        try:
            samples = read_samples(page, scale)
        except DECODER_ERRORS:
            if page.bitspersample > 8:  # Pillow takes more bits for what they are not
                raise
            samples = None
        if samples is not None:
            return to_array(to_picture(samples), 1, profile)
    with room_for(size, _PILLOW_BYTES * size[0] * size[1]):
        picture = TiffImageFile(io.BytesIO(source) if isinstance(source, bytes) else source)
        picture.load()
        return to_array(picture, wish.scale_for(picture.size), profile)


def _metadata(file: TiffFile, page: TiffPage) -> Parts:
    """Return the blocks of metadata of the chosen page, or else of the first one."""
    first = file.pages[0]
    pages = [page, first] if isinstance(first, TiffPage) else [page]
    return Parts(
        xmp=_block(pages, _XMP),
        iptc=_block(pages, _IPTC) or _block(pages, _PHOTOSHOP),
        icc=_block([page], _ICC),
    )


def _block(pages: list[TiffPage], tag: int) -> bytes:
    for page in pages:
        try:
            value = page.tags.valueof(tag)
        except DECODER_ERRORS:
            continue
        if isinstance(value, bytes | bytearray):
            return bytes(value)
        if isinstance(value, str):
            return value.encode("utf-8", "replace")
        if isinstance(value, tuple) and all(isinstance(number, int) for number in value):
            return b"".join((number & 0xFFFFFFFF).to_bytes(4, "little") for number in value)
    return b""


def _exif(source: bytes | Path) -> Pillow.Exif:
    """Return the tags of the first directory and those that it points to; none where they cannot be read."""
    exif = Pillow.Exif()
    try:
        if isinstance(source, bytes):
            exif.load_from_fp(io.BytesIO(source))
        else:
            with source.open("rb") as file:
                exif.load_from_fp(file)
                dict(exif.get_ifd(0x8769))
                dict(exif.get_ifd(0x8825))
    except DECODER_ERRORS:
        return Pillow.Exif()
    return exif


def _turn(page: TiffPage, exif: Pillow.Exif) -> int:
    try:
        value = int(page.tags.valueof(_ORIENTATION, default=0))
    except DECODER_ERRORS:
        value = 0
    return value if 1 <= value <= 8 else turn_of(exif)
