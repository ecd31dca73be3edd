"""In which language the command line speaks."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from engine.errors import KinfolkError
from engine.paths import Places, default_data_dir, expanded
from engine.strict_toml import parse_toml
from engine.words.catalogue import SYSTEM, is_there, use


def choose_language(words: Sequence[str]) -> None:
    """Speak the language of the settings, else the system's; the command line's words may say where settings lie.

    It comes before the words are understood, so that what is wrong with them is said in it, too. So it goes by one line
    of the settings, whatever is wrong with the others, which whoever needs them will say.
    """
    use(_wanted(words))


def _wanted(words: Sequence[str]) -> str:
    try:
        data = expanded(_data_dir(words) or default_data_dir())
        language = parse_toml(Places(data).settings.read_text(encoding="utf-8")).get("language")
    except (KinfolkError, OSError, ValueError):  # TOMLDecodeError and UnicodeDecodeError are such
        return SYSTEM
    return language if isinstance(language, str) and is_there(language) else SYSTEM


def _data_dir(words: Sequence[str]) -> Path | None:
    """Return the data folder that the command line names before the command, None for none.

    Behind the command `--data` is an option of its own, and no short form of `--data-dir`.
    """
    finder = argparse.ArgumentParser(add_help=False, exit_on_error=False)
    finder.add_argument("--data-dir", type=Path)
    finder.add_argument("command", nargs=argparse.PARSER).required = False
    try:
        found, _ = finder.parse_known_args(words)
    except argparse.ArgumentError:
        return None
    data: Path | None = found.data_dir
    return data
