"""JPEG, by far the most common photo: scaled down inside the decoder (DCT scaling), so that less is computed.

libjpeg-turbo does all of it, through its own door (simplejpeg), which writes RGB straight into one array. What is
damaged is read as far as it goes: a progressive picture from the scans that are whole.
"""

import numpy as np
import simplejpeg
from PIL import Image as Pillow

from engine.errors import PhotoError
from engine.geometry import Image
from engine.scan.colour import profiled, useful
from engine.scan.content import PhotoContent, room_for
from engine.scan.jpeg_parts import JpegParts, parts_of
from engine.scan.metadata import Parts, orientation_of, taken_of
from engine.scan.pixels import upright, upright_size
from engine.scan.purpose import Wish
from engine.words import sentence

_END_OF_IMAGE = b"\xff\xd9"

MAX_SCANS = 500
"""More scans than these nobody writes but to keep a decoder busy: ten are usual, and libjpeg-turbo's own fuzzers stop
at 500."""

TRIES = 40
"""Scans before which a damaged progressive picture is cut off, one after another from its end."""

SCANNED_PIXELS = 2_500_000_000
"""Pixels times scans that are read of a picture in very many scans; 64 megapixels in ten are 640 million."""

LEAST_SCANS = 12

_GREY = 128
EARLY = sentence("The file ends early: only a part of the picture could be read.")
CUT = sentence(
    "The picture comes in very many scans, of which only the first were read: it may be less sharp than it is."
)
DAMAGED = sentence("The file is damaged: only a part of the picture could be read.")


def read_jpeg(data: bytes, wish: Wish, *, orientation: int | None = None) -> PhotoContent:
    """Decode a JPEG, or the first picture of an MPO, at 1/1, 1/2, 1/4 or 1/8.

    The smallest scale is taken whose longest side is still as long as is wished. `orientation` (EXIF's) comes
    before the file's own. A file that ends early or is damaged is read as far as it goes, the rest stays grey, and the
    content's `note` says so. Raises `PhotoError` for a bomb and for what cannot be read at all.
    """
    parts = parts_of(data)
    if parts.frame is None:
        raise PhotoError(sentence("The JPEG ends before its picture begins, or its header is damaged."))
    size, scale = (parts.frame.width, parts.frame.height), scale_of(parts, wish)
    refuse_too_many_scans(parts)
    with room_for(size, memory_of(parts, wish)):
        found = Parts(exif=parts.exif, xmp=parts.xmp, iptc=parts.photoshop)
        turn = orientation_of(found) if orientation is None else orientation
        width, height = upright_size(size, turn)
        shorter = _without_last_scans(parts)
        image, note = _pixels(shorter, scale)
        if shorter is not parts:
            note = note or CUT
        return PhotoContent(
            upright(profiled(image, useful(parts.icc, wish.purpose)), turn), width, height, taken_of(found), note
        )


def upright_jpeg_size(data: bytes) -> tuple[int, int] | None:
    """Return (width, height) of the upright photo as the header says; None where it is no JPEG or has no header."""
    if not data.startswith(b"\xff\xd8\xff"):
        return None
    parts = parts_of(data)
    if parts.frame is None or not parts.frame.width or not parts.frame.height:
        return None
    return upright_size((parts.frame.width, parts.frame.height), orientation_of(Parts(exif=parts.exif)))


def scale_of(parts: JpegParts, wish: Wish) -> int:
    """Return the decoder's scale, 1, 2, 4 or 8, for a picture as large as is wished."""
    if parts.frame is None:
        return 1
    wanted = wish.scale_for((parts.frame.width, parts.frame.height))
    return max(step for step in (1, 2, 4, 8) if step <= wanted)


