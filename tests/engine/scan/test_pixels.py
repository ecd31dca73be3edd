"""Every mode of pixels comes out as eight-bit RGB with the right values."""

import io
import struct
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageCms

from engine.errors import PhotoError
from engine.scan.decode import decode, read_photo
from engine.scan.pixels import reduced, to_array
from engine.scan.purpose import Purpose, Wish
from tests.portraits import portrait

Encode = Callable[..., bytes]
RAMP = np.linspace(0, 255, 256).astype(np.uint8)


def near(image: np.ndarray[Any, Any], wanted: np.ndarray[Any, Any], tolerance: float) -> bool:
    return bool(np.abs(image.astype(float) - wanted).max() <= tolerance)


@pytest.mark.parametrize("scale", [1, 2, 3, 5, 8])
@pytest.mark.parametrize("size", [(48, 64), (49, 65), (47, 3), (1, 70), (7, 7), (1, 1)], ids=str)
def test_reducing_averages_blocks_as_pillow_does(rng: np.random.Generator, size: tuple[int, int], scale: int) -> None:
    image = rng.integers(0, 256, (*size, 3)).astype(np.uint8)
    smaller = reduced(image, scale)
    wanted = np.asarray(Image.fromarray(image).reduce(scale))
    assert smaller.shape == wanted.shape
    assert near(smaller, wanted, 1)
    assert not np.shares_memory(smaller, image), "its decoder may take the memory back"


@pytest.mark.parametrize("kind", ["PNG", "TIFF"])
def test_sixteen_bit_grey_is_scaled_not_clipped(encode: Encode, kind: str) -> None:
    ramp = np.tile(np.linspace(0, 65535, 256).astype(np.uint16), (8, 1))
    image = decode(encode(Image.fromarray(ramp), kind), side=0).image
    assert near(image[0, :, 0], RAMP, 1)
    assert (image[..., 0] == image[..., 2]).all()


def test_big_endian_sixteen_bit_grey(encode: Encode) -> None:
    ramp = np.tile(np.linspace(0, 65535, 256).astype(">u2"), (8, 1))
    picture = Image.frombytes("I;16B", (256, 8), ramp.tobytes())
    assert near(decode(encode(picture, "TIFF"), side=0).image[0, :, 1], RAMP, 1)


@pytest.mark.parametrize("name", ["ramp.png", "ramp.tif"])
def test_sixteen_bit_colour_is_scaled_not_clipped(name: str) -> None:
    cv2 = pytest.importorskip("cv2")
    ramp = np.zeros((8, 256, 3), np.uint16)
    ramp[..., 2], ramp[..., 1] = np.linspace(0, 65535, 256), 30000  # OpenCV writes blue, green, red
    _, data = cv2.imencode(Path(name).suffix, ramp)
    image = decode(data.tobytes(), side=0).image
    assert near(image[0, :, 0], RAMP, 1)
    assert near(image[0, :, 1], np.full(256, 30000 / 257), 1)
    assert (image[..., 2] == 0).all()


def test_real_numbers_from_0_to_1_keep_their_scale_and_others_are_spread(encode: Encode) -> None:
    unit = np.tile(np.linspace(0.25, 0.75, 256, dtype=np.float32), (4, 1))
    assert near(decode(encode(Image.fromarray(unit), "TIFF"), side=0).image[0, :, 0], unit[0] * 255, 1)
    wide = unit * 4000 - 1000
    wide[1, 0] = np.nan
    image = decode(encode(Image.fromarray(wide), "TIFF"), side=0).image
    assert near(image[0, :, 0], RAMP, 2)
    assert image[1, 0, 0] == 0


def test_whole_numbers_of_32_bits_are_spread(encode: Encode) -> None:
    numbers = np.tile(np.linspace(0, 10**6, 256).astype(np.int32), (4, 1))
    assert near(decode(encode(Image.fromarray(numbers), "TIFF"), side=0).image[0, :, 0], RAMP, 2)


def test_one_bit_is_black_and_white(encode: Encode) -> None:
    picture = Image.fromarray(np.tile([False, True], (8, 8)))
    for kind in ("PNG", "TIFF", "BMP"):
        image = decode(encode(picture, kind), side=0).image
        assert set(np.unique(image)) == {0, 255}


@pytest.mark.parametrize("kind", ["JPEG", "TIFF"])
def test_cmyk(scene: Any, encode: Encode, kind: str) -> None:
    picture = scene.upright().convert("CMYK")
    options = {"quality": 95} if kind == "JPEG" else {}
    assert scene.is_shown_by(decode(encode(picture, kind, **options), side=0).image)


