"""The command line in the language of its user: all that is said, and nothing that other programs read."""

import argparse
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from engine.cli import main
from engine.cli.asking import ENGLISH_NO, ENGLISH_YES, NO, YES, answers_meaning
from engine.cli.cells import cells, padded, wrapped
from engine.cli.command import answer
from engine.cli.help import Parser, translate_argparse
from engine.cli.language import choose_language
from engine.cli.parser import build_parser
from engine.words.catalogue import in_use, use
from tests.engine.cli.bracketed import NAMES, brackets, untranslated

Kinfolk = Callable[..., Any]


def helps(parser: argparse.ArgumentParser, words: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Give the help of a parser and of every command below it, with the words that lead there."""
    yield words, parser.format_help()
    for action in parser._actions:  # noqa: SLF001  # argparse names its subparsers nowhere else
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            for name, below in action.choices.items():
                if not below.add_help:  # of another package, which tells its own
                    continue
                yield from helps(below, (*words, name))


def test_help_is_in_the_language_in_use() -> None:
    with brackets():
        translate_argparse()
        told = dict(helps(build_parser()))
    assert ("models", "use") in told
    names = NAMES | {word for words in told for word in words}
    left = {" ".join(words): untranslated(text, names) for words, text in told.items()}
    assert {words: strange for words, strange in left.items() if strange} == {}


@pytest.mark.parametrize(
    "words",
    [
        ["frobnicate"],
        ["scan", "--frob"],
        ["name", "1"],
        ["models"],
        ["scan", "--threads", "x"],
        ["learn", "--level", "7"],
        ["learn", "--freeze", "x"],
        ["cluster", "--preview", "--apply"],
        ["scan", "--retr=x"],
        ["backup", "--data-dir"],
    ],
)
def test_wrong_words_are_said_in_the_language_in_use(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with brackets(), pytest.raises(SystemExit):
        answer(words)
    names = NAMES | {name for names, _ in helps(build_parser()) for name in names}
    assert untranslated(capsys.readouterr().err, names) == []


def test_what_programs_read_is_the_same_in_every_language(kinfolk: Kinfolk, ask: Kinfolk) -> None:
    for words in (("doctor",), ("models", "list"), ("people",), ("photos",), ("faces",), ("restore", "--list")):
        assert without_figures(kinfolk(*words, "--json").out) in without_figures(ask(*words, "--json"))


def without_figures(text: str) -> str:
    """Leave out free space, which changes."""
    return re.sub(r"\d+", "", text)


@pytest.mark.parametrize(
    ("environment", "setting", "language"),
    [
        ({"LC_ALL": "ko_KR.UTF-8"}, "", "ko"),
        ({"LANG": "en_GB.UTF-8", "LANGUAGE": "de"}, "", "de"),
        ({"LC_ALL": "ko_KR.UTF-8"}, 'language = "de"', "de"),
        ({"LC_ALL": "ko_KR.UTF-8"}, 'language = "system"', "ko"),
        ({"LC_ALL": "ko_KR.UTF-8"}, 'language = "xx"', "ko"),
        ({"LC_ALL": "ko_KR.UTF-8"}, "language = [", "ko"),
        ({"LC_ALL": "C"}, "", "en"),
    ],
)
def test_the_settings_win_over_the_system(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, environment: dict[str, str], setting: str, language: str
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    (tmp_path / "settings.toml").write_text(setting)
    main(["--data-dir", str(tmp_path), "restore", "--list", "--json"])
    assert in_use() == language


@pytest.mark.parametrize(
    ("words", "language"),
    [
        (["people", "--data", "OTHER"], "de"),
        (["people", "--data=OTHER"], "de"),
        (["--data", "OTHER", "people"], "ko"),
        (["--data-dir=OTHER", "people"], "ko"),
        (["--data-dir"], "de"),
        ([], "de"),
    ],
)
def test_data_of_a_command_are_not_the_data_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, words: list[str], language: str
) -> None:
    for folder, setting in (("own", "de"), ("other", "ko")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "settings.toml").write_text(f'language = "{setting}"')
    monkeypatch.setenv("LC_ALL", "C")
    monkeypatch.setenv("KINFOLK_DATA_DIR", str(tmp_path / "own"))
    choose_language([word.replace("OTHER", str(tmp_path / "other")) for word in words])
    assert in_use() == language


def test_wide_characters_stand_in_columns() -> None:
    assert [cells(text) for text in ("Ada", "그레이스", "그", "é")] == [3, 8, 2, 1]
    assert cells(padded("그레이스", 10)) == 10
    assert padded("그레이스", 3) == "그레이스"
    assert wrapped("얼굴을 찾아 사람별로 묶습니다", 10) == ["얼굴을", "찾아", "사람별로", "묶습니다"]
    assert max(map(cells, wrapped("사진 폴더에서 얼굴을 찾아 사람별로 묶습니다", 20))) <= 20


def test_usage_is_indented_by_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    use("ko")
    translate_argparse()
    parser = Parser(prog="kinfolk")
    for number in range(8):
        parser.add_argument(f"--option-{number}", metavar="VALUE")
    first, second, *_ = parser.format_usage().splitlines()
    before = re.match(r"(.*?)\[-h\]", first)
    assert before is not None
    assert cells(before[1]) == len(second) - len(second.lstrip())


@pytest.mark.parametrize(("language", "yes", "no"), [("en", "yes", "n"), ("de", "ja", "nein"), ("ko", "네", "아니요")])
def test_questions_take_answers_in_the_language_in_use_and_in_english(language: str, yes: str, no: str) -> None:
    use(language)
    meaning_yes, meaning_no = answers_meaning(YES, ENGLISH_YES), answers_meaning(NO, ENGLISH_NO)
    assert {yes, "y"} <= meaning_yes
    assert {no, "no"} <= meaning_no
    assert not meaning_yes & meaning_no
