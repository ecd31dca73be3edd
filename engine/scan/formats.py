"""Which files count as photos: by suffix while walking, by content while decoding and where a suffix says nothing.

A RAW file and the JPEG that the camera wrote beside it are two photos: each has its own path, size and hash, and either
may be deleted without the other. PSD, PPM, ICO, TGA and vector formats are not photos; a walk counts them as left out.
"""

import mimetypes
from enum import Enum
from functools import lru_cache

from engine.errors import PhotoError
from engine.words import sentence

# fmt: off
RAW_SUFFIXES = frozenset({
    ".3fr", ".arw", ".cr2", ".cr3", ".crw", ".dcr", ".dng", ".erf", ".fff", ".iiq", ".k25", ".kdc", ".mef", ".mos",
    ".mrw", ".nef", ".nrw", ".orf", ".pef", ".raf", ".raw", ".rw2", ".rwl", ".sr2", ".srf", ".srw", ".x3f",
})
"""Camera RAW files that LibRaw knows."""

PHOTO_SUFFIXES = RAW_SUFFIXES | frozenset({
    ".jpg", ".jpeg", ".jpe", ".jfif", ".mpo", ".png", ".apng", ".webp", ".tif", ".tiff", ".bmp", ".gif", ".avif",
    ".heic", ".heif", ".hif", ".jxl", ".jp2", ".j2k", ".j2c", ".jpc", ".jpf", ".jpx",
})
"""Every suffix that the walk lists, lower case with its dot."""

OTHER_PICTURES = frozenset({
    ".psd", ".psb", ".xcf", ".kra", ".afphoto", ".pxd", ".pdn", ".pcx", ".tga", ".ppm", ".pgm", ".pbm", ".pnm", ".pam",
    ".exr", ".hdr", ".dds", ".jxr", ".wdp", ".hdp", ".djvu", ".fpx", ".pcd", ".pict", ".pct", ".sgi", ".ras", ".xbm",
    ".xpm", ".dpx", ".fits", ".dcm", ".qoi", ".flif", ".bpg", ".jls", ".ecw", ".sid", ".mng", ".jng", ".lfp", ".lri",
})
"""Suffixes of pictures that Kinfolk does not read."""

_DRAWINGS = frozenset({".svg", ".svgz", ".ico", ".icns", ".cur", ".ani", ".emf", ".wmf", ".eps", ".ai", ".djv", ".ief"})
"""Pictures that nobody photographed: neither read nor counted."""
# fmt: on


KEPT = "_original"
"""What exiftool puts behind the name of the untouched file that it keeps beside one in which it wrote."""


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
    JXL = "JPEG XL"
    JP2 = "JPEG 2000"
    RAW = "RAW"


class Guess(Enum):
    """What a file's name says of it."""

    PHOTO = "a photo"
    OTHER_PICTURE = "a picture in a format that is not read"
    UNKNOWN = "anything"
    OTHER = "no picture"


def guess(name: str) -> Guess:
    """Say what a file of this name is taken for; upper and lower case are the same."""
    return _guess(name[name.rfind(".") :])


@lru_cache(256)
def _guess(suffix: str) -> Guess:
    """Say the same by the suffix with its dot, or the last letter where there is none: a folder's files have few."""
    suffix = suffix.lower()
    if suffix.endswith(KEPT) and suffix.removesuffix(KEPT) in PHOTO_SUFFIXES:
        return Guess.OTHER
    if suffix in PHOTO_SUFFIXES:
        return Guess.PHOTO
    if suffix in OTHER_PICTURES:
        return Guess.OTHER_PICTURE
    known, _ = mimetypes.guess_type(f"x{suffix}", strict=False)
    if suffix in _DRAWINGS or (known is not None and not known.startswith("image/")):
        return Guess.OTHER
    return Guess.UNKNOWN


def has_photo_suffix(name: str) -> bool:
    """Say whether a file of this name is taken for a photo whatever it holds."""
    return guess(name) is Guess.PHOTO


HEAD = 64
"""Bytes that tell whether a file holds a photo."""


def is_photo(head: bytes) -> bool:
    """Say whether a file that begins with these `HEAD` bytes is a photo, whatever it is called.

    Not by two letters, as BMP would be, and not by the brand that videos share with HEIC.
    """
    if head[:3] == b"\xff\xd8\xff" or head[:8] == b"\x89PNG\r\n\x1a\n" or head.startswith(_SURE_STARTS):
        return True
    if head[:2] == b"BM":
        return len(head) >= 30 and head[6:10] == bytes(4) and head[14:18] in _BMP_HEADERS and head[26:28] == b"\1\0"
    try:
        return kind_of(head) in (Kind.HEIF, Kind.AVIF, Kind.WEBP, Kind.JXL, Kind.JP2, Kind.GIF)
    except PhotoError:
        return False


_SURE_STARTS = (b"II*\0", b"MM\0*", b"FUJIFILMCCD-RAW", b"IIRO", b"IIRS", b"FOVb", b"\0MRM")
_BMP_HEADERS = tuple(size.to_bytes(4, "little") for size in (12, 40, 52, 56, 64, 108, 124))


def kind_of(data: bytes) -> Kind:
    """Tell a photo's format by its first bytes.

    A camera's RAW file that is wrapped in TIFF counts as TIFF here: `is_raw_tiff` tells. Raises `PhotoError` where the
    content is none of the formats.
    """
    if not data:
        raise PhotoError(sentence("The file is empty."))
    for start, kind in _STARTS:
        if data.startswith(start):
            return kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return Kind.WEBP
    if data[6:14] == b"HEAPCCDR":
        return Kind.RAW
    if data[4:8] == b"ftyp":
        return _kind_of_brands(data)
    if not any(data[:4096]):
        raise PhotoError(
            sentence("The file holds nothing but zeros."), sentence("It was probably not copied to the end.")
        )
    raise PhotoError(sentence("The content is not an image of a format that Kinfolk reads."))


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
    (b"\xff\x0a", Kind.JXL),
    (b"\0\0\0\x0cJXL \r\n\x87\n", Kind.JXL),
    (b"\0\0\0\x0cjP  \r\n\x87\n", Kind.JP2),
    (b"\xff\x4f\xff\x51", Kind.JP2),
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
    raise PhotoError(sentence("The content is a video or another media file, not a photo."))


def is_tiff(head: bytes) -> bool:
    """Say whether a file that begins so is a TIFF or a BigTIFF."""
    return head[:4] in (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
