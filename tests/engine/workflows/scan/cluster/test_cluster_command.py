"""`kinfolk scan --cluster`: how it ends, and that Ray says nothing on the terminal."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from engine.cli import main
from engine.library.library import Library
from engine.library.queries import photo_rows
from engine.library.states import PhotoState
from tests.portraits import PEOPLE, write_photos

KINFOLK = [sys.executable, "-c", "import sys; from engine.cli import main; sys.exit(main())"]


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_scan_and_its_workers(
    cluster: Any, tmp_path: Path, models_dir: Path, end: signal.Signals
) -> None:
    for person in PEOPLE:
        write_photos(tmp_path / "album", person, 24)
    plain = ["--runtime", "onnxruntime", "--precision", "float32"]  # nothing is to be measured
    words = [
        "--data-dir",
        tmp_path / "data",
        "scan",
        tmp_path / "album",
        "--json",
        "--cluster",
        cluster.address,
        *plain,
    ]
    environment = os.environ | {"KINFOLK_MODELS_DIR": str(models_dir)}
    pipe = subprocess.PIPE
    scan = subprocess.Popen([*KINFOLK, *map(str, words)], stdout=pipe, stderr=pipe, text=True, env=environment)
    assert scan.stderr is not None
    while "Scanning" not in (line := scan.stderr.readline()):
        assert "Looking for photos" in line
    scan.send_signal(end)
    out, errors = scan.communicate(timeout=180)
    assert (scan.returncode, out) == (128 + end, "")
    assert errors.splitlines()[-1] == "Interrupted."
    assert "ray" not in errors.lower()
    with Library(tmp_path / "data" / "library.sqlite") as library:
        assert {row.state for row in photo_rows(library)} <= {PhotoState.NEW, PhotoState.SCANNED}


def test_what_is_no_address_is_said_before_anything_is_done(
    tmp_path: Path, models_dir: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KINFOLK_MODELS_DIR", str(models_dir))
    assert main(["--data-dir", str(tmp_path / "data"), "scan", str(tmp_path), "--cluster", "somewhere"]) == 2
    assert "'somewhere' is no address of a cluster. Write HOST:PORT" in capsys.readouterr().err.replace("\n", " ")
