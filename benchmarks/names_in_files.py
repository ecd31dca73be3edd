"""How long reading names takes beside reading photos, and what a scan with nothing new costs for sidecars.

    .venv/bin/python benchmarks/names_in_files.py --photos 400

Portraits of `tests/portraits` are written with a packet of XMP each (a region and keywords) and, every tenth, a
sidecar; a new library is scanned with and without reading names, in turn, twice each, in processes of their own, whose
processor time is told: it says the same on a busy machine.
"""

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from engine.geometry import Box
from engine.metadata.reading import mentions_of
from tests.packets import listed, mwg, packet, with_packet
from tests.portraits import portrait

FACE = Box(0.3, 0.25, 0.4, 0.5)


def make(folder: Path, count: int, side: int, keywords: int = 200) -> list[Path]:
    """Write so many photos of `side` pixels a side, no two alike; without keywords they have no packet at all."""
    import cv2

    folder.mkdir()
    picture = portrait("hopper", side)
    words = listed("dc:subject", [f"keyword {number}" for number in range(keywords)])
    paths = []
    for number in range(count):
        path = folder / f"photo{number:05}.jpg"
        picture[0, : min(side, 255), 0] = number % 256
        picture[1, : min(side, 255), 1] = number // 256
        cv2.imwrite(str(path), picture[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, 90])
        if keywords:
            with_packet(path, packet(mwg((f"Person {number % 20}", FACE)), words))
        if keywords and number % 10 == 0:
            path.with_name(f"{path.name}.xmp").write_bytes(packet(mwg((f"Person {number % 20}", FACE))))
        paths.append(path)
    return paths


def scan(data: Path, folder: Path, settings: str) -> list[float]:
    """Scan into a new library, then again with nothing new; return the seconds of a processor's time of each."""
    data.mkdir()
    (data / "settings.toml").write_text(settings)
    seconds = []
    for _ in range(2):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        start = "from engine.cli import main; raise SystemExit(main())"
        command = [sys.executable, "-c", start, "--data-dir", str(data), "scan", str(folder), "--json"]
        subprocess.run(command, check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        seconds.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return seconds


def main() -> None:
    """Print what is measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--photos", type=int, default=400)
    parser.add_argument("--side", type=int, default=1500)
    parser.add_argument("--keywords", type=int, default=200, help="of each photo; 0: photos without a packet")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "photos"
        paths = make(folder, wanted.photos, wanted.side, wanted.keywords)
        began = time.perf_counter()
        for path in paths:
            sidecar = path.with_name(f"{path.name}.xmp")
            mentions_of(path, [sidecar] if sidecar.exists() else [])
        each = (time.perf_counter() - began) / len(paths)
        print(f"reading the names of one photo: {1000 * each:.2f} ms")
        for turn in range(2):
            for said, settings in (("with names", ""), ("without", "read_names = false\n")):
                first, again = scan(Path(place) / f"{said} {turn}", folder, settings)
                print(f"{said}: {first:.1f} s of a processor for {wanted.photos} photos; nothing new: {again:.2f} s")


if __name__ == "__main__":
    main()
