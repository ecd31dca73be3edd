"""Photos a second and memory of one and two workers of a Ray cluster beside threads of this process, in one run.

    python benchmarks/cluster.py --models FOLDER [--album FOLDER] [--photos 120] [--rounds 3]

FOLDER is an album of JPEGs; without one a portrait is enlarged to photos of 12 megapixels. The cluster is started on
this machine, so its workers share the processors with all else. Each reading is a process of its own, of the same
photos, by onnxruntime in float32; all of a round take turns, and ratios are taken round by round. The speed is that
after the first result; what comes before it (importing, connecting, workers that start) is told in seconds.
"""

import argparse
import json
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import cv2

RAY = [sys.executable, "-c", "from ray.scripts.scripts import main; main()", "start", "--head", "--block"]
ROOT = Path(__file__).resolve().parents[1]
PORTRAIT = ROOT / "tests" / "portraits" / "hopper.jpg"

Figures = dict[str, float]


def main() -> None:
    """Run one role: the whole comparison, or a reading of it."""
    arguments = parse()
    if arguments.role == "read":
        read(arguments)
    else:
        compare(arguments)


def parse() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--models", type=Path, required=True, help="folder with the two default model files")
    parser.add_argument("--album", type=Path, help="folder of JPEGs")
    parser.add_argument("--photos", type=int, default=120)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--role", choices=("all", "read"), default="all", help=argparse.SUPPRESS)
    parser.add_argument("--threads", type=int, default=1, help=argparse.SUPPRESS)
    parser.add_argument("--cluster", default="", help=argparse.SUPPRESS)
    return parser.parse_args()


def read(arguments: argparse.Namespace) -> None:
    """Read the album and print seconds until the first result and photos a second from there on."""
    from engine.models.catalog import Catalog
    from engine.settings import Settings
    from engine.workflows.scan.readers import open_reader
    from engine.workflows.scan.reading import AnalysedPhoto, Pace, PhotoFile

    began = time.monotonic()
    files = [(path, path.stat()) for path in sorted(arguments.album.iterdir())]
    photos = [PhotoFile(number, path, stat.st_size, stat.st_mtime_ns) for number, (path, stat) in enumerate(files)]
    plain, cards = Settings(runtime="onnxruntime", precision="float32"), Catalog(arguments.models).defaults()
    pace = Pace(arguments.threads, ahead=8 * arguments.threads, together=1)
    times = []
    with open_reader(*cards, arguments.models, plain, cluster=arguments.cluster) as reader:
        for result in reader.read(photos, pace):
            if result is not None:
                assert isinstance(result, AnalysedPhoto)
                times.append(time.monotonic())
    after = sum(each > times[0] for each in times)
    print(json.dumps({"start": times[0] - began, "speed": after / (times[-1] - times[0])}))


def compare(arguments: argparse.Namespace) -> None:
    """Measure everything and print one table."""
    found: dict[str, list[Figures]] = {}
    with tempfile.TemporaryDirectory(prefix="ray", ignore_cleanup_errors=True) as scratch:
        photos = fill(Path(scratch, "photos"), arguments.album, arguments.photos)
        for number in range(arguments.rounds):
            for count in (1, 2):
                words = ["--album", str(photos), "--models", str(arguments.models), "--threads", str(count)]
                found.setdefault(f"{count} threads a stage, no cluster", []).append(measured(words))
                with cluster(Path(scratch, f"r{number}{count}"), count) as (address, session):
                    figures = measured([*words, "--cluster", address], session)
                found.setdefault(f"{count} Ray workers", []).append(figures)
            speeds = ", ".join(f"{name} {each[-1]['speed']:.2f}" for name, each in found.items())
            print(f"round {number + 1}: {speeds}", flush=True)
    report(found)


def report(found: dict[str, list[Figures]]) -> None:
    """Print medians, each count's ratio to as many threads, and what a worker takes at most."""
    cores, names = len(os.sched_getaffinity(0)), list(found)
    print(f"\n{cores} cores, load {os.getloadavg()[0]:.1f}\n")
    print("| what | photos/s | ratio | first result after | largest worker |\n| --- | --- | --- | --- | --- |")
    for threads, workers in (names[:2], names[2:]):
        for name in (threads, workers):
            speed, start = (statistics.median(each[key] for each in found[name]) for key in ("speed", "start"))
            pairs = zip(found[threads], found[name], strict=True)
            ratio = statistics.median(there["speed"] / here["speed"] for here, there in pairs)
            peak = max(each["peak"] for each in found[name])
            print(f"| {name} | {speed:.2f} | {ratio:.2f} | {start:.1f} s | {f'{peak:.0f} MB' if peak else ''} |")


def fill(folder: Path, album: Path | None, count: int) -> Path:
    """Make a folder of `count` photos: hard links to the album's, or a portrait of 12 megapixels, cut differently."""
    folder.mkdir()
    if album is None:
        picture = cv2.imread(str(PORTRAIT))
        assert picture is not None
        large = cv2.resize(picture, (3000, round(3000 * picture.shape[0] / picture.shape[1])))[:4000]
        for number in range(count):
            cv2.imwrite(str(folder / f"{number:05d}.jpg"), large[: -1 - number, number:])
        return folder
    chosen = sorted(album.rglob("*.jpg"))
    for number in range(count):
        source, target = chosen[number % len(chosen)], folder / f"{number:05d}.jpg"
        try:
            target.hardlink_to(source)
        except OSError:
            target.write_bytes(source.read_bytes())
    return folder


def measured(words: list[str], session: int = 0) -> Figures:
    """Read in a process of its own; `peak` is the most MB that a worker of that session took."""
    command = [sys.executable, __file__, "--role", "read", *words]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, env=os.environ | {"PYTHONPATH": str(ROOT)})
    assert child.stdout is not None
    peak = 0.0
    while child.poll() is None:
        peak = max([peak, *peaks_of_workers(session)] if session else [peak])
        time.sleep(0.2)
    figures: Figures = json.loads(child.stdout.read())
    return figures | {"peak": peak}


def peaks_of_workers(session: int) -> list[float]:
    """Return the most memory in MB that each worker of a session has taken so far."""
    found = []
    for process in Path("/proc").iterdir():
        try:
            title = (process / "cmdline").read_bytes()
            if title.startswith(b"ray::Worker") and os.getsid(int(process.name)) == session:
                lines = (process / "status").read_text().splitlines()
                found += [int(line.split()[1]) / 1e3 for line in lines if line.startswith("VmHWM")]
        except (OSError, ValueError):
            continue
    return found


@contextmanager
def cluster(folder: Path, workers: int) -> Iterator[tuple[str, int]]:
    """Start a cluster of so many processors; yields its address and the session of its processes."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = [f"--port={port}", f"--num-cpus={workers}", f"--temp-dir={folder}", "--include-dashboard=false"]
    settings = {"RAY_USAGE_STATS_ENABLED": "0", "PYTHONUNBUFFERED": "1", "PYTHONPATH": str(ROOT)}
    environment = os.environ | settings | {"KINFOLK_DATA_DIR": str(folder)}
    command = [*RAY, *words, "--object-store-memory=100000000"]
    pipe = subprocess.PIPE
    ray = subprocess.Popen(command, stdout=pipe, stderr=subprocess.STDOUT, env=environment, start_new_session=True)
    assert ray.stdout is not None
    try:
        for line in ray.stdout:
            if b"Ray runtime started" in line:
                break
        yield f"127.0.0.1:{port}", ray.pid
    finally:
        os.killpg(ray.pid, signal.SIGKILL)
        ray.wait()
        ray.stdout.close()


if __name__ == "__main__":
    main()
