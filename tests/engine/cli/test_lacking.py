"""Nothing is silently empty: every command that lists or compares faces says how many lack a vector, and what to do."""

import re
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from engine.cli.parser import COMMAND_GROUP, build_parser
from engine.library.library import Library
from engine.library.models import forget_vectors
from engine.models.catalog import DEFAULT_EMBEDDER

TELLING = {
    "people": (),
    "faces": (),
    "suggestions": (),
    "split": ("1",),
    "cluster": (),
    "learn": (),
    "doctor": (),
}
"""Commands with the words that they take."""

OTHERS = {
    *("photos", "name", "merge", "confirm", "reject", "distinct", "page", "undo", "redo"),  # they compare nothing
    *("ignore", "hide", "cover", "new", "import", "born", "export"),
    *("backup", "restore", "erase", "forget", "desktop"),  # and forget-photos
    *("scan", "embed", "models"),  # they make what lacks, or count it a model
}


def commands() -> set[str]:
    """The engine's own commands; the help of others is theirs."""
    others = {point.name for point in entry_points(group=COMMAND_GROUP)}
    return set(re.findall(r"^    (\w+)\b", build_parser().format_help(), re.MULTILINE)) - others


def test_every_command_is_thought_of() -> None:
    assert set(TELLING) <= commands()
    unknown = commands() - OTHERS - set(TELLING)
    assert not unknown, f"say here whether they compare faces: {unknown}"


@pytest.mark.usefixtures("with_models")
def test_every_command_says_what_lacks(kinfolk, scanned_album: Path, tmp_path: Path) -> None:
    for command, words in TELLING.items():
        ran = kinfolk(command, *words)
        assert "no vector" not in ran.out + ran.err, command
    with Library(tmp_path / "data" / "library.sqlite") as library:
        gone = forget_vectors(library, DEFAULT_EMBEDDER)
    for command, words in TELLING.items():
        ran = kinfolk(command, *words)
        told = ran.out + ran.err
        assert f"{gone} faces have no vector of {DEFAULT_EMBEDDER} yet" in " ".join(told.split()), command
        assert "kinfolk embed" in told, command
    assert kinfolk("scan", "--json").code == 0, "which makes what lacks"
    assert "no vector" not in kinfolk("people").err