def test_lab_is_converted_by_its_meaning(scene: Any, encode: Encode) -> None:
    to_lab = ImageCms.buildTransform(ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"), "RGB", "LAB")
    picture = ImageCms.applyTransform(scene.upright(), to_lab)
    assert picture is not None
    assert scene.is_shown_by(decode(encode(picture, "TIFF"), side=0).image, tolerance=12)


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "TIFF", "AVIF"])
def test_transparent_parts_become_white(scene: Any, encode: Encode, kind: str) -> None:
    picture = scene.upright()
    alpha = Image.new("L", picture.size, 255)
    alpha.paste(0, (0, 0, scene.width, 10))
    picture.putalpha(alpha)
    image = decode(encode(picture, kind, **({"lossless": True} if kind == "WEBP" else {})), side=0).image
    assert (image[:8] > 240).all()
    assert scene.is_shown_by(image)


def test_half_transparent_black_is_mid_grey(encode: Encode) -> None:
    for mode, value in (("RGBA", (0, 0, 0, 128)), ("LA", (0, 128))):
        image = decode(encode(Image.new(mode, (8, 8), value), "PNG"), side=0).image
        assert near(image, np.full((8, 8, 3), 127), 1)


def test_palettes_with_and_without_a_transparent_entry(scene: Any, encode: Encode) -> None:
    palette = scene.upright().quantize(8)
    for kind in ("PNG", "GIF", "BMP", "TIFF"):
        assert scene.is_shown_by(decode(encode(palette, kind), side=0).image)
    blue = int(palette.getpixel((4, scene.height - 4)))
    for kind in ("PNG", "GIF"):
        image = decode(encode(palette, kind, transparency=blue), side=0).image
        assert (image[-4, 4] == 255).all()
        assert tuple(image[4, 4]) == pytest.approx(scene.colours[0], abs=3)


def test_a_reduced_palette_mixes_colours_not_indices(encode: Encode) -> None:
    stripes = np.zeros((64, 64, 3), np.uint8)
    stripes[:, ::2] = 255
    data = encode(Image.fromarray(stripes).quantize(4), "PNG")
    assert near(decode(data, side=32).image, np.full((32, 32, 3), 128), 1)


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG", "AVIF", "TIFF"])
def test_the_first_frame_or_page_is_taken(scene: Any, encode: Encode, kind: str) -> None:
    others = [Image.new("RGB", (scene.width, scene.height), colour) for colour in ("black", "white")]
    data = encode(scene.upright(), kind, save_all=True, append_images=others)
    assert scene.is_shown_by(decode(data, side=0).image)


def test_the_first_picture_of_an_mpo_is_taken(scene: Any, encode: Encode) -> None:
    other = Image.new("RGB", (scene.width, scene.height))
    data = encode(scene.upright(), "MPO", save_all=True, append_images=[other], quality=95)
    assert scene.is_shown_by(decode(data, side=0).image)


