"""The trainer's commands speak the language in use."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.cli.help import translate_argparse
from engine.cli.output import say_error
from engine.errors import KinfolkError
from tests.engine.cli.bracketed import NAMES, brackets, untranslated
from trainer.backbones import BACKBONES
from trainer.choices import NewRecipe, SourceKind
from trainer.cli import COMMANDS, main
from trainer.data.pairs_file import RFW_GROUPS
from trainer.losses import LOSSES

WORDS = NAMES | {
    *LOSSES,
    *BACKBONES,
    *COMMANDS,
    *SourceKind,
    *NewRecipe,
    *RFW_GROUPS,
    "toml",
    "bin",
    "html",
    "png",
    "gradient",
}
"""What is called so in every language."""


@pytest.fixture(autouse=True)
def spoken() -> Iterator[None]:
    """Speak in brackets."""
    with brackets():
        translate_argparse()
        yield


@pytest.mark.parametrize("command", COMMANDS)
def test_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main([command, "--help"])
    assert untranslated(capsys.readouterr().out, WORDS) == []


@pytest.mark.parametrize(
    "words",
    [
        ["frobnicate"],
        ["train"],
        ["train", "gone.toml"],
        ["train", "config.toml"],
        ["train", "--new", "folder"],
        ["train", "--new", "folder", "--data", "gone"],
        ["train", "--new", "record", "--data", "gone"],
        ["train", "--new", "library", "--data", "gone", "config.toml"],
        ["toy", "--loss", "arcface", "--option", "x"],
        ["toy", "--loss", "arcface", "--option", "sy=1"],
        ["toy", "--loss", "arcface", "--option", "s=true"],
        ["toy", "--loss", "arcface", "--option", "m=-1.0"],
        ["evaluate", "gone", "--data", "gone"],
    ],
)
def test_errors(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "config.toml").write_text("steps = -1")
    with pytest.raises(KinfolkError) as caught:
        main(words)
    say_error(caught.value)
    assert untranslated(capsys.readouterr().err, WORDS | {"config", "gone", "data", "sy", "True"}) == []
