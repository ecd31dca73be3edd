"""TIFFs of every kind of sample, layout and compression: each has to be right or refused, never wrong without a word.

    python benchmarks/tiff_table.py [--kept FOLDER]

Two tables. First what `tifffile` writes: sample format × photometric × planar or not, tiles or strips × compression ×
byte order, against the picture that was written. Then what ImageMagick's `convert` writes: type × polarity × depth ×
compression × layout × byte order, against what it reads of its own files. "Right" is a mean difference of at most 3 of
255 levels.
Prints Markdown with a count for each row; files that are read and wrong are kept in FOLDER.
"""

import argparse
import io
import itertools
import subprocess
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import tifffile
from PIL import Image

from engine.errors import PhotoError
from engine.scan.purpose import Wish
from engine.scan.readers import decode_here
from tests import imagemagick

SIZE = 97, 61
SAMPLES = ("u1", "u2", "u4", "i1", "i2", "i4", "f2", "f4", "f8")
COMPRESSIONS = (None, "lzw", "zlib", "packbits", "zstd", "lzma", "jpeg")
LAYOUTS: dict[str, dict[str, object]] = {"strips": {"rowsperstrip": 13}, "tiles": {"tile": (32, 48)}}
CLOSE = 3.0

File = tuple[str, bytes, np.ndarray]
"""What it is, its bytes, and the RGB picture (H × W × 3 uint8) that it holds."""


def main() -> None:
    """Read all and print both tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kept", type=Path, default=Path("wrong-tiffs"))
    arguments = parser.parse_args()
    report("written by tifffile", by_tifffile(), arguments.kept)
    convert = imagemagick.convert()
    if convert is None:
        print("\nImageMagick is absent.")
        return
    report("written by ImageMagick", by_imagemagick(convert), arguments.kept)


def report(title: str, files: Iterator[File], kept: Path) -> None:
    """Print how many of each kind are right, refused and wrong."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for number, (kind, data, wanted) in enumerate(files):
        found = verdict(data, wanted)
        counts[kind][found] += 1
        if found == "wrong":
            kept.mkdir(parents=True, exist_ok=True)
            (kept / f"{title.split()[-1]}-{number}-{kind.replace(' ', '-')}.tif").write_bytes(data)
    total = sum(counts.values(), Counter[str]())
    print(f"\n| {title} | files | right | refused | wrong |\n| --- | --- | --- | --- | --- |")
    for kind, found in [*sorted(counts.items()), ("all", total)]:
        cells = (found.total(), found["right"], found["refused"], found["wrong"])
        print(f"| {kind} | {' | '.join(map(str, cells))} |")


def verdict(data: bytes, wanted: np.ndarray) -> str:
    """Say what came of a file."""
    try:
        image = decode_here(data, Wish(0)).image
    except PhotoError:
        return "refused"
    if image.shape != wanted.shape:
        return "wrong"
    return "right" if np.abs(image.astype(int) - wanted).mean() <= CLOSE else "wrong"


def scene() -> np.ndarray:
    """Return a picture of soft colours from black to white, (H, W, 3) real numbers from 0 to 1."""
    down, across = np.mgrid[0 : SIZE[1], 0 : SIZE[0]].astype(np.float64)
    across, down = across / (SIZE[0] - 1), down / (SIZE[1] - 1)
    return np.stack([across, down, (across + down) / 2], axis=-1)


def by_tifffile() -> Iterator[File]:
    """Yield every file of the first table that tifffile can write."""
    for photometric, sample in itertools.product(("miniswhite", "minisblack", "rgb", "separated", "palette"), SAMPLES):
        made = samples_of(photometric, sample)
        if made is None:
            continue
        values, wanted, more = made
        layouts = itertools.product(("contig", "separate"), LAYOUTS, COMPRESSIONS, "<>", (False, True))
        for planar, layout, compression, order, predicted in layouts:
            flat = values.ndim == 2
            if (flat and planar == "separate") or (
                compression == "jpeg" and (sample != "u1" or photometric == "palette")
            ):
                continue
            if predicted and compression not in ("lzw", "zlib", "zstd"):
                continue
            arranged = values if flat or planar == "contig" else np.ascontiguousarray(np.moveaxis(values, 2, 0))
            options = {"planarconfig": planar} if not flat else {}
            options |= {"predictor": predicted, "compression": compression} | LAYOUTS[layout] | more
            file = io.BytesIO()
            try:
                tifffile.imwrite(file, arranged, byteorder=order, photometric=photometric, metadata=None, **options)
            except (ValueError, TypeError, RuntimeError, NotImplementedError):
                continue  # a combination that it does not write
            yield f"{photometric} {sample}", file.getvalue(), wanted


