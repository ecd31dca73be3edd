"""Ctrl-C and the signals of a session's end, once and several times: answered at once, and never taken for a crash."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from engine.cli.display import Lines
from engine.cli.running import run_workflow
from engine.progress import Progress, Workflow
from tests.made_once import made_once

Kinfolk = Callable[..., Any]
KINFOLK = [sys.executable, "-c", "import sys; from engine.cli import main; sys.exit(main())"]


@pytest.fixture(scope="session")
def slow_photo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one sound photo whose decoding takes seconds: progressive, of 54 megapixels."""

    def draw(folder: Path) -> None:
        noise = np.random.default_rng(3).integers(0, 255, (1000, 1500, 3), dtype=np.uint8)
        Image.fromarray(np.tile(noise, (6, 6, 1))).save(folder / "large.jpg", progressive=True, quality=95)

    return made_once(tmp_path_factory, "slow photo", draw)


def interrupted_scan(data: Path, models: Path, folder: Path, signals: int, number: int = signal.SIGINT) -> int:
    """Scan until the reading has begun, then press Ctrl-C, or send another signal, so many times; return the code."""
    words = ["--data-dir", str(data), "scan", str(folder)]
    environment = os.environ | {"KINFOLK_MODELS_DIR": str(models)}
    scan = subprocess.Popen(
        [*KINFOLK, *words], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, env=environment
    )
    assert scan.stderr is not None
    assert "Looking for photos" in scan.stderr.readline()  # the walk is done, the reading begins
    for _ in range(signals):
        scan.send_signal(number)
    _, errors = scan.communicate(timeout=180)
    assert "Traceback" not in errors
    return scan.returncode


def test_an_interrupted_photo_is_not_broken(
    kinfolk: Kinfolk, tmp_path: Path, models_dir: Path, slow_photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KINFOLK_MODELS_DIR", str(models_dir))
    for signals in (1, 2, 5):
        assert interrupted_scan(tmp_path / "data", models_dir, slow_photo, signals) == 130
    ran = kinfolk("scan", slow_photo, "--json")
    assert ran.json["photos"]["broken"] == 0, kinfolk("photos", "--problems").out
    assert [row["state"] for row in kinfolk("photos", "--json").json] == ["SCANNED"]


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_the_end_of_a_session_is_no_crash_either(
    kinfolk: Kinfolk, tmp_path: Path, models_dir: Path, slow_photo: Path, name: str
) -> None:
    if not hasattr(signal, name):
        pytest.skip(f"there is no {name} here")
    number = signal.Signals[name]
    for signals in (1, 3):
        assert interrupted_scan(tmp_path / "data", models_dir, slow_photo, signals, number) == 128 + number
        assert [row["state"] for row in kinfolk("photos", "--json").json] == ["NEW"]


def interrupting(times: int, closed: list[str]) -> Workflow[str]:
    """A workflow during which Ctrl-C is pressed."""
    try:
        yield Progress("walk", 1)
        for _ in range(times):
            os.kill(os.getpid(), signal.SIGINT)
        for number in range(100_000):
            yield Progress("walk", number)
    finally:
        closed.append("closed")


@pytest.mark.parametrize("times", [1, 3])
def test_the_workflow_is_closed(times: int) -> None:
    closed: list[str] = []
    with pytest.raises(KeyboardInterrupt):
        run_workflow(interrupting(times, closed), Lines())
    assert closed == ["closed"]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def failing() -> Workflow[None]:
    yield Progress("walk", 1)
    raise LookupError


def test_an_error_passes() -> None:
    with pytest.raises(LookupError):
        run_workflow(failing(), Lines())


@pytest.mark.parametrize("module", ["argparse", "importlib.metadata", "engine.cli.parser", "engine.errors"])
def test_ctrl_c_while_the_command_line_is_imported(module: str, tmp_path: Path) -> None:
    """And once more while the interpreter ends."""
    code = (
        "import atexit, os, signal, sys\n"
        "atexit.register(os.kill, os.getpid(), signal.SIGINT)\n"
        "class Press:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        f"        if name == {module!r}:\n"
        "            os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.meta_path.insert(0, Press())\n"
        "from engine.cli import main\n"
        "sys.exit(main(['--data-dir', sys.argv[1], 'people']))"
    )
    # Without site, which imports some of these itself before anybody can be told of Ctrl-C.
    command = [sys.executable, "-S", "-c", code, str(tmp_path)]
    paths = {"PYTHONPATH": os.pathsep.join(sys.path)}
    ran = subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ | paths)
    assert (ran.returncode, ran.stderr) == (130, "Interrupted.\n")
