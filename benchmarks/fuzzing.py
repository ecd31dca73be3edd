"""Mutations of good pictures of every format through the door that a scan uses: what breaks, how long, how much memory.

    python benchmarks/fuzzing.py [--data ../shared/data/formats] [--mutations 50000] [--seed 1] [--kept FOLDER]

Good files are made here, and taken from DATA where it is there. Each is cut, altered, shuffled and lengthened at
random; a mutation is decoded at a random size, as `decode` does it: here where it is cheap, else in a process that can
be ended. Counted are pictures, refusals by their sentence, and whatever else happens, which must be nothing. Kept in
FOLDER are mutations that were uncaught, took longer than ten seconds or more than a gigabyte.
"""

import argparse
import io
import json
import random
import time
from collections import Counter
from pathlib import Path

import imagecodecs
import numpy as np
import tifffile
from PIL import Image

from engine.errors import PhotoError
from engine.scan.decode import Apart, decode

SLOW, LARGE = 10.0, 1000.0
MAGIC = [
    bytes.fromhex(text)
    for text in ["00", "ff", "7f", "80", "00000000", "ffffffff", "7fffffff", "80000000", "00000001", "ffff", "00100000"]
]
LARGEST = 600_000
SUFFIXES = {
    ".jpg", ".jpeg", ".png", ".heic", ".heif", ".tif", ".tiff", ".webp", ".avif", ".dng", ".gif", ".bmp", ".mpo",
    ".cr2", ".nef", ".arw", ".jp2", ".j2k", ".jxl",
}  # fmt: skip


def main() -> None:
    """Run the mutations and print what came of them as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path(__file__).resolve().parents[2] / "shared/data/formats")
    parser.add_argument("--mutations", type=int, default=50_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kept", type=Path, default=Path("fuzzed"))
    arguments = parser.parse_args()
    seeds = made() + found(arguments.data)
    kinds = sorted({kind for kind, _ in seeds})
    print(f"{len(seeds)} good files: {dict(Counter(kind for kind, _ in seeds))}", flush=True)
    run(seeds, kinds, arguments)


def run(seeds: list[tuple[str, bytes]], kinds: list[str], arguments: argparse.Namespace) -> None:
    """Decode the mutations, one format after another in turn."""
    outcomes: Counter[str] = Counter()
    longest, peak, apart, began = 0.0, 0.0, Apart(), time.monotonic()
    for number in range(arguments.mutations):
        chance = random.Random(arguments.seed * 1_000_003 + number)
        kind = kinds[number % len(kinds)]
        data = mutated(chance.choice([data for other, data in seeds if other == kind]), chance)
        start = time.monotonic()
        outcome = decoded(data, chance.choice([0, 0, 1920, 200]), apart)
        seconds, megabytes = time.monotonic() - start, peak_of(apart)
        longest, peak = max(longest, seconds), max(peak, megabytes)
        outcomes[outcome] += 1
        if outcome.startswith("UNCAUGHT") or seconds > SLOW or megabytes > LARGE:
            arguments.kept.mkdir(parents=True, exist_ok=True)
            (arguments.kept / f"{arguments.seed}-{number}.{kind}").write_bytes(data)
            print(number, kind, outcome, f"{seconds:.1f} s, {megabytes:.0f} MB", flush=True)
        if (number + 1) % 5000 == 0:
            print(f"{number + 1} mutations, {time.monotonic() - began:.0f} s", flush=True)
    apart.end()
    result = {"mutations": arguments.mutations, "longest_s": round(longest, 2), "peak_mb": round(peak)}
    print(json.dumps(result | {"outcomes": dict(outcomes.most_common())}, indent=1, ensure_ascii=False))


def decoded(data: bytes, side: int, apart: Apart) -> str:
    """Return what came of decoding."""
    try:
        image = decode(data, side=side, apart=apart).image
    except PhotoError as error:
        words = " ".join(word for word in error.message.split() if not any(letter.isdigit() for letter in word))
        odd = "\n" in error.message or "0x" in error.message or not error.message.endswith(".")
        return f"{'ODD ' * odd}refused: {words}"
    except Exception as error:  # noqa: BLE001 what nobody catches is what is looked for
        return f"UNCAUGHT {type(error).__name__}: {error}"
    return "picture" if image.ndim == 3 and image.shape[2] == 3 else "UNCAUGHT shape"


def peak_of(apart: Apart) -> float:
    """Return the most memory in MB that this process, or one that decodes for it, has occupied so far."""
    pids = ["self", *map(str, apart.pids)]
    peaks = [0.0]
    for pid in pids:
        try:
            lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace").splitlines()
        except OSError:
            continue
        peaks += [int(line.split()[1]) / 1000 for line in lines if line.startswith("VmHWM")]
    return max(peaks)


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Change a file in up to sixteen places, most of them near its beginning, where the headers are."""
    content = bytearray(data)
    head = min(len(content), chance.choice([64, 512, 4096, len(content)]))
    for _ in range(chance.choice([1, 1, 2, 3, 6, 16])):
        at, size = chance.randrange(max(1, head)), len(content)
        change = chance.randrange(7)
        if change == 0 and size:
            content[at % size] ^= 1 << chance.randrange(8)
        elif change == 1 and size:
            content[at % size] = chance.randrange(256)
        elif change == 2:
            magic = chance.choice(MAGIC)
            content[at : at + len(magic)] = magic
        elif change == 3:
            content[at : at + chance.randrange(1, 64)] = b""
        elif change == 4:
            content[at:at] = chance.randbytes(chance.randrange(1, 64))
        elif change == 5 and size > 32:
            start = chance.randrange(size - 16)
            length = chance.randrange(1, min(256, size - start))
            content[at : at + length] = content[start : start + length]
        elif change == 6 and chance.random() < 0.3:
            del content[chance.randrange(size + 1) :]
    return bytes(content)


