"""Scan speed and memory against a plain OpenCV loop, in one run.

    python benchmarks/scan.py --album FOLDER --models FOLDER [--photos 300] [--rounds 3] [--memory-photos 2000]
        [--runtime auto] [--embedder sface_2021dec]

FOLDER is an album of 12-megapixel JPEGs; with a truth.csv (photo, person, ...) beside them only photos of three or
four faces are taken. The peer is what one would write first: for each photo imread, longest side 1280, FaceDetectorYN,
alignCrop and FaceRecognizerSF.feature, with the same two model files and all cores. Every measurement is a process of
its own; ours, the peer's and the floor's take turns, and ratios are taken round by round. The floor is the sum of our
decode, detect and embed times, divided by the cores: each step alone, in a process a core, all at once, since what
the system calls cores may be threads of one, and they share caches and memory.
"""

import argparse
import csv
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from engine.library.library import Library
from engine.library.models import use_embedder

YUNET = "face_detection_yunet_2023mar.onnx"
SFACE = "face_recognition_sface_2021dec.onnx"
SFACE_CARD = "sface_2021dec"
DETECTION_SIDE = 1280
STEPS = ("decode_ms", "detect_ms", "embed_ms")


def main() -> None:
    """Run one role: the whole comparison, or a child of it."""
    arguments = parse()
    if arguments.role == "loop":
        run_loop(arguments.album, arguments.models)
    elif arguments.role == "floor":
        run_floor(arguments)
    else:
        compare(arguments)


def parse() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--album", type=Path, required=True)
    parser.add_argument("--models", type=Path, required=True, help="folder with the two default model files")
    parser.add_argument("--photos", type=int, default=300, help="of the comparison; taken several times if need be")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--memory-photos", type=int, default=2000, help="photos of the memory measurement, 0 for none")
    parser.add_argument("--runtime", default="auto", help="what runs our models: auto, onnxruntime, openvino, ...")
    parser.add_argument("--embedder", default=SFACE_CARD, help="of the folder's cards, such as `models quantise` makes")
    parser.add_argument("--role", choices=("all", "loop", "floor"), default="all", help=argparse.SUPPRESS)
    return parser.parse_args()


def compare(arguments: argparse.Namespace) -> None:
    """Measure everything and print one table."""
    cores = len(os.sched_getaffinity(0))
    with tempfile.TemporaryDirectory(dir=arguments.album) as scratch:
        chosen = choose(arguments.album)
        photos = fill(Path(scratch, "photos"), chosen, arguments.photos)
        size = statistics.mean(path.stat().st_size for path in chosen) / 1e6
        print(f"{arguments.photos} photos ({len(chosen)} different), {size:.1f} MB each, {cores} cores", flush=True)
        rounds = []
        for number in range(arguments.rounds):
            ours = scan(photos, Path(scratch, f"data{number}"), arguments)
            loop = child("loop", photos, arguments)
            floor = floor_of(photos, arguments, cores)
            rounds.append((ours, loop, floor))
            speeds = f"kinfolk {ours['photos_per_second']:.2f}, loop {loop['photos_per_second']:.2f} photos/s"
            print(f"round {number + 1}: {speeds}", flush=True)
        report(rounds, cores)
        if arguments.memory_photos:
            many = fill(Path(scratch, "many"), chosen, arguments.memory_photos)
            large = scan(many, Path(scratch, "data-many"), arguments)
            report_memory(arguments.memory_photos, large)