def memory_of(parts: JpegParts, wish: Wish) -> int:
    """Return the bytes that decoding takes: the pixels, once more to turn them, and all coefficients if need be."""
    if parts.frame is None:
        return 0
    scale = scale_of(parts, wish)
    pixels = -(-parts.frame.width // scale) * -(-parts.frame.height // scale)
    return 6 * pixels + (parts.frame.coefficients if parts.is_buffered else 0)


def refuse_too_many_scans(parts: JpegParts) -> None:
    """Raise `PhotoError` for a picture of more scans than `MAX_SCANS`."""
    if parts.is_buffered and len(parts.scans) > MAX_SCANS:
        message = sentence(
            "The JPEG comes in {scans:,} scans; Kinfolk reads up to {most}.",
            scans=len(parts.scans),
            most=MAX_SCANS,
        )
        raise PhotoError(message, sentence("A file may do so only to keep programs busy."))


def _without_last_scans(parts: JpegParts) -> JpegParts:
    """Return the picture's first scans, where all of them would take long; else the very same."""
    if parts.frame is None or not parts.is_buffered:
        return parts
    most = max(LEAST_SCANS, SCANNED_PIXELS // max(1, parts.frame.width * parts.frame.height))
    return parts if len(parts.scans) <= most else parts_of(parts.bare(parts.scans[most]))


def _pixels(parts: JpegParts, scale: int) -> tuple[Image, str]:
    """Return the pixels as stored, rows × columns × 3, and a sentence where some are missing."""
    space = _space_of(parts)
    whole = _strict(parts.data, parts, scale, space)
    if whole is None and not parts.has_end:
        whole = _strict(parts.data + _END_OF_IMAGE, parts, scale, space)
    if whole is not None:
        return _as_rgb(whole), ""
    image, is_cut = _tolerant(parts, scale, space)
    if image is None or (not parts.has_end and _is_one_grey(image[16:])):
        raise PhotoError(sentence("The file ends before its picture begins."))
    note = DAMAGED if is_cut else "" if parts.has_end else EARLY
    return _as_rgb(image), note


def _space_of(parts: JpegParts) -> str:
    return "CMYK" if parts.frame is not None and len(parts.frame.sampling) == 4 else "RGB"


def _strict(data: bytes, parts: JpegParts, scale: int, space: str) -> Image | None:
    """Decode what the decoder has nothing to say against; None where it has."""
    rows, columns = _scaled_size(parts, scale)
    try:
        height, width, *_ = simplejpeg.decode_jpeg_header(data)
        if parts.frame is None or (width, height) != (parts.frame.width, parts.frame.height):
            return None
        image = simplejpeg.decode_jpeg(data, space, min_height=rows, min_width=columns)
    except ValueError:
        return None
    return image if image.shape[:2] == (rows, columns) else None


def _tolerant(parts: JpegParts, scale: int, space: str) -> tuple[Image | None, bool]:
    """Decode as far as the file goes, without the last scans where they are what stops the decoder (then True).

    What the decoder never wrote stays grey: it leaves the array alone where it gives up.
    """
    rows, columns = _scaled_size(parts, scale)
    ends = [len(parts.data), *(parts.scans[:0:-1][:TRIES] if parts.is_buffered else ())]
    for end in ends:
        image = np.full((rows, columns, 4 if space == "CMYK" else 3), _GREY, np.uint8)
        try:
            simplejpeg.decode_jpeg(
                parts.bare(end),
                space,
                min_height=rows,
                min_width=columns,
                buffer=image.reshape(-1),
                strict=False,
            )
        except ValueError:
            continue
        if not (image == _GREY).all():
            return image, end != ends[0]
    return None, False


def _scaled_size(parts: JpegParts, scale: int) -> tuple[int, int]:
    if parts.frame is None:
        return 0, 0
    return -(-parts.frame.height // scale), -(-parts.frame.width // scale)


def _is_one_grey(rest: Image) -> bool:
    """Say whether below a first row of blocks there is nothing: the decoder fills what is missing with one grey."""
    return not rest.size or bool((rest == rest[0, 0]).all())


def _as_rgb(image: Image) -> Image:
    """Turn CMYK, which Adobe's programs write inverted and everybody reads so, into RGB by the plain formula."""
    if image.shape[2] == 3:
        return image
    return np.asarray(Pillow.fromarray(255 - image, "CMYK").convert("RGB"))
