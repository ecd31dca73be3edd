"""Watching many nested folders: `engine.scan.watching` beside Qt's QFileSystemWatcher.

python benchmarks/watching.py [--folders 10000] [--photos 20]

Each way runs in a process of its own on a tree of nested folders (ten in each, twenty empty photos in every one):
seconds until it watches, memory that it adds, seconds until a new photo five folders down is told (QUIET is set to 0
for that), and what it says of a photo that is changed and of one in a folder made afterwards. Python, Qt and all that
is imported do not count.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Empty, SimpleQueue

LONGEST = 10.0
"""Seconds after which a change counts as not told."""

WAYS = ("watch", "watch_by_looking", "qt")


def main() -> None:
    """Run all ways, or one of them as a child."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folders", type=int, default=10_000)
    parser.add_argument("--photos", type=int, default=20)
    parser.add_argument("--way", choices=WAYS, help=argparse.SUPPRESS)
    parser.add_argument("--root", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.way:
        measure(arguments.way, arguments.root)
        return
    with tempfile.TemporaryDirectory() as scratch:
        for way in WAYS:
            root = Path(scratch, way)
            made = make_tree(root, arguments.folders, arguments.photos)
            print(f"{way}: {made:,} folders, {made * arguments.photos:,} photos", flush=True)
            subprocess.run([sys.executable, __file__, "--way", way, "--root", root], check=True)


def make_tree(root: Path, folders: int, photos: int) -> int:
    """Make nested folders, ten in each, breadth first."""
    waiting, made = deque([root]), 0
    while made < folders:
        folder = waiting.popleft()
        folder.mkdir(parents=True, exist_ok=True)
        for number in range(photos):
            (folder / f"{number}.jpg").touch()
        made += 1
        waiting.extend(folder / str(number) for number in range(10))
    return made


def measure(way: str, root: Path) -> None:
    """Print the figures of one way."""
    starters: dict[str, Callable[[Path], tuple[SimpleQueue[object], Callable[[], None]]]] = {"qt": start_qt}
    told, pump = starters.get(way, lambda at: start_ours(way, at))(root)
    before = resident()
    began = time.perf_counter()
    pump()
    print(f"  watching after {time.perf_counter() - began:.2f} s, {(resident() - before) / 1e6:.1f} MB more")
    deep = next(folder for folder, below, _ in os.walk(root) if folder.count(os.sep) == str(root).count(os.sep) + 4)
    for what, act in steps(Path(deep)):
        began = time.perf_counter()
        act()
        seen = wait(told, pump)
        print(f"  {what}: {f'{seen - began:.2f} s' if seen else 'not told'}", flush=True)
    idle = time.process_time()
    until = time.perf_counter() + 5
    while time.perf_counter() < until:
        pump()
        time.sleep(0.05)
    print(f"  processor while nothing happens: {(time.process_time() - idle) / 5:.1%}")
    os._exit(0)


def steps(folder: Path) -> Iterator[tuple[str, Callable[[], object]]]:
    """Yield what is done to the tree, one after another."""
    yield "a new photo", lambda: (folder / "new.jpg").write_bytes(b"1")
    yield "a changed photo", lambda: (folder / "0.jpg").write_bytes(b"12")
    yield "a new folder", (folder / "fresh").mkdir
    time.sleep(2)
    yield "a photo in the new folder", lambda: (folder / "fresh" / "x.jpg").write_bytes(b"1")


def start_ours(way: str, root: Path) -> tuple[SimpleQueue[object], Callable[[], None]]:
    """Watch in a thread; the first call of the function returned waits until it watches."""
    from engine.scan import watching

    watching.QUIET, watching.LOOK_EVERY = 0.0, 3.0
    told: SimpleQueue[object] = SimpleQueue()
    ready = threading.Event()
    original = watching._Watch.changes  # noqa: SLF001 nothing public says that it watches

    def changes(self: watching._Watch) -> Iterator[object]:
        for found in original(self):
            ready.set()
            yield found

    watching._Watch.changes = changes  # noqa: SLF001

    def run() -> None:
        for roots in getattr(watching, way)([root], threading.Event()):
            told.put(roots)

    thread = threading.Thread(target=run, daemon=True)

    def pump() -> None:
        if not thread.is_alive():
            thread.start()
        ready.wait()

    return told, pump


def start_qt(root: Path) -> tuple[SimpleQueue[object], Callable[[], None]]:
    """Give Qt every folder, as one has to; folders made later are nobody's unless somebody adds them."""
    from PySide6.QtCore import QCoreApplication, QFileSystemWatcher

    application = QCoreApplication([])
    watcher = QFileSystemWatcher()
    told: SimpleQueue[object] = SimpleQueue()
    watcher.directoryChanged.connect(told.put)
    added = False

    def pump() -> None:
        nonlocal added
        if not added:
            left = watcher.addPaths([folder for folder, _, _ in os.walk(root)])
            added = True
            print(f"  {len(watcher.directories()):,} watched, {len(left):,} refused")
        application.processEvents()

    return told, pump


def wait(told: SimpleQueue[object], pump: Callable[[], None]) -> float | None:
    """Return when something was told, and take all that was; None if nothing was."""
    until = time.perf_counter() + LONGEST
    while time.perf_counter() < until:
        pump()
        try:
            told.get(timeout=0.01)
        except Empty:
            continue
        seen = time.perf_counter()
        time.sleep(1)
        pump()
        while not told.empty():
            told.get()
        return seen
    return None


def resident() -> int:
    """Return the bytes that the process holds now; its largest so far where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return pages * os.sysconf("SC_PAGE_SIZE")


if __name__ == "__main__":
    main()
