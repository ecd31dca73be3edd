"""Processes that are ended at random moments, and what is left of the library, its backups and what was to be erased.

    python benchmarks/faults/kills.py WHAT [--count 100] [--seed 1] [--work FOLDER]

WHAT: edits, backups, restores, erases, forgets. Prints one line of JSON: what, runs, killed, failures, and what went
wrong first. Of erases and forgets COUNT are killed while they erase; those that came to their end are counted
beside.
"""

import json
import random
import shutil
import sqlite3
import time
from contextlib import closing
from pathlib import Path

from common import (
    KINFOLK,
    ROOT,
    Tally,
    await_file,
    base_library,
    copied,
    killed_after,
    kinfolk,
    raw,
    run_kind,
    said,
    spawn,
    wrong_with,
)


def edits(tally: Tally, count: int, generator: random.Random, work: Path) -> None:
    """Compare what was said with what the edits say that were done, with the one under way or without it."""
    worker = str(ROOT / "benchmarks" / "faults" / "edit_worker.py")
    base = base_library(work, 600)
    for _ in range(count):
        data, seed = copied(base, work / "edits"), generator.randrange(10**9)
        process = spawn([worker, str(data / "library.sqlite"), str(seed), "100000"])
        assert process.stdout is not None
        process.stdout.readline()
        killed = killed_after(process, generator.uniform(0, 1.2))
        lines = process.stdout.read().split()
        begun, done = lines.count("begin"), lines.count("done")
        found = said(data / "library.sqlite")
        wrong = wrong_with(data / "library.sqlite")
        wanted = set()
        for number in {begun, done}:
            again = copied(base, work / "again")
            replay = spawn([worker, str(again / "library.sqlite"), str(seed), str(number)])
            replay.communicate()
            wanted.add(said(again / "library.sqlite"))
        tally.take(wrong or ([] if found in wanted else [f"answers differ after {done} edits"]), killed=killed)


BACKUPS = """
import sys
from pathlib import Path
from engine.library.backups import Reason, back_up
print("ready", flush=True)
while True:
    back_up(Path(sys.argv[1]), Reason.ASKED)
    print("made", flush=True)
"""


def backups(tally: Tally, count: int, generator: random.Random, work: Path) -> None:
    """Look for torn files with good names; what is restored says what was said."""
    base = base_library(work, 20_000)
    data, before = copied(base, work / "backups"), said(base / "library.sqlite")
    for _ in range(count):
        process = spawn(["-c", BACKUPS, str(data / "library.sqlite")])
        assert process.stdout is not None
        process.stdout.readline()
        killed = killed_after(process, generator.uniform(0.05, 1.2))
        wrong = []
        for copy in (data / "backups").glob("library-*.sqlite"):
            shutil.copyfile(copy, work / "looked-at.sqlite")
            if wrong_with(work / "looked-at.sqlite") or said(work / "looked-at.sqlite") != before:
                wrong.append(f"{copy.stat().st_size} bytes under a good name are not the library")
        tally.figures["backups"] = tally.figures.get("backups", 0) + len(list((data / "backups").glob("*.sqlite")))
        tally.take(wrong, killed=killed)
    if not list((data / "backups").glob("library-*.sqlite")):
        kinfolk(data, "backup")  # the machine was too slow for any before the kills
    restored = kinfolk(data, "restore")
    tally.take(
        [] if restored.returncode == 0 and said(data / "library.sqlite") == before else [restored.stderr], killed=False
    )


def restores(tally: Tally, count: int, generator: random.Random, work: Path) -> None:
    """Accept what was there, what the backup holds, or a library that is missed, and that it can be restored then."""
    base = base_library(work, 20_000)
    data = copied(base, work / "restores")
    backup = Path(json.loads(kinfolk(data, "backup", "--json").stdout)["file"])
    shutil.copyfile(backup, work / "kept.sqlite")
    old = said(data / "library.sqlite")
    kinfolk(data, "name", 1, "Somebody New")
    new, start = said(data / "library.sqlite"), copied(data, work / "restores-start")
    for _ in range(count):
        data = copied(start, work / "restores")
        if generator.random() < 0.5:
            (data / "library.sqlite").write_bytes((data / "library.sqlite").read_bytes()[:100_000])
        process = spawn([*_words(data), "restore", str(work / "kept.sqlite")])
        killed = killed_after(process, generator.uniform(0.5, 3.5))
        opened = kinfolk(data, "people")
        spoken = opened.returncode == 1 and "kinfolk restore" in opened.stderr
        wrong = [] if spoken else wrong_with(data / "library.sqlite")
        if not spoken and not wrong and said(data / "library.sqlite") not in (old, new):
            wrong = ["neither the library nor the backup"]
        again = kinfolk(data, "restore", str(work / "kept.sqlite"))
        if again.returncode or said(data / "library.sqlite") != old:
            wrong.append(f"cannot be restored afterwards: {again.stderr[-200:]}")
        tally.take(wrong, killed=killed)


