"""Settings are checked where they are read."""

from pathlib import Path

import pytest

from engine.errors import KinfolkError, UsageError
from engine.settings import Settings, load_settings, save_settings


def test_no_file_means_the_defaults(tmp_path: Path) -> None:
    assert load_settings(tmp_path / "absent.toml") == Settings()
    assert Settings().workers >= 1
    assert Settings(threads=3).workers == 3


def test_values_are_read(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text('providers = ["cuda", "cpu"]\nthreads = 4\ndetection_side = 1920\n')
    assert load_settings(path) == Settings(providers=("cuda", "cpu"), threads=4, detection_side=1920)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("thread = 4", "'thread'"),
        ("threads = true", "whole number"),
        ('threads = "4"', "whole number"),
        ("threads = -1", "0 \\(one per core\\)"),
        ('providers = "cpu"', "list of texts"),
        ("providers = [1]", r"'providers\[0\]' is 1. It has to be a text"),
        ("detection_side = 10", "320 to 4096"),
        ("watch = 1", "true or false"),
        ("threads = ", "not valid TOML"),
        ('language = "tlh"', "language tlh. Use system, en"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(text)
    with pytest.raises(UsageError, match=words):
        load_settings(path)


@pytest.mark.parametrize(
    "settings",
    [
        Settings(),
        Settings("scrfd", ("cuda", "cpu"), threads=3, detection_side=1280, watch=False),
        Settings(language="ko"),
    ],
)
def test_what_is_saved_is_read_again(tmp_path: Path, settings: Settings) -> None:
    path = tmp_path / "settings.toml"
    path.write_text("threads = 9\n")
    save_settings(path, settings)
    assert load_settings(path) == settings
    assert [kept.name for kept in tmp_path.iterdir()] == ["settings.toml"]


def test_only_what_was_chosen_is_written(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    save_settings(path, Settings(threads=2))
    assert path.read_text() == "threads = 2\n"


def test_a_folder_that_is_gone_is_said(tmp_path: Path) -> None:
    with pytest.raises(KinfolkError, match="cannot be written"):
        save_settings(tmp_path / "gone" / "settings.toml", Settings(threads=2))


def test_the_embedder_of_earlier_versions_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text('embedder = "mine"\nthreads = 4\n')
    assert load_settings(path) == Settings(threads=4)
