"""Errors are one sentence and a hint, with the exit code that says which kind; nothing is imported too early."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from engine.cli import main

Kinfolk = Callable[..., Any]

HEAVY = {"PySide6", "torch", "cv2", "numpy", "onnxruntime", "faiss", "hdbscan", "insightface", "sqlalchemy", "PIL"}


@pytest.mark.parametrize("words", [["--help"], ["scan", "--help"]])
def test_nothing_heavy_is_imported_for_help(words: list[str]) -> None:
    code = (
        "import sys\nfrom engine.cli import main\n"
        f"try:\n    main({words!r})\nexcept SystemExit:\n    pass\n"
        f"sys.exit(', '.join({HEAVY!r} & set(sys.modules)) or 0)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr


def test_commands_never_import_qt(tmp_path: Path) -> None:
    code = (
        "import sys\nfrom engine.cli import main\n"
        f"for words in (['people'], ['photos'], ['faces'], ['models', 'list'], ['doctor']):\n"
        f"    main(['--data-dir', {str(tmp_path)!r}, *words])\n"
        "sys.exit('PySide6' if 'PySide6' in sys.modules else 0)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr


@pytest.mark.parametrize(
    "words", [["frobnicate"], ["scan", "--frob"], ["name", "1"], ["merge", "1"], ["models"], ["scan", "--threads", "x"]]
)
def test_wrong_words_exit_with_2(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(words)
    assert left.value.code == 2
    assert "usage" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (["scan"], 2, "no folder to scan yet"),
        (["scan", "/nowhere/at/all"], 1, "is not a folder that is there"),
        (["scan", "--threads", "-3", "/tmp"], 2, "Use 0 (one per core) to 256."),
        (["name", "seven", "Ada"], 2, "'seven' is not the number of a person"),
        (["name", "7", "Ada"], 1, "There is no person 7"),
        (["merge", "7", "8"], 1, "There is no person"),
        (["faces", "--person", "7"], 1, "There is no person 7"),
        (["suggestions", "--limit", "-1"], 2, "at least one question"),
        (["merge", "1", "1"], 2, "cannot be merged with themselves"),
        (["scan", "~nosuchuser/photos"], 1, "a user whom this machine does not know"),
        (["scan", "--providers", "bogus", "/tmp"], 2, "no provider named 'bogus'"),
        (["scan", "--providers", "", "/tmp"], 2, "no provider named ''"),
        (["models", "verify", "nonesuch"], 2, "nonesuch"),
    ],
)
def test_one_sentence_and_a_hint(kinfolk: Kinfolk, words: list[str], code: int, sentence: str) -> None:
    ran = kinfolk(*words)
    assert ran.code == code
    assert ran.out == ""
    assert sentence in ran.err
    assert "Traceback" not in ran.err


def test_an_empty_library_lists_nothing(kinfolk: Kinfolk) -> None:
    for listing in ("photos", "faces", "people"):
        assert kinfolk(listing, "--json").json == []
    assert "nothing to undo" in kinfolk("undo").err


def test_a_file_in_place_of_the_data_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("here")
    assert main(["--data-dir", str(tmp_path / "file"), "people"]) == 1
    assert "Traceback" not in capsys.readouterr().err


def test_a_data_folder_of_nobody(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data-dir", "~nosuchuser/x", "people"]) == 1
    assert "a user whom this machine does not know" in capsys.readouterr().err


def test_a_link_to_itself(kinfolk: Kinfolk, tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    ran = kinfolk("scan", tmp_path / "loop")
    assert ran.code == 1
    assert "loop" in ran.err
    assert "Traceback" not in ran.err


def test_a_provider_that_is_not_offered_is_said_though_nothing_is_to_be_read(kinfolk: Kinfolk, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "empty").mkdir()
    (tmp_path / "data" / "settings.toml").write_text('providers = ["nowhere"]')
    ran = kinfolk("scan", tmp_path / "empty")
    assert ran.code == 2
    assert "no provider named 'nowhere'" in ran.err
    assert kinfolk("scan").err.startswith("kinfolk: There is no provider")


def test_settings_that_are_wrong_are_said(kinfolk: Kinfolk, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "settings.toml").write_text("colour = 3")
    ran = kinfolk("scan", tmp_path)
    assert ran.code == 2
    assert "'colour'" in ran.err


def test_models_are_listed_with_licences(kinfolk: Kinfolk) -> None:
    rows = {row["name"]: row for row in kinfolk("models", "list", "--json").json}
    assert rows["yunet_2023mar"]["licence"] == "MIT"
    assert rows["sface_2021dec"]["licence"] == "Apache-2.0"
    assert rows["sface_2021dec"]["state"] == "missing"
    assert "sface_2021dec" in kinfolk("models", "list").out
    ran = kinfolk("models", "verify")
    assert ran.code == 1
    assert "not on this machine" in ran.err