def test_the_primary_picture_of_a_heic_is_taken(scene: Any) -> None:
    heif = pytest.importorskip("pillow_heif", reason="needs the extra kinfolk[heif]")
    container = heif.from_pillow(Image.new("RGB", (32, 32)))
    container.add_from_pillow(scene.upright())
    file = io.BytesIO()
    container.save(file, quality=95, primary_index=1)
    content = decode(file.getvalue(), side=0)
    assert (content.width, content.height) == (scene.width, scene.height)
    assert scene.is_shown_by(content.image)


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
@pytest.mark.parametrize("side", [0, 1, 30, 100, 250, 499, 500, 501, 1000, 9000])
def test_the_image_is_no_smaller_than_asked_and_no_larger_than_needed(encode: Encode, kind: str, side: int) -> None:
    content = decode(encode(Image.new("RGB", (1001, 333), "teal"), kind), side=side)
    longest = max(content.image.shape[:2])
    assert (content.width, content.height) == (1001, 333)
    assert longest >= min(side or 1001, 1001)
    assert longest == 1001 or longest < 2 * side + 8 or (kind == "JPEG" and longest == -(-1001 // 8))


def test_scales_are_whole_numbers() -> None:
    assert [Wish(side).scale_for((4000, 3000)) for side in (0, 1333, 1334, 2000, 2001, 9000)] == [1, 3, 2, 2, 1, 1]


def test_a_long_picture_keeps_the_detail_of_a_usual_one_where_faces_are_searched() -> None:
    assert Wish(1920).scale_for((15_500, 1900)) == 8
    for size in ((15_500, 1900), (1900, 15_500), (2850, 1900)):
        assert Wish(1920, Purpose.SEARCHED).scale_for(size) == 1
    assert Wish(1920, Purpose.SEARCHED).scale_for((80_000, 4000)) == Wish(1920).scale_for((6000, 4000)) == 3


def test_large_pictures_are_the_same_in_bands(monkeypatch: pytest.MonkeyPatch, rng: np.random.Generator) -> None:
    noise = Image.fromarray(rng.integers(0, 256, (67, 41, 4), np.uint8))
    for mode in ("RGB", "RGBA", "L", "LA", "P", "CMYK", "1", "F", "I;16"):
        picture = noise.convert("L").convert(mode) if mode in ("F", "I;16") else noise.convert(mode)
        for scale in (1, 2):
            whole = to_array(picture, scale)
            with monkeypatch.context() as small:
                small.setattr("engine.scan.pixels._BAND", 41 * 7)
                assert (to_array(picture, scale) == whole).all(), mode


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("BMP", {}), ("GIF", {}), ("JPEG", {"progressive": True}), ("PNG", {}), ("TIFF", {}), ("WEBP", {}),
        ("AVIF", {}), ("MPO", {}), ("TIFF", {"big_tiff": True}),
        *(("TIFF", {"compression": name}) for name in ("tiff_lzw", "tiff_adobe_deflate", "lzma", "jpeg", "zstd")),
    ],
)  # fmt: skip
def test_one_portrait_in_many_encodings_looks_the_same(encode: Encode, kind: str, options: dict[str, Any]) -> None:
    wanted = portrait("hopper", 128)
    image = decode(encode(Image.fromarray(wanted), kind, **options), side=0).image
    assert image.shape == wanted.shape
    assert np.abs(image.astype(int) - wanted).mean() < 12


def test_encodings_of_many_programs_look_the_same(shared_data: Path) -> None:
    folder = shared_data / "formats" / "pillow"
    _, wanted = read_photo(folder / "hopper.png", side=0)
    for name in (
        "hopper.bmp", "hopper.gif", "hopper.jpg", "hopper.tif", "hopper.webp", "hopper.Lab.tif",
        "hopper_bigtiff.tif", "hopper_lzma.tif", "hopper_lzw.tif", "hopper_jpg.tif", "hopper_rle8.bmp",
        "hopper_idat_after_image_end.png", "hopper_16bit_qtables.jpg", "hopper_float_dpi_2.tif",
        "hopper_orientation_5.jpg", "hopper_orientation_7.webp", "hopper_zero_comment_subblocks.gif",
    ):  # fmt: skip
        _, content = read_photo(folder / name, side=0)
        assert content.image.shape == wanted.image.shape, name
        assert np.abs(content.image.astype(int) - wanted.image).mean() < 12, name


def test_twelve_bits_in_tiff_use_the_whole_scale() -> None:
    values = np.linspace(0, 4095, 256).astype(int)
    packed = b"".join(
        (int(a) << 12 | int(b)).to_bytes(3, "big") for a, b in zip(values[::2], values[1::2], strict=True)
    )
    entries = {256: 256, 257: 1, 258: 12, 259: 1, 262: 1, 273: 122, 277: 1, 278: 1, 279: len(packed)}
    directory = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in entries.items())
    data = b"II*\0\x08\0\0\0" + struct.pack("<H", len(entries)) + directory + bytes(4)
    assert near(decode(data + packed, side=0).image[0, :, 0], RAMP, 1)


def test_inverted_cmyk_as_adobe_writes_it(shared_data: Path) -> None:
    folder = shared_data / "formats" / "pillow"
    inverted, plain = (read_photo(folder / f"pil_sample_{mode}.jpg", side=0)[1].image for mode in ("cmyk", "rgb"))
    assert np.abs(inverted.astype(int) - plain).mean() < 12


@pytest.mark.parametrize(("package", "start"), [("rawpy", b"IIRO"), ("pillow_heif", b"\0\0\0\x14ftypheic")])
def test_without_its_package_a_format_says_which_to_install(
    monkeypatch: pytest.MonkeyPatch, package: str, start: bytes
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    monkeypatch.setitem(sys.modules, "pi_heif", None)  # it would do instead
    with pytest.raises(PhotoError, match=f"need the package {package.replace('_', '-')}") as error:
        decode(start + bytes(64), side=0)
    assert error.value.hint == f"Install it with: pip install {package.replace('_', '-')}"
