"""Scans that are killed, or asked to end, at random moments.

    FAULTS_PHOTOS=FOLDER KINFOLK_MODELS_DIR=FOLDER python benchmarks/faults/scan_kills.py WHAT [--count 100] [--seed 1]

WHAT: kills (SIGKILL), terms (SIGTERM and SIGHUP). Some forty photos that can be read make a scan of ten seconds.
"""

import os
import random
import shutil
import signal
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from common import KINFOLK, PROJECT, Tally, environment, killed_after, kinfolk, run_kind, wrong_with


def kills(tally: Tally, count: int, generator: random.Random, work: Path) -> None:
    """Look for photos that are BROKEN and should not be; a scan in many pieces finds what one in one go does."""
    _scanning(tally, count, generator, work, [signal.SIGKILL])


def terms(tally: Tally, count: int, generator: random.Random, work: Path) -> None:
    """Look for photos that stay STARTED though the scan was asked to end, and not killed."""
    _scanning(tally, count, generator, work, [signal.SIGTERM, signal.SIGHUP])


def _scanning(tally: Tally, count: int, generator: random.Random, work: Path, numbers: list[int]) -> None:
    photos = Path(os.environ["FAULTS_PHOTOS"])
    whole = work / "whole"
    if not whole.exists():
        kinfolk(whole, "scan", photos)
    wanted, data = _found(whole / "library.sqlite"), work / "scanning"
    shutil.rmtree(data, ignore_errors=True)
    for number in range(count):
        process = subprocess.Popen(
            [*KINFOLK, "--data-dir", str(data), "scan", str(photos)],
            env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, text=True, cwd=PROJECT,
        )  # fmt: skip
        killed = killed_after(process, generator.uniform(1.5, 9), generator.choice(numbers))
        library, wrong = data / "library.sqlite", []
        if library.exists():
            wrong = wrong_with(library)
            states = _states(library)
            tally.figures["left STARTED"] = tally.figures.get("left STARTED", 0) + states.get("STARTED", 0)
            if states.get("BROKEN"):
                wrong.append(f"{states['BROKEN']} photos are BROKEN that are not")
            if numbers != [signal.SIGKILL] and (states.get("STARTED") or states.get("SUSPECT")):
                wrong.append("photos stay STARTED though the scan was asked to end")
        if (not killed and process.returncode == 0) or number == count - 1:
            ended = kinfolk(data, "scan", photos)
            if ended.returncode or _found(library) != wanted:
                wrong.append(f"not what a scan in one go finds: {ended.stderr[-200:]}")
            tally.figures["scans brought to their end"] = tally.figures.get("scans brought to their end", 0) + 1
            shutil.rmtree(data, ignore_errors=True)
        tally.take(wrong, killed=killed)


def _states(library: Path) -> dict[str, int]:
    with closing(sqlite3.connect(library)) as connection:
        if not connection.execute("SELECT COUNT(*) FROM sqlite_master WHERE name = 'photos'").fetchone()[0]:
            return {}
        return dict(connection.execute("SELECT state, COUNT(*) FROM photos GROUP BY 1").fetchall())


def _found(library: Path) -> dict[str, tuple[str, int]]:
    query = "SELECT relpath, state, (SELECT COUNT(*) FROM faces WHERE photo_id = photos.id) FROM photos"
    with closing(sqlite3.connect(library)) as connection:
        return {path: (state, count) for path, state, count in connection.execute(query)}


if __name__ == "__main__":
    run_kind({"kills": kills, "terms": terms}, __doc__)