def samples_of(photometric: str, sample: str) -> tuple[np.ndarray, np.ndarray, dict[str, object]] | None:
    """Return stored values, the picture that they are, and options; None where there is no such file."""
    picture, more = scene(), {}
    if photometric == "palette":
        if sample not in ("u1", "u2"):
            return None
        indices = (np.arange(SIZE[0] * SIZE[1]).reshape(SIZE[1], SIZE[0]) * 255 // (SIZE[0] * SIZE[1])).astype(sample)
        colours = 1 << 8 * np.dtype(sample).itemsize
        table = (np.random.default_rng(1).integers(0, 256, (3, colours)) * 257).astype(np.uint16)
        return indices, (table[:, indices] >> 8).astype(np.uint8).transpose(1, 2, 0), {"colormap": table}
    shown = picture
    if photometric in ("miniswhite", "minisblack"):
        shown = np.repeat(picture[..., 2:], 3, axis=2)
        picture = picture[..., 2] if photometric == "minisblack" else 1 - picture[..., 2]
    if photometric == "separated":
        black = 1 - picture.max(axis=2, keepdims=True)
        ink = (1 - picture - black) / np.maximum(1 - black, 1e-9)
        picture = np.concatenate([ink, black], axis=2)
    return stored(picture, sample), (shown * 255).round().astype(np.uint8), more


def stored(picture: np.ndarray, sample: str) -> np.ndarray:
    """Return numbers from 0 to 1 as samples: reals as they are, whole numbers over all of their range."""
    kind = np.dtype(sample)
    if kind.kind == "f":
        return picture.astype(kind)
    low, high = np.iinfo(kind).min, np.iinfo(kind).max
    return (picture * (float(high) - low) + low).round().clip(low, high).astype(kind)


def by_imagemagick(convert: str) -> Iterator[File]:
    """Yield every file of the second table that ImageMagick writes and reads."""
    grey = ("Grayscale", "GrayscaleAlpha", "Bilevel")
    polarities = ("", "min-is-white", "min-is-black")
    kinds = [(kind, "") for kind in ("TrueColor", "TrueColorAlpha", "Palette", "ColorSeparation")]
    kinds += itertools.product(grey, polarities)
    depths = (
        ("1", ""),
        ("8", ""),
        ("8", "signed"),
        ("16", ""),
        ("16", "floating-point"),
        ("32", ""),
        ("32", "floating-point"),
    )
    compressions = ("None", "LZW", "Zip", "RLE", "JPEG", "Group4")
    layouts: tuple[tuple[str, ...], ...] = ((), ("-interlace", "plane"), ("-define", "tiff:tile-geometry=32x48"))
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "a.png"), Path(folder, "a.tif")
        Image.fromarray((scene() * 255).round().astype(np.uint8)).save(source)
        table = itertools.product(kinds, depths, compressions, layouts, ("LSB", "MSB"))
        for (kind, polarity), (depth, form), compression, layout, order in table:
            target.unlink(missing_ok=True)
            options = ["-type", kind, "-depth", depth, "-compress", compression, *layout]
            options += ["-define", f"quantum:polarity={polarity}"] if polarity else []
            options += ["-define", f"quantum:format={form}"] if form else []
            subprocess.run([convert, source, *options, "-endian", order, target], capture_output=True, check=False)
            if (wanted := read_by_imagemagick(convert, target)) is not None:
                yield f"{kind} {described(target.read_bytes())}", target.read_bytes(), wanted


def read_by_imagemagick(convert: str, file: Path) -> np.ndarray | None:
    """Return the picture on white, or None where ImageMagick cannot read it without a warning."""
    to = [
        "-background",
        "white",
        "-alpha",
        "remove",
        "-colorspace",
        "sRGB",
        "-type",
        "TrueColor",
        "-depth",
        "8",
        "ppm:-",
    ]
    ran = subprocess.run([convert, file, *to], capture_output=True, check=False)
    if ran.returncode or ran.stderr or not ran.stdout:
        return None
    return np.asarray(Image.open(io.BytesIO(ran.stdout)).convert("RGB"))


def described(data: bytes) -> str:
    """Return what the file really is: photometric, bits and kind of samples."""
    with tifffile.TiffFile(io.BytesIO(data)) as file:
        page = file.pages.first
        kind = tifffile.SAMPLEFORMAT(page.sampleformat or 1).name.lower()
        return f"{page.photometric.name.lower()} {page.bitspersample} {kind}"


if __name__ == "__main__":
    main()
