"""TIFFs of every kind of sample, layout and compression show the picture that was written."""

import io
import itertools
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tifffile
from PIL import Image, ImageCms

from engine.errors import PhotoError
from engine.scan.purpose import Wish
from engine.scan.readers import decode_here
from tests import imagemagick

WHOLE = Wish(0)


@pytest.fixture(scope="module")
def picture(scene: Any) -> np.ndarray[Any, Any]:
    """A drawn scene whose size is no multiple of a tile's."""
    return np.asarray(scene.upright().resize((97, 61)))


def as_samples(unit: np.ndarray[Any, Any], kind: str) -> np.ndarray[Any, Any]:
    """Numbers from 0 to 1 as samples of a numpy type, over all that it can hold (real numbers: as they are)."""
    if kind.startswith("f"):
        return unit.astype(kind)
    limits = np.iinfo(kind)
    return np.round(unit * (float(limits.max) - limits.min) + limits.min).astype(kind)


def written(samples: np.ndarray[Any, Any], photometric: str, **options: Any) -> bytes:
    file = io.BytesIO()
    if options.get("planarconfig") == "separate":
        samples = np.ascontiguousarray(np.moveaxis(samples, 2, 0))
    tifffile.imwrite(file, samples, photometric=photometric, metadata=None, **options)
    return file.getvalue()


def difference(data: bytes, wanted: np.ndarray[Any, Any], side: int = 0) -> float:
    return float(np.abs(decode_here(data, Wish(side)).image.astype(int) - wanted).mean())


LAYOUTS: tuple[dict[str, Any], ...] = ({}, {"rowsperstrip": 7}, {"tile": (16, 32)})


@pytest.mark.parametrize("kind", ["u1", "u2", "u4", "i4", "f2", "f4", "f8"])
@pytest.mark.parametrize("planar", ["contig", "separate"])
@pytest.mark.parametrize("order", ["<", ">"])
def test_colours_of_every_sample_layout_and_compression(
    picture: np.ndarray[Any, Any], kind: str, planar: str, order: str
) -> None:
    unit = picture / 255
    inks = np.dstack([1 - unit, np.zeros(unit.shape[:2])])
    for layout, compression in itertools.product(LAYOUTS, (None, "lzw", "zlib", "packbits", "zstd")):
        options = {**layout, "compression": compression, "byteorder": order, "planarconfig": planar}
        for photometric, values in (("rgb", unit), ("separated", inks)):
            data = written(as_samples(values, kind), photometric, **options)
            assert difference(data, picture) < 1.5, (photometric, options)


@pytest.mark.parametrize("kind", ["u1", "u2", "u4", "f4"])
def test_grey_either_way_round(picture: np.ndarray[Any, Any], kind: str) -> None:
    grey = np.asarray(Image.fromarray(picture).convert("L"))
    wanted = np.dstack([grey] * 3)
    assert difference(written(as_samples(grey / 255, kind), "minisblack"), wanted) < 1.5
    around = written(as_samples(1 - grey / 255, kind), "miniswhite")
    if kind in ("u1", "u2"):
        assert difference(around, wanted) < 1.5
    else:
        with pytest.raises(PhotoError, match="0 is white"):
            decode_here(around, WHOLE)


@pytest.mark.parametrize("predictor", [True, False])
@pytest.mark.parametrize("kind", ["u1", "u2", "f4"])
def test_predictors(picture: np.ndarray[Any, Any], kind: str, predictor: bool) -> None:
    data = written(as_samples(picture / 255, kind), "rgb", compression="zlib", predictor=predictor, tile=(32, 32))
    assert difference(data, picture) < 1.5


