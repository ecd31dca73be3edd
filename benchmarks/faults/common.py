"""What the harnesses share: a library to attack, what a person said in it, and what is wrong with it from outside.

Nothing of Kinfolk takes part in the checks: they read the files with SQLite alone.
"""

import argparse
import hashlib
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROJECT = Path(os.environ.get("FAULTS_PROJECT", ROOT))
"""The checkout that is attacked: this one, or another that is named, such as the one before a change."""

KINFOLK = [sys.executable, "-c", "import sys; from engine.cli import main; sys.exit(main())"]


def environment() -> dict[str, str]:
    """Return what the processes are started with: this project first, no screen, the models where they are named."""
    paths = [str(PROJECT), str(ROOT / "benchmarks"), str(ROOT / "benchmarks" / "faults")]
    return os.environ | {"PYTHONPATH": os.pathsep.join(paths), "QT_QPA_PLATFORM": "offscreen", "OMP_NUM_THREADS": "1"}


def spawn(words: Sequence[str], **more: object) -> "subprocess.Popen[str]":
    """Start a Python program (its words after the interpreter), with its output to be read."""
    return subprocess.Popen(
        [sys.executable, *words],
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd=PROJECT,
        **more,  # type: ignore[call-overload]  # start_new_session and the like
    )


def kinfolk(data: Path, *words: object, seconds: float = 600) -> "subprocess.CompletedProcess[str]":
    """Run a command to its end."""
    line = [*KINFOLK, "--data-dir", str(data), *map(str, words)]
    return subprocess.run(
        line, env=environment(), capture_output=True, text=True, timeout=seconds, check=False, cwd=PROJECT
    )


def base_library(work: Path, faces: int = 3_000) -> Path:
    """Return a data folder with a generated library, made once in `work`."""
    data = work / f"base{faces}"
    if not (data / "library.sqlite").exists():
        sys.path.insert(0, str(ROOT / "benchmarks"))
        from generated_library import generate

        data.mkdir(parents=True)
        generate(data / "library.sqlite", photos=2 * faces, faces=faces, people=max(faces // 50, 4))
    return data


def copied(source: Path, target: Path) -> Path:
    """Return a fresh copy of a folder."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target)
    return target


SAID = (
    "SELECT id, name, hidden FROM people WHERE name IS NOT NULL OR hidden ORDER BY id",
    """SELECT id, CASE WHEN source IN ('USER', 'METADATA') THEN person_id END, ignored FROM faces
       WHERE source IN ('USER', 'METADATA') OR ignored ORDER BY id""",
    "SELECT * FROM rejections ORDER BY 1, 2",
    "SELECT * FROM distinct_people ORDER BY 1, 2",
    "SELECT position, label, undone FROM journal_steps ORDER BY position",
)


def said(library: Path) -> str:
    """Return a digest of all that a person said."""
    with closing(sqlite3.connect(library, timeout=20)) as connection:
        rows = [connection.execute(query).fetchall() for query in SAID]
    return hashlib.sha256(json.dumps(rows).encode()).hexdigest()[:20]


def wrong_with(library: Path) -> list[str]:
    """Return what a check from outside finds wrong in a library that nobody has open."""
    if not library.exists():
        return ["the library is gone"]
    found: list[str] = []
    try:
        with closing(sqlite3.connect(library, timeout=20)) as connection:
            found += [line for (line,) in connection.execute("PRAGMA integrity_check") if line != "ok"]
            found += ["a stray reference"] * len(connection.execute("PRAGMA foreign_key_check").fetchall())
            if connection.execute("PRAGMA user_version").fetchone()[0]:
                if connection.execute("SELECT step_id FROM journal_state").fetchone() != (None,):
                    found.append("the flag that records edits was left on")
                torn = (
                    "SELECT COUNT(*) FROM journal_steps s WHERE entries != "
                    "(SELECT COUNT(*) FROM journal_entries e WHERE e.step_id = s.id)"
                )
                found += ["half a step of the history"] * connection.execute(torn).fetchone()[0]
    except sqlite3.Error as error:
        found.append(str(error))
    return found


def raw(data: Path) -> bytes:
    """Return the bytes of every file of a data folder but the models'."""
    files = [path for path in data.rglob("*") if path.is_file() and "models" not in path.parts]
    return b"".join(path.read_bytes() for path in files)


@dataclass
class Tally:
    """What came of the runs."""

    what: str
    runs: int = 0
    killed: int = 0
    failures: int = 0
    first: list[str] = field(default_factory=list)
    figures: dict[str, int] = field(default_factory=dict)

    def take(self, wrong: list[str], *, killed: bool) -> None:
        """Count one run."""
        self.runs += 1
        self.killed += killed
        self.failures += bool(wrong)
        self.first = self.first or wrong


def killed_after(process: "subprocess.Popen[str]", seconds: float, number: int = signal.SIGKILL) -> bool:
    """Let a process run so long, then end it; say whether it was still running."""
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.send_signal(number)
        with suppress(subprocess.TimeoutExpired):
            process.wait(20)
        process.kill()
        process.wait()
        return True
    return False


def await_file(path: Path, process: "subprocess.Popen[str]") -> None:
    """Wait until a process has made a file, or has ended."""
    while not path.exists() and process.poll() is None:
        time.sleep(0.0002)


Kind = Callable[[Tally, int, random.Random, Path], None]


def run_kind(kinds: dict[str, Kind], words: str | None) -> None:
    """Run the kind of fault that the command line names, so many times, and print what came of it as JSON."""
    parser = argparse.ArgumentParser(description=words, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=kinds)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--work", type=Path, help="a folder to work in (default: one that is removed afterwards)")
    arguments = parser.parse_args()
    tally = Tally(arguments.what)
    with tempfile.TemporaryDirectory(prefix="faults-") as temporary:
        work = arguments.work or Path(temporary)
        work.mkdir(parents=True, exist_ok=True)
        # Ctrl-C or SIGTERM end a long run with what came of it so far, also where a shell runs it in the background.
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.default_int_handler)
        with suppress(KeyboardInterrupt):
            kinds[arguments.what](tally, arguments.count, random.Random(arguments.seed), work.resolve())
    print(json.dumps(vars(tally)))
