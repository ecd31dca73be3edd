"""`kinfolk doctor`: every section is looked at, whatever is wrong with the others, and nothing is changed."""

import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from engine.library.library import Library

Kinfolk = Callable[..., Any]

SUBJECTS = {"Python", "onnxruntime", "HEIC photos", "providers", "cluster", "disk", "settings", "library"}
SUBJECTS |= {"sface_2021dec"}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The data folder of the commands."""
    (tmp_path / "data" / "models").mkdir(parents=True)
    return tmp_path / "data"


def examined(kinfolk: Kinfolk, code: int) -> dict[str, dict[str, str]]:
    """Return the findings by subject."""
    ran = kinfolk("doctor", "--json")
    assert ran.code == code, ran.out
    assert "Traceback" not in ran.err
    return {finding["subject"]: finding for finding in ran.json}


def test_this_machine_is_fit(kinfolk: Kinfolk) -> None:
    assert set(examined(kinfolk, 0)) >= SUBJECTS
    assert "kinfolk models fetch" in kinfolk("doctor").out


@pytest.mark.parametrize(
    ("file", "content", "subject", "detail"),
    [
        ("settings.toml", "threads = [", "settings", "is not valid TOML"),
        ("settings.toml", "colour = 3", "settings", "'colour'"),
        ("settings.toml", 'providers = ["nowhere"]', "settings", "no provider named 'nowhere'"),
        ("settings.toml", 'detector = "nonesuch"', "nonesuch", "no model named 'nonesuch'"),
        ("models/own.toml", "name = 3", "models", "own.toml"),
        ("library.sqlite", "no library, but long enough to be taken for one" * 99, "library", "not a Kinfolk library"),
    ],
)
def test_what_is_wrong_hides_nothing_else(
    kinfolk: Kinfolk, data: Path, file: str, content: str, subject: str, detail: str
) -> None:
    (data / file).write_text(content)
    found = examined(kinfolk, 1)
    assert found[subject]["verdict"] == "!!"
    assert detail in found[subject]["detail"]
    assert found[subject]["remedy"]
    assert SUBJECTS - {"sface_2021dec"} <= set(found)


def test_a_package_that_is_absent_is_a_finding(kinfolk: Kinfolk, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == "onnxruntime"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    found = examined(kinfolk, 1)
    assert "onnxruntime" in found["providers"]["detail"]
    assert found["library"]["verdict"] == "--"


@pytest.mark.usefixtures("permissions_count")
def test_a_folder_that_is_closed_is_a_finding(kinfolk: Kinfolk, data: Path) -> None:
    data.chmod(0)
    try:
        assert examined(kinfolk, 1)["library"]["verdict"] == "!!"
    finally:
        data.chmod(0o755)


def test_the_chosen_models_are_looked_at(kinfolk: Kinfolk, data: Path) -> None:
    card = resources.files("resources").joinpath("models", "yunet_2023mar.toml").read_text()
    (data / "models" / "own.toml").write_text(card.replace("yunet_2023mar", "own"))
    (data / "settings.toml").write_text('detector = "own"')
    found = examined(kinfolk, 0)
    assert found["own"]["verdict"] == "--"
    assert "yunet_2023mar" not in found


def test_the_library_is_not_touched(kinfolk: Kinfolk, data: Path) -> None:
    path = data / "library.sqlite"
    Library(path).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 0")
    before = {file.name: file.read_bytes() for file in data.iterdir() if file.is_file()}
    found = examined(kinfolk, 0)["library"]
    assert "is sound" in found["detail"]
    assert "version 0" in found["detail"]
    assert {file.name: file.read_bytes() for file in data.iterdir() if file.is_file()} == before


def test_a_row_that_refers_to_nothing_is_found(kinfolk: Kinfolk, data: Path) -> None:
    path = data / "library.sqlite"
    Library(path).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("INSERT INTO rejections(face_id, person_id) VALUES (1, 2)")
        connection.commit()
    assert "that is gone" in examined(kinfolk, 1)["library"]["detail"]
