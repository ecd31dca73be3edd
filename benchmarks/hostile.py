"""A scan of a folder of hostile files: the memory of all its processes together, and what came of each kind.

    python benchmarks/hostile.py --models FOLDER [--copies 4] [--threads 4] [--faces FOLDER]

Small files that ask for gigabytes or for half an hour, `copies` of each kind with different pixels, are laid between
photos with faces (portraits in the public domain, and those of FACES), so that the models are at work while they are
read. Every 20 ms the memory that the scan and all its children occupy is added up: shared pages count once (PSS).
Linux only.
"""

import argparse
import io
import json
import os
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import numpy as np
import tifffile
from labelled import circumstances
from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
KINFOLK = "import sys; from engine.cli import main; sys.exit(main())"
LIMIT = 1_500
EVERY_S = 0.02


def main() -> None:
    """Lay the files, scan them and print the peak."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--models", type=Path, required=True, help="folder with the two default model files")
    parser.add_argument("--copies", type=int, default=4)
    parser.add_argument("--threads", type=int, default=4)
    parser.add_argument("--faces", type=Path, help="a folder of photos to lay between them")
    arguments = parser.parse_args()
    print(circumstances(seed=0), flush=True)
    with tempfile.TemporaryDirectory() as scratch:
        photos = Path(scratch, "photos")
        sizes = laid(photos, arguments)
        print("\n| file | bytes | pixels |\n| --- | --- | --- |")
        for name, (size, pixels) in sizes.items():
            print(f"| {name} | {size:,} | {pixels / 1e6:.0f} million |", flush=True)
        summary, peak, seconds = scanned(Path(scratch, "data"), photos, arguments)
        print(f"\n{json.dumps(summary['photos'])}\n{summary['faces']} faces.")
        print(f"Peak of the whole process tree: {peak:,.0f} MB ({LIMIT:,} allowed), {seconds:.0f} s.")
        for line in problems(Path(scratch, "data")):
            print(f"- {line}")
    if peak > LIMIT:
        sys.exit(1)


def laid(folder: Path, arguments: argparse.Namespace) -> dict[str, tuple[int, int]]:
    """Lay the files and return bytes and pixels of each kind."""
    sys.path.insert(0, str(ROOT))
    from tests.portraits import write_photos

    write_photos(folder, "collins", 12)
    write_photos(folder, "hopper", 12)
    if arguments.faces:
        for number, photo in enumerate(sorted(arguments.faces.rglob("*.jpg"))[:60]):
            (folder / f"face {number:02}.jpg").write_bytes(photo.read_bytes())
    sizes = {}
    for name, data, pixels in hostile():
        stem, suffix = name.split(".")
        sizes[name] = len(data), pixels
        for copy in range(arguments.copies):
            (folder / f"{stem} {copy:02}.{suffix}").write_bytes(data)
    return sizes


def hostile() -> Iterator[tuple[str, bytes, int]]:
    """Yield names, contents and the pixels that are claimed."""
    side = 11_000
    flat = Image.new("RGB", (side, side), (90, 120, 160))
    for kind, suffix, options in (
        ("PNG", "png", {}),
        ("GIF", "gif", {}),
        ("JPEG", "jpg", {"quality": 30}),
        ("JPEG", "jpeg", {"quality": 30, "progressive": True}),
        ("WEBP", "webp", {"lossless": True, "method": 0}),
        ("JPEG2000", "jp2", {"quality_layers": [200]}),
        ("BMP", "bmp", {}),
    ):
        if kind == "BMP":  # one whose pixels are not all there
            yield "claims.bmp", saved(Image.new("RGB", (2000, 2000)), kind, options)[:54] + bytes(1000), 4_000_000
            continue
        picture = flat.quantize(4) if kind == "GIF" else flat
        yield f"flat.{suffix}", saved(picture, kind, options), side**2
    frames = [Image.new("RGB", (4000, 4000), (shade, 60, 90)) for shade in range(0, 250, 10)]
    yield "many.gif", saved(frames[0], "GIF", {"save_all": True, "append_images": frames[1:]}), 16_000_000 * len(frames)
    yield (
        "many.webp",
        saved(frames[0], "WEBP", {"save_all": True, "append_images": frames[1:8], "method": 0}),
        128_000_000,
    )
    yield "interlaced.png", interlaced(side), side**2
    yield "scans.jpg", many_scans(3000), 9_000_000 * 2_000
    file = io.BytesIO()
    tifffile.imwrite(
        file, np.zeros((14_000, 14_000, 3), np.uint8), compression="zlib", photometric="rgb", rowsperstrip=14_000
    )
    yield "onestrip.tif", file.getvalue(), 14_000**2


def saved(picture: Image.Image, kind: str, options: dict[str, object]) -> bytes:
    """Return the picture as a file of this kind."""
    file = io.BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()


def interlaced(side: int) -> bytes:
    """Return a PNG in seven passes (Adam7), which cannot be read in bands; all of it one colour."""
    passes = ((8, 8), (8, 8), (4, 8), (4, 4), (2, 4), (2, 2), (1, 2))
    packed = zlib.compressobj(9)
    body = b"".join(packed.compress(bytes((1 + 3 * -(-side // across)) * -(-side // down))) for across, down in passes)
    head = side.to_bytes(4, "big") * 2 + bytes((8, 2, 0, 0, 1))
    chunks = ((b"IHDR", head), (b"IDAT", body + packed.flush()), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        len(content).to_bytes(4, "big") + name + content + zlib.crc32(name + content).to_bytes(4, "big")
        for name, content in chunks
    )


def many_scans(side: int) -> bytes:
    """Return a progressive JPEG whose last scan is repeated 2,000 times."""
    data = saved(Image.new("RGB", (side, side), (90, 120, 160)), "JPEG", {"progressive": True, "quality": 30})
    last = data.rindex(b"\xff\xda")
    return data[:last] + data[last:-2] * 2_000 + data[-2:]


def scanned(data: Path, photos: Path, arguments: argparse.Namespace) -> tuple[dict[str, object], float, float]:
    """Scan the folder; return the summary, the peak of all processes in MB, and seconds."""
    began = time.monotonic()
    words = ["-c", KINFOLK, "--data-dir", str(data), "scan", str(photos), "--threads", str(arguments.threads), "--json"]
    child = subprocess.Popen(
        [sys.executable, *words],
        env=os.environ | {"PYTHONPATH": str(ROOT), "KINFOLK_MODELS_DIR": str(arguments.models)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    peak = 0.0
    while child.poll() is None:
        peak = max(peak, sum(occupied(pid) for pid in tree(child.pid)))
        time.sleep(EVERY_S)
    answer = child.stdout.read() if child.stdout else ""
    return json.loads(answer.splitlines()[-1]), peak, time.monotonic() - began


def tree(top: int) -> list[int]:
    """Return a process and all that it and its children have started."""
    found = [top]
    for pid in found:
        with suppress(OSError):
            for task in Path(f"/proc/{pid}/task").iterdir():
                found += map(int, (task / "children").read_text().split())
    return found


def occupied(pid: int) -> float:
    """Return the megabytes that a process occupies, shared pages by halves and thirds; 0 for one that is gone."""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1000
    return 0.0


def problems(data: Path) -> list[str]:
    """Return what is said of the files that could not be read, each sentence once, with how many there are."""
    words = ["-c", KINFOLK, "--data-dir", str(data), "photos", "--problems", "--json"]
    ran = subprocess.run(
        [sys.executable, *words], env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=True
    )
    said: dict[str, list[str]] = {}
    for row in json.loads(ran.stdout):
        said.setdefault(row["problem"] or row["note"], []).append(Path(row["path"]).name)
    return [f"{len(names)} ({names[0]}, …): {sentence}" for sentence, names in sorted(said.items())]


if __name__ == "__main__":
    main()
