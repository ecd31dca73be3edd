"""Damage to a library's file, or to the log that a killed process left, and whether it is noticed at the next start.

    python benchmarks/faults/damage.py WHAT [--count 200] [--seed 1] [--work FOLDER]

WHAT: file (bits flipped, cut off, a page emptied; a failure is damage that SQLite's own check sees and no command
mentions), log (one bit of the log flipped; a failure is an answer that is lost without a word), salvage (three pages
emptied; the shares of names and confirmed faces that come back are in the figures, as sums of percent).
"""

import random
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from common import Tally, base_library, copied, kinfolk, run_kind, said, spawn, wrong_with

PAGE = 4096


def file(tally: Tally, count: int, generator: random.Random, work: Path) -> None:
    """Damage the file of a library that was closed as it should be."""
    base = _closed(work)
    for _ in range(count):
        data = copied(base, work / "damaged")
        library = data / "library.sqlite"
        content = bytearray(library.read_bytes())
        kind = generator.choice(["flip", "flips", "cut", "page"])
        if kind == "cut":
            del content[generator.randrange(len(content)) :]
        elif kind == "page":
            at = generator.randrange(len(content) // PAGE) * PAGE
            content[at : at + PAGE] = bytes(PAGE)
        for _bit in range({"flip": 1, "flips": 20}.get(kind, 0)):
            content[generator.randrange(len(content))] ^= 1 << generator.randrange(8)
        library.write_bytes(content)
        bad = bool(_seen(library))
        spoken = kinfolk(data, "people")
        tally.figures["seen by a check"] = tally.figures.get("seen by a check", 0) + bad
        wrong = [f"{kind}: nobody says a word"] if bad and spoken.returncode == 0 else []
        if "Traceback" in spoken.stderr:
            wrong.append(spoken.stderr[-300:])
        tally.take(wrong, killed=False)


def log(tally: Tally, count: int, generator: random.Random, work: Path) -> None:
    """Flip one bit of the log of a process that was killed after thirty edits."""
    base, left = _closed(work), work / "left"
    worker = str(Path(__file__).with_name("edit_worker.py"))
    copied(base, left)
    process = spawn([worker, str(left / "library.sqlite"), "5", "30"])
    assert process.stdout is not None
    for line in process.stdout:
        if line == "done\n":
            tally.figures["edits"] = tally.figures.get("edits", 0) + 1
            if tally.figures["edits"] == 30:
                process.kill()
    process.wait()
    if not (left / "library.sqlite-wal").exists():
        raise SystemExit("the process was quicker than the kill; run it again")
    copied(left, work / "whole")
    kinfolk(work / "whole", "people")
    wanted = said(work / "whole" / "library.sqlite")
    for _ in range(count):
        data = copied(left, work / "damaged")
        path = data / "library.sqlite-wal"
        content = bytearray(path.read_bytes())
        content[generator.randrange(len(content))] ^= 1 << generator.randrange(8)
        path.write_bytes(content)
        spoken = kinfolk(data, "people")
        silent = spoken.returncode == 0 and not spoken.stderr.strip()
        lost = said(data / "library.sqlite") != wanted
        tally.figures["lost"] = tally.figures.get("lost", 0) + lost
        tally.take(["answers are lost without a word"] if lost and silent else [], killed=False)


def salvage(tally: Tally, count: int, generator: random.Random, work: Path) -> None:
    """Empty three pages, and save what can be read."""
    base = _closed(work)
    before = _spoken(base / "library.sqlite")
    for _ in range(count):
        data = copied(base, work / "damaged")
        library = data / "library.sqlite"
        content = bytearray(library.read_bytes())
        for at in generator.sample(range(1, len(content) // PAGE), 3):
            content[at * PAGE : (at + 1) * PAGE] = bytes(PAGE)
        library.write_bytes(content)
        ran = kinfolk(data, "restore", "--salvage")
        wrong = [ran.stderr[-300:]] if ran.returncode else wrong_with(library)
        if not wrong:
            after = _spoken(library)
            for name, old, new in zip(("names", "confirmed"), before, after, strict=True):
                key = f"{name}, sum of percent"
                tally.figures[key] = tally.figures.get(key, 0) + round(100 * len(old & new) / len(old))
        tally.take(wrong, killed=False)


def _closed(work: Path) -> Path:
    """Return a library that this Kinfolk has closed, so that its marker lies beside it."""
    base = base_library(work, 3_000)
    kinfolk(base, "people")
    return base


def _seen(library: Path) -> list[str]:
    with suppress(sqlite3.Error):
        address = f"file:{library}?mode=ro&immutable=1"
        with closing(sqlite3.connect(address, uri=True)) as connection:
            return [line for (line,) in connection.execute("PRAGMA integrity_check") if line != "ok"]
    return ["it cannot be read"]


def _spoken(library: Path) -> tuple[set[object], set[object]]:
    with closing(sqlite3.connect(library)) as connection:
        names = set(connection.execute("SELECT id, name FROM people WHERE name IS NOT NULL"))
        return names, set(connection.execute("SELECT id, person_id FROM faces WHERE source = 'USER'"))


if __name__ == "__main__":
    run_kind({"file": file, "log": log, "salvage": salvage}, __doc__)