def report(rounds: list[tuple[dict[str, float], dict[str, float], dict[str, float]]], cores: int) -> None:
    """Print the table of medians and ratios."""
    ours, peer = (statistics.median(pair[side]["photos_per_second"] for pair in rounds) for side in (0, 1))
    steps = [statistics.median(floor[name] for *_, floor in rounds) for name in STEPS]
    bounds = [1000 * cores / sum(floor[name] for name in STEPS) for *_, floor in rounds]
    reached = [mine["photos_per_second"] / bound for (mine, *_), bound in zip(rounds, bounds, strict=True)]
    ratios = [mine["photos_per_second"] / loop["photos_per_second"] for mine, loop, _ in rounds]
    walls = [loop["wall"] / mine["wall"] for mine, loop, _ in rounds]
    print("\n| what | figure |\n| --- | --- |")
    for name, side, speed in (("kinfolk scan", 0, ours), ("OpenCV loop", 1, peer)):
        peak, faces = max(pair[side]["peak_mb"] for pair in rounds), rounds[0][side]["faces"]
        print(f"| {name} | {speed:.2f} photos/s, {faces:,} faces, peak {peak:.0f} MB |")
    print(f"| ratio, median of {len(rounds)} pairs | {statistics.median(ratios):.2f} |")
    print(f"| ratio of whole processes (start, models, clustering) | {statistics.median(walls):.2f} |")
    busy = statistics.median(loop["busy_ms"] for _, loop, _ in rounds)
    print(f"| a photo's time of a processor: loop, ours (steps alone) | {busy:.0f} ms, {sum(steps):.0f} ms |")
    print(f"| their ratio, which others' work does not move | {busy / sum(steps):.2f} |")
    print(f"| decode + detect + embed, on all cores at once | {' + '.join(f'{step:.1f}' for step in steps)} ms |")
    floor, share = statistics.median(bounds), statistics.median(reached)
    print(f"| floor on {cores} cores | {floor:.2f} photos/s, reached {share:.0%} |")


def report_memory(count: int, result: dict[str, float]) -> None:
    """Print the row of the large scan."""
    speed, faces, peak = result["photos_per_second"], result["faces"], result["peak_mb"]
    print(f"| kinfolk scan of {count:,} photos | {speed:.2f} photos/s, {faces:,} faces, peak {peak:.0f} MB |")


def choose(album: Path) -> list[Path]:
    """Return the photos of the album, those with three or four faces where truth.csv says how many."""
    truth = album / "truth.csv"
    if not truth.exists():
        return sorted(album.rglob("*.jpg"))
    with truth.open(newline="") as stream:
        faces = Counter(row["photo"] for row in csv.DictReader(stream))
    return [album / photo for photo, number in sorted(faces.items()) if number in (3, 4)]


def fill(folder: Path, chosen: list[Path], count: int) -> Path:
    """Make a folder of `count` files, each a hard link to (or else a copy of) one of the chosen photos."""
    folder.mkdir()
    for number in range(count):
        source = chosen[number % len(chosen)]
        target = folder / f"{number:05d}.jpg"
        try:
            target.hardlink_to(source)
        except OSError:
            target.write_bytes(source.read_bytes())
    return folder


def scan(photos: Path, data: Path, arguments: argparse.Namespace) -> dict[str, float]:
    """Run `kinfolk scan` in a process of its own."""
    if arguments.embedder != SFACE_CARD:
        data.mkdir()
        with Library(data / "library.sqlite") as library:
            use_embedder(library, arguments.embedder)
    command = [
        sys.executable,
        "-c",
        "import sys; from engine.cli import main; sys.exit(main())",
        "--data-dir",
        str(data),
        "scan",
        str(photos),
        "--json",
        "--runtime",
        arguments.runtime,
    ]
    return timed(command, {"KINFOLK_MODELS_DIR": str(arguments.models)})


def child(role: str, album: Path, arguments: argparse.Namespace) -> dict[str, float]:
    """Run another role of this file in a process of its own."""
    words = ["--role", role, "--album", str(album), "--models", str(arguments.models)]
    words += ["--runtime", arguments.runtime, "--embedder", arguments.embedder]
    return timed([sys.executable, __file__, *words], {})


def floor_of(album: Path, arguments: argparse.Namespace, cores: int) -> dict[str, float]:
    """Return the mean times of the steps over a process a core, which run at once."""
    with ThreadPoolExecutor(cores) as several:
        found = list(several.map(lambda _: child("floor", album, arguments), range(cores)))
    return {name: statistics.mean(one[name] for one in found) for name in STEPS}