def _words(data: Path) -> list[str]:
    return [*KINFOLK[1:], "--data-dir", str(data)]


def _erasing(tally: Tally, count: int, generator: random.Random, work: Path, person: int | None) -> None:
    """Kill so many while they erase, at moments between the note that begins it and as long as the last whole one took.

    Half of the moments lie near the beginning, since rows go in an instant and the file is written anew for long.
    """
    base = base_library(work, 20_000)
    start = copied(base, work / "erasing-start")
    kinfolk(start, "name", 7, "Zachariah Quux")
    traces = _traces(start / "library.sqlite", person)
    kinfolk(start, "backup")
    command = ["erase", "--yes"] if person is None else ["forget", str(person)]
    tally.figures |= {"in the middle": 0, "erased": 0}
    lasts = float("inf")
    while tally.figures["in the middle"] < count:
        data = copied(start, work / "erasing")
        (data / "thumbs" / "ab").mkdir(parents=True)
        (data / "thumbs" / "ab" / "ab-1.thumb").write_bytes(b"a picture")
        note, process = data / "erase.unfinished.json", spawn([*_words(data), *command])
        await_file(note, process)
        began, early = time.monotonic(), generator.random() ** generator.choice((1, 3))
        killed = killed_after(process, early * 1.2 * min(lasts, 60))
        lasts = lasts if killed else time.monotonic() - began
        tally.figures["in the middle"] += note.exists()
        # One that was torn while it was written stands for nothing: nothing had gone yet.
        begun = process.returncode == 0 or (note.exists() and bool(note.read_bytes()))
        after = kinfolk(data, "people", "--json")
        wrong = wrong_with(data / "library.sqlite") + ([after.stderr[-200:]] if after.returncode else [])
        left = raw(data)
        found = sum(trace in left for trace in traces) + left.count(b"a picture")
        gone = not _has_faces(data / "library.sqlite", person)
        if (begun and not gone) or (gone and found):
            wrong.append(f"rows gone: {gone}, {found} traces left")
        if note.exists():
            wrong.append("the note is still there")
        tally.figures["erased"] += gone
        tally.take(wrong, killed=killed)


def _traces(library: Path, person: int | None) -> list[bytes]:
    """Return what must be in no file afterwards: a name, and 200 vectors of one person's faces or of anybody's."""
    whose = "" if person is None else f"WHERE face_id IN (SELECT id FROM faces WHERE person_id = {person})"
    query = f"SELECT vector FROM embeddings {whose} ORDER BY random() LIMIT 200"
    with closing(sqlite3.connect(library)) as connection:
        return [vector for (vector,) in connection.execute(query)] + [b"Zachariah Quux"]


def _has_faces(library: Path, person: int | None) -> bool:
    whose = "" if person is None else f"WHERE person_id = {person}"
    with closing(sqlite3.connect(library)) as connection:
        return bool(connection.execute(f"SELECT COUNT(*) FROM faces {whose}").fetchone()[0])


def erases(tally: Tally, count: int, generator: random.Random, work: Path) -> None:
    """Look for traces after an erasing that was killed, and one start."""
    _erasing(tally, count, generator, work, None)


def forgets(tally: Tally, count: int, generator: random.Random, work: Path) -> None:
    """Do the same for one person."""
    _erasing(tally, count, generator, work, 7)


KINDS = {"edits": edits, "backups": backups, "restores": restores, "erases": erases, "forgets": forgets}


if __name__ == "__main__":
    run_kind(KINDS, __doc__)
