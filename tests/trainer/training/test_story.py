"""Models of one's own from end to end by command line: what is learnt, trained and imported is used and left again."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from engine.cli import main as kinfolk
from engine.models.catalog import DEFAULT_EMBEDDER, Catalog
from tests.app.drawn import DrawnLibrary, draw_library, give_looks, hash_files, name_people
from tests.engine.workflows.learning.conftest import said

PEOPLE, EACH = 14, 8
SHORT = {
    "steps = 2000": "steps = 2",
    '"mobilefacenet"': '"imported"\nstart_from = "small"',
    "dimension = 128": "dimension = 16",
    "held_out = 0.2": "held_out = 0.0",
    "warm_up = 100": "warm_up = 0",
    "learning_rate = 0.001": "learning_rate = 0.0001",
    "average = 0.99": "average = 0.0",
}


@pytest.fixture
def drawn(tmp_path: Path, models_dir: Path) -> DrawnLibrary:
    """Fourteen named people, vectors of the default model from which something can be learnt, and its file."""
    made = draw_library(tmp_path / "data", tmp_path / "Holiday", (EACH,) * PEOPLE, unsorted=24)
    give_looks(made)
    name_people(made, *(f"Person {number}" for number in range(PEOPLE)))
    hash_files(made)
    models = tmp_path / "data" / "models"
    models.mkdir()
    for card in Catalog(models_dir).defaults():
        (models / card.file).symlink_to(models_dir / card.file)
    return made


def test_learnt_trained_used_and_left(
    drawn: DrawnLibrary,
    graph: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KINFOLK_MODELS_DIR", raising=False)
    monkeypatch.setenv("KINFOLK_DATA_DIR", str(tmp_path / "data"))

    def run(*words: object) -> Any:
        capsys.readouterr()
        assert kinfolk([*map(str, words)]) == 0, capsys.readouterr().err
        lines = capsys.readouterr().out.splitlines()
        return json.loads(lines[-1]) if lines and lines[-1].startswith(("{", "[")) else None

    def used() -> list[str]:
        rows = run("models", "list", "--json")
        return [row["name"] for row in rows if row["in_use"] and row["kind"] == "embedder"]

    before = said(drawn.library)[:5]

    learnt = run("learn", "--apply", "--json")
    assert (learnt["accepted"], learnt["applied"]) == (True, True)
    assert used() == [f"{DEFAULT_EMBEDDER}_mine"]
    assert run("learn", "--undo", "--json")["model"] == DEFAULT_EMBEDDER

    run("models", "import", graph, "--name", "small", "--json")
    moved = run("models", "use", "small", "--json")
    assert moved["faces"] == PEOPLE * EACH + 24
    assert used() == ["small"]
    further = run("learn", "--level", 2, "--epochs", 1, "--json")
    assert (further["way"], further["people"] >= 4) == ("network", True)
    assert further["accepted"] == any(row["name"] == "small_mine" for row in run("models", "list", "--json"))

    run("train", "--new", "library", "mine.toml")
    text = Path("mine.toml").read_text(encoding="utf-8")
    for old, new in SHORT.items():
        assert old in text
        text = text.replace(old, new)
    Path("mine.toml").write_text(re.sub(r"^# (\[further|freeze|hold|kept)", r"\1", text, flags=re.M), encoding="utf-8")
    assert run("train", "mine.toml")["steps"] == 2
    assert run("models", "import", "runs/mine", "--json")[0]["name"] == "mine"
    assert run("models", "calibrate", "mine", "--json")["people"] == PEOPLE
    run("models", "use", "mine", "--json")
    assert used() == ["mine"]
    run("models", "use", DEFAULT_EMBEDDER, "--json")
    assert used() == [DEFAULT_EMBEDDER]
    assert run("models", "forget", "mine", "--json")["forgotten"] == moved["faces"]
    assert said(drawn.library)[:5] == before
    drawn.library.close()
