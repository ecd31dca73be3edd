"""What is not pixels never decides whether a picture can be read; what is no picture is not shown."""

import io
import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import imagecodecs
import numpy as np
import pytest
from PIL import Image, ImageCms

from engine.errors import PhotoError
from engine.scan.dates import TakenFrom
from engine.scan.decode import decode
from engine.scan.formats import is_photo
from engine.scan.png import pictures_of_bands, png_parts
from engine.scan.purpose import Purpose, Wish
from engine.scan.readers import decode_here

Encode = Callable[..., bytes]
LARGE = bytes(60_000_000)


def chunk(name: bytes, content: bytes, *, damaged: bool = False) -> bytes:
    check = zlib.crc32(name + content) ^ damaged
    return struct.pack(">I", len(content)) + name + content + check.to_bytes(4, "big")


def with_chunk(png: bytes, extra: bytes) -> bytes:
    """A PNG with something between its header and its picture."""
    return png[:33] + extra + png[33:]


@pytest.mark.parametrize(
    "extra",
    [
        chunk(b"iCCP", b"x\0\0" + zlib.compress(LARGE)),
        chunk(b"iCCP", b"no end"),
        chunk(b"zTXt", b"Comment\0\0" + zlib.compress(LARGE)),
        chunk(b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0" + zlib.compress(LARGE)),
        chunk(b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0damaged"),
        chunk(b"eXIf", b"II*\0\xff\xff\xff\xff"),
        chunk(b"tEXt", b"Software\0" + b"x" * 3_000_000, damaged=True),
        chunk(b"pHYs", b""),
        chunk(b"gAMA", b"\0"),
        chunk(b"zzZz", b"unknown"),
    ],
)
def test_a_png_is_read_whatever_stands_beside_its_picture(scene: Any, encode: Encode, extra: bytes) -> None:
    assert scene.is_shown_by(decode(with_chunk(encode(scene.upright(), "PNG"), extra), side=0).image)


@pytest.mark.parametrize("marker", [b"\xff\xe1", b"\xff\xe2", b"\xff\xed", b"\xff\xfe", b"\xff\xe0"])
@pytest.mark.parametrize(
    "content", [b"", b"Exif\0\0II*\0\xff\xff\xff\xff", b"ICC_PROFILE\0\x07", b"Photoshop 3.0\x008BIM\4"]
)
def test_a_jpeg_is_read_whatever_stands_beside_its_picture(
    scene: Any, encode: Encode, marker: bytes, content: bytes
) -> None:
    data = encode(scene.upright(), "JPEG", quality=95)
    odd = data[:2] + marker + (len(content) + 2).to_bytes(2, "big") + content + data[2:]
    assert scene.is_shown_by(decode(odd, side=0).image)


def test_a_pngs_metadata_counts_where_it_is_sound(scene: Any, encode: Encode) -> None:
    iptc = b"\x1c\x02\x37\0\x08" + b"20120607"
    hexadecimal = b"\niptc\n%8d\n" % len(iptc) + iptc.hex().encode()
    png = encode(scene.stored(6), "PNG", 6)
    content = decode(with_chunk(png, chunk(b"zTXt", b"Raw profile type iptc\0\0" + zlib.compress(hexadecimal))), side=0)
    assert scene.is_shown_by(content.image)
    assert content.taken is not None
    assert (content.taken.at.isoformat(), content.taken.source) == ("2012-06-07T00:00:00", TakenFrom.IPTC)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_bands_of_a_png_are_the_whole(encode: Encode, rng: np.random.Generator, mode: str) -> None:
    noise = Image.fromarray(rng.integers(0, 256, (61, 47, 4), np.uint8))
    picture = noise.convert("L").convert(mode) if mode == "I;16" else noise.convert(mode)
    data = encode(picture, "PNG", **({"transparency": 3} if mode == "P" else {}))
    whole = decode_here(data, Wish(0)).image
    bands = [np.asarray(band.convert("RGBA")) for band in pictures_of_bands(png_parts(data), 9)]
    joined = Image.fromarray(np.concatenate(bands))
    ground = Image.new("RGBA", joined.size, "white")
    assert (np.asarray(Image.alpha_composite(ground, joined).convert("RGB")).astype(int) - whole).max() <= 1


def test_large_pngs_are_read_in_bands(encode: Encode, monkeypatch: pytest.MonkeyPatch, scene: Any) -> None:
    data = encode(scene.upright().resize((960, 640)), "PNG")
    wanted = decode_here(data, Wish(200)).image
    monkeypatch.setattr("engine.scan.still.LARGE_MEMORY", 100)
    monkeypatch.setattr("engine.scan.still._BAND_ROWS_OF", 50_000)
    assert (decode_here(data, Wish(200)).image == wanted).all()
    with pytest.raises(PhotoError, match="early"):
        decode_here(data[: len(data) // 2], Wish(200))


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG", "AVIF"])
@pytest.mark.parametrize("colour", ["black", "white", (120, 130, 140)])
def test_of_an_animation_a_frame_that_shows_something_is_taken(
    scene: Any, encode: Encode, kind: str, colour: Any
) -> None:
    blank = Image.new("RGB", (scene.width, scene.height), colour)
    faint = Image.blend(blank, scene.upright(), 0.06)
    data = encode(blank, kind, save_all=True, append_images=[blank.copy(), faint, scene.upright(), blank.copy()])
    assert scene.is_shown_by(decode(data, side=0).image, tolerance=40)
    alone = decode(encode(blank, kind, save_all=True, append_images=[Image.new("RGB", blank.size, colour)]), side=0)
    assert np.ptp(alone.image) < 40


def test_jpeg_xl_and_jpeg_2000_are_read(scene: Any, encode: Encode) -> None:
    pixels = np.asarray(scene.upright())
    jxl = imagecodecs.jpegxl_encode(pixels, lossless=True)
    for data in (jxl, imagecodecs.jpegxl_encode(pixels, level=95), encode(scene.upright(), "JPEG2000")):
        content = decode(data, side=0)
        assert (content.width, content.height) == (scene.width, scene.height)
        assert scene.is_shown_by(content.image)
        assert is_photo(data[:64])
    large = encode(scene.upright().resize((960, 640)), "JPEG2000")
    assert decode(large, side=200).image.shape == (160, 240, 3)
    for cut in (jxl[:40], large[:200]):
        with pytest.raises(PhotoError):
            decode(cut, side=0)


def swapped_profile() -> bytes:
    """A profile whose red primary is blue's, so that colours change places."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    count = int.from_bytes(profile[128:132], "big")
    entries = {bytes(profile[at : at + 4]): at for at in range(132, 132 + 12 * count, 12)}
    red, blue = entries[b"rXYZ"], entries[b"bXYZ"]
    profile[red + 4 : red + 12], profile[blue + 4 : blue + 12] = (
        profile[blue + 4 : blue + 12],
        profile[red + 4 : red + 12],
    )
    return bytes(profile)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "WEBP", "AVIF"])
@pytest.mark.parametrize("purpose", list(Purpose))
def test_colours_of_a_profile_become_srgb(scene: Any, encode: Encode, kind: str, purpose: Purpose) -> None:
    swapped = Image.merge("RGB", scene.upright().split()[::-1])
    options = {"quality": 95} if kind in ("JPEG", "WEBP", "AVIF") else {}
    data = encode(swapped, kind, icc_profile=swapped_profile(), **options)
    assert scene.is_shown_by(decode(data, side=0, purpose=purpose).image, tolerance=30)


def test_damaged_and_foreign_profiles_change_nothing(scene: Any, encode: Encode) -> None:
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for profile in (b"x" * 500, srgb[:200], srgb, srgb[:16] + b"CMYK" + srgb[20:]):
        data = encode(scene.upright(), "JPEG", quality=95, icc_profile=profile)
        assert (decode(data, side=0).image == decode(encode(scene.upright(), "JPEG", quality=95), side=0).image).all()


@pytest.mark.parametrize("quality", [30, 75])
def test_damage_anywhere_in_a_progressive_jpeg_leaves_what_goes_before(
    encode: Encode, rng: np.random.Generator, quality: int
) -> None:
    coarse = Image.fromarray(rng.integers(0, 256, (8, 12, 3), np.uint8)).resize((240, 160), Image.Resampling.BICUBIC)
    data = encode(coarse, "JPEG", progressive=True, quality=quality)
    whole = decode(data, side=0).image
    scans = [at for at in range(len(data)) if data[at : at + 2] == b"\xff\xda"]
    assert len(scans) > 5
    for end in range(scans[1] + 20, len(data), 211):
        content = decode(data[:end], side=0)
        assert np.abs(content.image.astype(int) - whole).mean() < 40
    for place in range(scans[2], len(data) - 40, 307):
        for rubbish in (b"\xff\xda\0\1\1", b"\xff\xc4\0\4\xff\xff", b"\xff\xd8\xff", b"\xff\xc9\0\2"):
            image = decode(data[:place] + rubbish + data[place:], side=0).image
            assert image.shape == whole.shape
    assert decode(data[:-2], side=0).note == ""


def test_a_large_jpeg_is_read_small(tmp_path: Path) -> None:
    file = io.BytesIO()
    Image.new("L", (20_000, 30_000), 90).save(file, "JPEG", quality=20)
    content = decode(file.getvalue(), side=1920)
    assert (content.width, content.height) == (20_000, 30_000)
    assert content.image.shape == (3750, 2500, 3)