def timed(command: list[str], environment: dict[str, str]) -> dict[str, float]:
    """Return the JSON of the command's last line with its wall seconds and peak memory."""
    began = time.perf_counter()
    with tempfile.TemporaryFile("w+") as output:
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.DEVNULL, env=os.environ | environment)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - began
        if status:
            raise SystemExit(f"{' '.join(command)} ended with {os.waitstatus_to_exitcode(status)}")
        output.seek(0)
        result: dict[str, float] = json.loads(output.read().splitlines()[-1])
    scale = 1 if sys.platform == "darwin" else 1024
    return result | {"wall": wall, "peak_mb": usage.ru_maxrss * scale / 1e6, "busy": usage.ru_utime + usage.ru_stime}


def run_loop(album: Path, models: Path) -> None:
    """Be the peer: one photo after another with OpenCV alone."""
    import cv2

    detector = cv2.FaceDetectorYN.create(str(models / YUNET), "", (DETECTION_SIDE, DETECTION_SIDE))
    recogniser = cv2.FaceRecognizerSF.create(str(models / SFACE), "")
    paths = sorted(album.rglob("*.jpg"))
    faces, began, busy = 0, time.perf_counter(), time.process_time()
    for path in paths:
        image = cv2.imread(str(path))
        scale = DETECTION_SIDE / max(image.shape[:2])
        image = cv2.resize(image, None, fx=scale, fy=scale)
        detector.setInputSize((image.shape[1], image.shape[0]))
        _, found = detector.detect(image)
        for face in found if found is not None else ():
            recogniser.feature(recogniser.alignCrop(image, face))
            faces += 1
    seconds = time.perf_counter() - began
    busy_ms = 1000 * (time.process_time() - busy) / len(paths)
    speed = len(paths) / seconds
    print(json.dumps({"photos_per_second": speed, "faces": faces, "seconds": seconds, "busy_ms": busy_ms}))


def run_floor(arguments: argparse.Namespace) -> None:
    """Our three steps, each alone on one thread, in milliseconds a photo."""
    import cv2
    import numpy as np

    from engine.faces.align import align
    from engine.faces.finder import DECODE_SIDE
    from engine.models.catalog import Catalog
    from engine.scan.decode import read_photo
    from engine.settings import Settings
    from engine.workflows.scan.analysis import EMBED_BATCH
    from engine.workflows.scan.opening_models import open_analyser

    cv2.setNumThreads(1)
    catalog = Catalog(arguments.models)
    cards = catalog.default_detector(), catalog.card(arguments.embedder)
    analyser = open_analyser(*cards, arguments.models, Settings(threads=1, runtime=arguments.runtime))
    paths = sorted(arguments.album.rglob("*.jpg"))[:40]
    # As in the scan, no result is kept while the next is made: fresh memory costs more than decoding into it.
    decode_ms = milliseconds(lambda path: read_photo(path, side=DECODE_SIDE), paths)
    images = [read_photo(path, side=DECODE_SIDE)[1].image for path in paths]
    detections = [analyser.finder.find(image) for image in images]
    detect_ms = milliseconds(analyser.finder.find, images)
    crops = [
        np.stack([align(image, face.landmarks) for face in found])
        for image, found in zip(images, detections, strict=True)
        if found
    ]
    together = [np.concatenate(crops[at : at + EMBED_BATCH]) for at in range(0, len(crops), EMBED_BATCH)]
    analyser.embedder.embed(crops[0])
    embed_ms = milliseconds(analyser.embedder.embed, together) * len(together) / len(paths)
    print(json.dumps({"decode_ms": decode_ms, "detect_ms": detect_ms, "embed_ms": embed_ms}))


def milliseconds(step: Callable[..., object], items: list) -> float:
    """Run the step over the items and return the mean time of the processor, which others' work does not lengthen."""
    began = time.process_time()
    for item in items:
        step(item)
    return 1000 * (time.process_time() - began) / len(items)


if __name__ == "__main__":
    main()
