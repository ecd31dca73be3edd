"""Photos of each format with one packet inside."""

import struct
from pathlib import Path

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from PIL.TiffImagePlugin import ImageFileDirectory_v2

from engine.geometry import Box
from tests.packets import mwg, packet, with_packet

ADA = ("Ada", Box(0.1, 0.2, 0.2, 0.25))
XMP = packet(mwg(ADA))


def _exif(orientation: int) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = orientation
    return exif


def _tags(orientation: int) -> ImageFileDirectory_v2:
    tags = ImageFileDirectory_v2()
    tags[274] = orientation
    tags[700] = XMP
    return tags


def _raw_like(path: Path) -> Path:
    """A TIFF's head alone, as RAW files begin: a packet and an orientation in the first directory."""
    entries = [(274, 3, 1, struct.pack("<HH", 6, 0)), (700, 1, len(XMP), struct.pack("<I", 100))]
    table = struct.pack("<H", len(entries)) + b"".join(struct.pack("<HHI", *entry[:3]) + entry[3] for entry in entries)
    path.write_bytes((b"II*\0" + struct.pack("<I", 8) + table + bytes(4)).ljust(100, b"\0") + XMP)
    return path


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """One small photo of each format, turned by EXIF's 6, with a region "Ada"."""
    made = []
    picture = Image.new("RGB", (64, 32), "navy")
    for suffix in ("webp", "tif", "avif"):
        path = tmp_path / f"photo.{suffix}"
        given = {"tiffinfo": _tags(6)} if suffix == "tif" else {"xmp": XMP, "exif": _exif(6)}
        picture.save(path, **given)
        made.append(path)
    return [
        *made,
        _jpeg(tmp_path / "photo.jpg", picture),
        _png(tmp_path / "photo.png", picture),
        _raw_like(tmp_path / "photo.dng"),
    ]


def _jpeg(path: Path, picture: Image.Image) -> Path:
    picture.save(path, exif=_exif(6))
    return with_packet(path, XMP)


def _png(path: Path, picture: Image.Image) -> Path:
    info = PngInfo()
    info.add_itxt("XML:com.adobe.xmp", XMP.decode())
    picture.save(path, exif=_exif(6), pnginfo=info)
    return path
