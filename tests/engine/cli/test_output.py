"""What reaches the terminal: no command of a file's name, and no failure over a character."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from engine.cli.output import printable, put_table
from engine.library.folders import add_folder
from engine.library.indexing import start_photos
from engine.library.library import Library

Kinfolk = Callable[..., Any]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("plain name.jpg", "plain name.jpg"),
        ("Zo\u00eb \U0001f600.jpg", "Zo\u00eb \U0001f600.jpg"),
        ("a\x1b[31mred.jpg", "a\\x1b[31mred.jpg"),
        ("two\nlines\r.jpg", "two\\nlines\\r.jpg"),
        ("bell\x07\x9b2J", "bell\\x07\\x9b2J"),
        (os.fsdecode(b"caf\xe9\t"), "caf\\udce9\\t"),
    ],
)
def test_control_characters_are_shown(name: str, shown: str) -> None:
    assert printable(name) == shown


def test_a_line_break_does_not_break_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    put_table(("PHOTO", "STATE"), [("a\nb", "NEW"), ("c", "NEW")])
    assert capsys.readouterr().out == "PHOTO  STATE\na\\nb   NEW\nc      NEW\n"


def test_json_keeps_names_as_they_are(kinfolk: Kinfolk, tmp_path: Path) -> None:
    name = "a\x1b[31m\nred.jpg"
    (tmp_path / "data").mkdir()
    with Library(tmp_path / "data" / "library.sqlite") as library:
        start_photos(library, add_folder(library, tmp_path), [(name, 1, 1)])
    assert [Path(row["path"]).name for row in kinfolk("photos", "--json").json] == [name]
    assert "\x1b" not in kinfolk("photos").out


@pytest.mark.parametrize(("options", "shown"), [([], "\\u0141ukasz.jpg"), (["--json"], '\\u0141ukasz.jpg"')])
def test_an_encoding_without_the_character(tmp_path: Path, options: list[str], shown: str) -> None:
    with Library(tmp_path / "library.sqlite") as library:
        start_photos(library, add_folder(library, tmp_path), [("\u0141ukasz.jpg", 1, 1)])
    command = [sys.executable, "-c", "import sys; from engine.cli import main; sys.exit(main())"]
    ran = subprocess.run(
        [*command, "--data-dir", str(tmp_path), "photos", *options],
        capture_output=True,
        text=True,
        encoding="ascii",
        check=False,
        env=os.environ | {"PYTHONIOENCODING": "cp1252"},
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert shown in ran.stdout