def test_palettes_alpha_lab_and_jpeg(picture: np.ndarray[Any, Any]) -> None:
    quantised = Image.fromarray(picture).quantize(16)
    table = np.zeros((3, 256), np.uint16)
    colours = np.array(quantised.getpalette(), np.uint16).reshape(-1, 3).T * 257
    table[:, : colours.shape[1]] = colours
    shown = np.asarray(quantised.convert("RGB"))
    assert difference(written(np.asarray(quantised), "palette", colormap=table), shown) < 1
    assert difference(written(picture, "rgb", compression="jpeg", tile=(16, 16)), picture) < 12
    half = np.full((*picture.shape[:2], 1), 128, np.uint8)
    on_white = picture * (128 / 255) + 127
    assert difference(written(np.dstack([picture, half]), "rgb", extrasamples=["unassalpha"]), on_white) < 2
    lab = ImageCms.buildTransform(ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"), "RGB", "LAB")
    values = np.asarray(ImageCms.applyTransform(Image.fromarray(picture), lab))
    assert difference(written(values, "cielab"), picture) < 6
    moved = values.copy()
    moved[..., 1:] ^= 0x80
    assert difference(written(moved, "icclab"), picture) < 6


@pytest.mark.parametrize("options", [{"rowsperstrip": 5}, {"tile": (16, 16), "compression": "zlib"}, {}])
def test_it_is_reduced_while_it_is_read(picture: np.ndarray[Any, Any], options: dict[str, Any]) -> None:
    wanted = np.asarray(Image.fromarray(picture).reduce(3))
    assert decode_here(written(picture, "rgb", **options), Wish(32)).image.shape == wanted.shape
    assert difference(written(picture, "rgb", **options), wanted, 32) < 1
    assert difference(written(picture.astype(np.uint16) * 257, "rgb", **options), wanted, 32) < 1.5


def pages(*sizes: tuple[int, int, int]) -> bytes:
    """Pages of (width, height, kind), each of a colour of its own; kind 1 says that the page is reduced."""
    file = io.BytesIO()
    with tifffile.TiffWriter(file) as writer:
        for number, (width, height, kind) in enumerate(sizes):
            page = np.full((height, width, 3), 40 * (number + 1), np.uint8)
            writer.write(page, photometric="rgb", subfiletype=kind, metadata=None)
    return file.getvalue()


@pytest.mark.parametrize(
    ("sizes", "chosen"),
    [
        (((40, 30, 1), (400, 300, 0)), 1),
        (((40, 30, 1), (200, 150, 0), (400, 300, 0)), 2),
        (((40, 30, 0), (400, 300, 0)), 1),
        (((400, 300, 0), (40, 30, 1)), 0),
        (((300, 400, 0), (410, 300, 0)), 0),
        (((40, 30, 1), (80, 60, 1)), 1),
    ],
)
def test_previews_before_the_picture_are_passed_over(sizes: tuple[tuple[int, int, int], ...], chosen: int) -> None:
    content = decode_here(pages(*sizes), WHOLE)
    assert (content.width, content.height) == sizes[chosen][:2]
    assert (content.image == 40 * (chosen + 1)).all()


def test_a_cut_one_is_refused_and_so_are_unknown_colours(picture: np.ndarray[Any, Any]) -> None:
    data = written(picture, "rgb", rowsperstrip=61)
    with pytest.raises(PhotoError, match="ends early"):
        decode_here(data[:-2000], WHOLE)
    with pytest.raises(PhotoError, match="does not know"):
        decode_here(written(picture[..., 0], "cfa"), WHOLE)


@pytest.mark.parametrize("depth", ["8", "16", "32"])
@pytest.mark.parametrize("layout", [[], ["-interlace", "plane"], ["-define", "tiff:tile-geometry=32x48"]])
@pytest.mark.parametrize("compression", ["None", "LZW", "Zip", "JPEG"])
def test_what_imagemagick_writes_looks_as_it_reads_it(
    picture: np.ndarray[Any, Any], tmp_path: Path, depth: str, layout: list[str], compression: str
) -> None:
    convert = imagemagick.convert()
    if convert is None:
        pytest.skip("ImageMagick is absent (Debian: imagemagick): nothing to compare with")
    if compression == "JPEG" and (depth != "8" or layout):
        pytest.skip("ImageMagick writes no such TIFF")
    source, target = tmp_path / "a.png", tmp_path / "a.tif"
    Image.fromarray(picture).save(source)
    for kind, order in itertools.product(("TrueColor", "Grayscale", "ColorSeparation", "Palette"), ("LSB", "MSB")):
        options = ["-type", kind, "-depth", depth, "-compress", compression, "-endian", order, *layout]
        subprocess.run([convert, source, *options, target], check=True, capture_output=True)
        command = [convert, target, "-colorspace", "sRGB", "-type", "TrueColor", "-depth", "8", "ppm:-"]
        shown = subprocess.run(command, check=True, capture_output=True).stdout
        wanted = np.asarray(Image.open(io.BytesIO(shown)).convert("RGB"))
        assert difference(target.read_bytes(), wanted) < 3, (kind, order)


@pytest.mark.parametrize("kind", ["i1", "i2"])
def test_signed_numbers_are_refused_since_programs_mean_two_things_by_them(
    picture: np.ndarray[Any, Any], kind: str
) -> None:
    with pytest.raises(PhotoError, match="called signed"):
        decode_here(written(as_samples(picture / 255, kind), "rgb"), WHOLE)
