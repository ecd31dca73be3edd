"""Which files count as photos: by suffix while walking, by content while decoding.

A RAW file and the JPEG that the camera wrote beside it are two photos: each has its own path, size and hash, and either
may be deleted without the other. JPEG 2000, PSD, PPM, ICO, TGA and vector formats are not photos and never listed.
"""

import io
from enum import Enum

from PIL import Image

from engine.errors import PhotoError

# fmt: off
RAW_SUFFIXES = frozenset({
    ".3fr", ".arw", ".cr2", ".cr3", ".crw", ".dcr", ".dng", ".erf", ".fff", ".iiq", ".k25", ".kdc", ".mef", ".mos",
    ".mrw", ".nef", ".nrw", ".orf", ".pef", ".raf", ".raw", ".rw2", ".rwl", ".sr2", ".srf", ".srw", ".x3f",
})
"""Camera RAW files that LibRaw knows."""

PHOTO_SUFFIXES = RAW_SUFFIXES | frozenset({
    ".jpg", ".jpeg", ".jpe", ".jfif", ".mpo", ".png", ".apng", ".webp", ".tif", ".tiff", ".bmp", ".gif", ".avif",
    ".heic", ".heif", ".hif",
})
"""Every suffix that the walk lists, lower case with its dot."""
# fmt: on


class Kind(Enum):
    """What the bytes are, whatever the file is called; the value is the word shown to people."""

    JPEG = "JPEG"
    PNG = "PNG"
    WEBP = "WebP"
    TIFF = "TIFF"
    BMP = "BMP"
    GIF = "GIF"
    AVIF = "AVIF"
    HEIF = "HEIC"
    RAW = "RAW"


def has_photo_suffix(name: str) -> bool:
    """Say whether a file of this name is taken for a photo; upper and lower case are the same."""
    _, dot, suffix = name.rpartition(".")
    return f"{dot}{suffix.lower()}" in PHOTO_SUFFIXES


def kind_of(data: bytes) -> Kind:
    """Tell a photo's format by its first bytes.

    Raises `PhotoError` where the content is none of the formats. A damaged TIFF directory may raise what Pillow raises
    for it (see `failures.DECODER_ERRORS`).
    """
    if not data:
        raise PhotoError("The file is empty.")
    for start, kind in _STARTS:
        if data.startswith(start):
            return Kind.RAW if kind is Kind.TIFF and _is_raw_tiff(data) else kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return Kind.WEBP
    if data[6:14] == b"HEAPCCDR":
        return Kind.RAW
    if data[4:8] == b"ftyp":
        return _kind_of_brands(data)
    if not any(data[:4096]):
        raise PhotoError("The file holds nothing but zeros.", "It was probably not copied to the end.")
    raise PhotoError("The content is not an image of a format that Kinfolk reads.")


_STARTS = (
    (b"\xff\xd8\xff", Kind.JPEG),
    (b"\x89PNG\r\n\x1a\n", Kind.PNG),
    (b"GIF87a", Kind.GIF),
    (b"GIF89a", Kind.GIF),
    (b"BM", Kind.BMP),
    (b"II*\0", Kind.TIFF),
    (b"MM\0*", Kind.TIFF),
    (b"II+\0", Kind.TIFF),
    (b"MM\0+", Kind.TIFF),
    (b"FUJIFILMCCD-RAW", Kind.RAW),
    (b"IIRO", Kind.RAW),
    (b"IIRS", Kind.RAW),
    (b"MMOR", Kind.RAW),
    (b"IIU\0", Kind.RAW),
    (b"FOVb", Kind.RAW),
    (b"\0MRM", Kind.RAW),
)

_AVIF_BRANDS = {b"avif", b"avis"}
_HEIF_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}


def _kind_of_brands(data: bytes) -> Kind:
    """Tell the members of the ISO media family apart by the brands of their `ftyp` box (ISO/IEC 14496-12)."""
    end = min(int.from_bytes(data[:4], "big"), len(data), 256)
    brands = {data[8:12], *(data[at : at + 4] for at in range(16, end - 3, 4))}
    if data[8:12] == b"crx ":
        return Kind.RAW
    if brands & _AVIF_BRANDS:
        return Kind.AVIF
    if brands & _HEIF_BRANDS:
        return Kind.HEIF
    raise PhotoError("The content is a video or another media file, not a photo.")


_NEW_SUBFILE_TYPE, _COMPRESSION, _PHOTOMETRIC, _MAKE, _DNG_VERSION = 254, 259, 262, 271, 50706
_SENSOR_PHOTOMETRICS = {32803, 34892}
_CAMERA_COMPRESSIONS = {32767, 32769, 32770, 34713, 65535}


def _is_raw_tiff(data: bytes) -> bool:
    """Tell a camera's RAW file, which most makers wrap in TIFF, from a TIFF picture.

    CR2 and IIQ carry a mark of their own, DNG a tag. The others start with a camera's picture directory that is a
    thumbnail, or sensor data, or packed in a way of the maker's own.
    """
    if data[2:4] in (b"+\0", b"\0+"):  # BigTIFF: no camera writes it
        return False
    if data[8:10] == b"CR" or data[8:12] in (b"IIII", b"MMMM"):
        return True
    tags = Image.Exif()
    tags.load_from_fp(io.BytesIO(data))
    if _DNG_VERSION in tags:
        return True
    return _MAKE in tags and (
        bool(_number(tags.get(_NEW_SUBFILE_TYPE)) & 1)
        or _number(tags.get(_PHOTOMETRIC)) in _SENSOR_PHOTOMETRICS
        or _number(tags.get(_COMPRESSION)) in _CAMERA_COMPRESSIONS
    )


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0
