"""A short run of each harness of faults; the long ones are `benchmarks/faults`, outside of the tests."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

FAULTS = Path(__file__).resolve().parents[2] / "benchmarks" / "faults"

SHORT = [
    ("kills.py", "edits", 2),
    ("kills.py", "backups", 2),
    ("kills.py", "restores", 1),
    ("kills.py", "erases", 1),
    ("kills.py", "forgets", 1),
    ("damage.py", "file", 4),
    ("damage.py", "log", 3),
    ("damage.py", "salvage", 1),
    ("power.py", "edits", 2),
]


@pytest.mark.parametrize(("file", "what", "count"), SHORT, ids=[f"{file} {what}" for file, what, _ in SHORT])
def test_a_short_run_finds_nothing(tmp_path: Path, file: str, what: str, count: int) -> None:
    if file == "power.py" and (sys.platform != "linux" or shutil.which("cc") is None):
        pytest.skip("needs Linux and a C compiler")
    command = [sys.executable, str(FAULTS / file), what, "--count", str(count), "--seed", "11", "--work", str(tmp_path)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    tally = json.loads(ran.stdout)
    assert tally["runs"] >= count
    assert tally["failures"] == 0, tally["first"]
