"""A process of this program calls the function that was asked for, installed and built whole."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from engine.extras import installing
from engine.own_process import CHILD, be_child, forget_own_libraries, own_command

START = Path(__file__).parents[2] / "resources" / "packaging" / "start.py"


def test_it_calls_the_function_wherever_it_is_started(tmp_path: Path) -> None:
    told = own_command("engine.own_process", "is_built")
    assert subprocess.run(told, cwd=tmp_path, check=False).returncode == 0
    wrong = subprocess.run(own_command("engine.own_process", "absent"), cwd=tmp_path, capture_output=True, check=False)
    assert b"absent" in wrong.stderr


def test_the_words_are_the_functions(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[list[str]] = []
    monkeypatch.setattr("engine.own_process.is_built", lambda: seen.append(sys.argv[1:]))
    monkeypatch.setattr(sys, "argv", ["kinfolk"])
    be_child(["engine.own_process", "is_built", "a folder", "--odd"])
    assert seen == [["a folder", "--odd"]]


def test_built_whole_it_starts_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert own_command("engine.module", "serve", "word") == [sys.executable, CHILD, "engine.module", "serve", "word"]


def test_the_start_of_the_whole_program_is_a_process_or_the_command(tmp_path: Path) -> None:
    """Run here as what PyInstaller builds runs it."""
    environment = {**os.environ, "PYTHONPATH": str(START.parents[2]), "KINFOLK_DATA_DIR": str(tmp_path)}
    for words, told in (([CHILD, "this", "s"], "The Zen"), (["--version"], "kinfolk 0")):
        run = [sys.executable, str(START), *words]
        done = subprocess.run(run, env=environment, capture_output=True, text=True, check=False)
        assert told in done.stdout


def test_programs_of_the_system_load_its_own_libraries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LD_LIBRARY_PATH", "/opt/kinfolk/_internal")
    monkeypatch.setenv("LD_LIBRARY_PATH_ORIG", "/opt/lib")
    forget_own_libraries()
    assert os.environ["LD_LIBRARY_PATH"] == "/opt/lib"
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setenv("LD_LIBRARY_PATH", "/opt/kinfolk/_internal")
    forget_own_libraries()
    assert "LD_LIBRARY_PATH" not in os.environ


def test_what_cannot_be_added_to_the_whole_program_is_not_offered_there(monkeypatch: pytest.MonkeyPatch) -> None:
    assert installing("train").endswith("pip install '.[train]'")
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert "pip" not in installing("train")