def found(folder: Path) -> list[tuple[str, bytes]]:
    """Return the small files of a folder that are not damaged already."""
    alias = {"jpg": "jpeg", "tif": "tiff", "heif": "heic"}
    files = (file for file in sorted(folder.rglob("*")) if file.is_file() and "corrupt" not in file.parts)
    wanted = (file for file in files if file.suffix.lower() in SUFFIXES and file.stat().st_size < LARGEST)
    return [(alias.get(kind, kind), file.read_bytes()) for file in wanted for kind in [file.suffix.lower()[1:]]]


def made() -> list[tuple[str, bytes]]:
    """Return good files of every format and of many of its varieties."""
    noise = np.random.default_rng(0).integers(0, 255, (120, 160, 3), dtype=np.uint8)
    picture = Image.fromarray(noise).resize((320, 240))
    exif = Image.Exif()
    exif[0x112], exif[0x132] = 6, "2024:01:01 00:00:00"
    exif.get_ifd(0x8769)[0x9003] = "2024:01:01 00:00:00"
    files: list[tuple[str, bytes]] = []

    def add(kind: str, image: Image.Image = picture, **options: object) -> None:
        file = io.BytesIO()
        image.save(file, kind, **options)
        files.append((kind.lower().replace("jpeg2000", "jp2"), file.getvalue()))

    frames = [Image.new("RGB", picture.size, "white"), picture]
    add("JPEG", exif=exif)
    add("JPEG", progressive=True, exif=exif)
    add("JPEG", picture.convert("CMYK"))
    add("JPEG", picture.convert("L"))
    for image in (picture, picture.quantize(32), picture.convert("RGBA"), picture.convert("LA"), picture.convert("1")):
        add("PNG", image, exif=exif)
    add("PNG", frames[0], save_all=True, append_images=frames)
    add("GIF", picture.quantize(64))
    add("GIF", frames[0], save_all=True, append_images=frames)
    add("BMP")
    for options in ({"exif": exif}, {"lossless": True}, {"save_all": True, "append_images": frames}):
        add("WEBP", **options)
    add("AVIF", exif=exif)
    add("JPEG2000")
    add("JPEG2000", irreversible=True, quality_layers=[40])
    files += [("jxl", imagecodecs.jpegxl_encode(np.asarray(picture), lossless=lossless)) for lossless in (True, False)]
    return files + made_tiffs(np.asarray(picture)) + made_heic(picture)


def made_tiffs(pixels: np.ndarray) -> list[tuple[str, bytes]]:
    """Return TIFFs of many kinds of samples, compressions and layouts."""
    files = []
    options: list[dict[str, object]] = [
        {"compression": name} for name in (None, "lzw", "zlib", "packbits", "jpeg", "zstd")
    ]
    options += [{"tile": (64, 64), "compression": "zlib", "predictor": True}, {"planarconfig": "separate"}]
    for values in (pixels, pixels.astype(np.uint16) * 257, pixels.astype(np.float32) / 255):
        for choice in options:
            if choice.get("compression") == "jpeg" and values.dtype != np.uint8:
                continue
            planar = choice.get("planarconfig") == "separate"
            file = io.BytesIO()
            samples = np.ascontiguousarray(np.moveaxis(values, 2, 0)) if planar else values
            tifffile.imwrite(file, samples, photometric="rgb", metadata=None, **choice)
            files.append(("tiff", file.getvalue()))
    return files


def made_heic(picture: Image.Image) -> list[tuple[str, bytes]]:
    """Return a HEIC, where the package for it is installed."""
    try:
        import pillow_heif
    except ImportError:
        return []
    file = io.BytesIO()
    pillow_heif.from_pillow(picture).save(file, quality=50)
    return [("heic", file.getvalue())]


if __name__ == "__main__":
    main()
