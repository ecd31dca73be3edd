"""A disk that is full, has no room for more files, or is read-only: one can read, and is told why one cannot write.

    python benchmarks/faults/disks.py all [--count 1] [--work FOLDER]

Mounts file systems in memory, so it needs Linux and root.
"""

import random
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from common import Tally, base_library, kinfolk, run_kind, said, wrong_with

WORDS = {"full": "full", "inodes": "full", "read-only": "read-only"}


def everything(tally: Tally, count: int, _generator: random.Random, work: Path) -> None:
    """Try every command that reads, and some that write, on each kind of disk, with and without a log left behind."""
    base = base_library(work, 3_000)
    before = said(base / "library.sqlite")
    for _ in range(count):
        for kind in WORDS:
            with _disk(work / "disk", kind, base) as data:
                _try(tally, data, kind, before)


def _try(tally: Tally, data: Path, kind: str, before: str) -> None:
    for words in (["people"], ["faces"], ["photos"], ["people", "--json"], ["doctor"]):
        ran = kinfolk(data, *words)
        good = ran.returncode == 0 or (words == ["doctor"] and "library" in ran.stdout)
        tally.take([] if good else [f"{kind}: {words}: {ran.stderr[-300:]}"], killed=False)
    for words in (["name", "1", "Ada"], ["undo"], ["merge", "1", "2"]):
        ran = kinfolk(data, *words)
        spoken = ran.returncode == 1 and WORDS[kind] in ran.stderr and "Traceback" not in ran.stderr
        tally.take([] if spoken else [f"{kind}: {words}: {ran.returncode} {ran.stderr[-300:]}"], killed=False)
    if kind != "read-only":
        (data.parent / "filler").unlink()
        for number in range(20):
            (data.parent / f"file{number}").unlink(missing_ok=True)
        same = said(data / "library.sqlite") == before
        tally.take(wrong_with(data / "library.sqlite") + ([] if same else ["answers changed"]), killed=False)
        ran = kinfolk(data, "name", 1, "Ada")
        tally.take([] if ran.returncode == 0 else [f"{kind}, after room was made: {ran.stderr[-300:]}"], killed=False)


@contextmanager
def _disk(place: Path, kind: str, base: Path) -> Iterator[Path]:
    """Mount a small disk of this kind with a copy of the library; give its data folder."""
    place.mkdir(exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m,nr_inodes=24", "tmpfs", place], check=True)
    try:
        data = place / "data"
        shutil.copytree(base, data)
        if kind == "full":
            _fill(place / "filler", 64 * 1024 * 1024)
        elif kind == "inodes":
            (place / "filler").touch()
            for number in range(20):
                _touch(place / f"file{number}")
        else:
            subprocess.run(["mount", "-o", "remount,ro", place], check=True)
        yield data
    finally:
        subprocess.run(["umount", place], check=True)


def _fill(path: Path, size: int) -> None:
    with path.open("wb", buffering=0) as file:
        try:
            while size > 0:
                size -= file.write(bytes(4096))
        except OSError:
            return


def _touch(path: Path) -> None:
    try:
        path.touch()
    except OSError:
        return


if __name__ == "__main__":
    run_kind({"all": everything}, __doc__)
