"""Catalogues hold every text of the sources, and are what is read at run time."""

from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Message

from engine.words.catalogue import ENGLISH
from resources.translating.extract import Found, found_texts
from resources.translating.mo import compiled, is_compiled
from resources.translating.po import catalogue_files, header_of, language_of, read, texts_of, written
from resources.translating.update import main

FILES = catalogue_files()

LOOKED_UP = (
    *("groupings.py", "step_lines.py", "texts.py", "words/"),
    *("failures.py", "library.py", "opening.py", "preprocessing.py", "sqlite_errors.py"),
)
"""Files that look up what is marked elsewhere: ways to group, steps of the history, forms of counts, causes."""

each_language = pytest.mark.parametrize("file", FILES, ids=language_of)


@pytest.fixture(scope="module")
def found() -> Found:
    return found_texts()


@each_language
def test_every_text_is_in_every_catalogue_and_nothing_else(file: Path, found: Found) -> None:
    texts = [text for text in found.texts if language_of(file) != ENGLISH or text.code == text.many]
    wanted = {(text.context, text.code) for text in texts}
    there = set(texts_of(read(file)))
    assert there == wanted, "python -m resources.translating.update brings the catalogues up to date"


@each_language
def test_what_is_compiled_is_what_was_translated(file: Path) -> None:
    header, messages = header_of(file), list(texts_of(read(file)).values())
    assert file.with_suffix(".mo").read_bytes() == compiled(header, messages)
    assert file.read_bytes() == written(header, messages)


@pytest.mark.parametrize("file", [file for file in FILES if language_of(file) != ENGLISH], ids=language_of)
def test_every_text_is_translated_and_none_in_doubt(file: Path) -> None:
    messages = texts_of(read(file))
    assert [code for (_, code), message in messages.items() if not all(message.string or [""])] == []
    assert [code for (_, code), message in messages.items() if message.fuzzy] == []


@each_language
def test_translations_have_the_places_of_the_text(file: Path) -> None:
    for message in texts_of(read(file)).values():
        english = message.id if isinstance(message.id, tuple) else (message.id,)
        forms = message.string if isinstance(message.string, tuple) else (message.string,)
        for form in filter(None, forms):
            if len(english) == 1:
                assert places(form) == places(english[0]), form
            else:  # the form for one may go without its number
                assert places(form) <= places(english[0]) | places(english[1]), form


def places(text: str) -> set[str]:
    names = {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    return names | {place for place in ("%Ln", "%1") if place in text}


def test_texts_are_literals(found: Found) -> None:
    left = [place for place in found.strange if not any(name in place for name in LOOKED_UP)]
    assert left == []


def test_no_text_has_and_lacks_forms(found: Found) -> None:
    keys = [(text.context, text.code) for text in found.texts]
    assert len(keys) == len(set(keys))


def test_the_command_changes_nothing_that_is_up_to_date(capsys: pytest.CaptureFixture[str]) -> None:
    before = [file.read_bytes() for file in FILES]
    assert main([]) == 0
    assert [file.read_bytes() for file in FILES] == before
    assert "en: " in capsys.readouterr().out


def test_two_changes_of_a_catalogue_are_joined(tmp_path: Path) -> None:
    """One dropped "a", translated "b" and added "d"; the other added "e" and translated "c"."""
    versions = {
        "base": {"a": "A", "b": "", "c": ""},
        "ours": {"b": "B", "c": "", "d": "D"},
        "theirs": {"a": "A", "b": "", "c": "C", "e": ""},
    }
    header = header_of(FILES[0])
    for name, texts in versions.items():
        messages = [Message(code, string, context="engine") for code, string in texts.items()]
        (tmp_path / f"{name}.po").write_bytes(written(header, messages))
        (tmp_path / f"{name}.mo").write_bytes(compiled(header, messages))
    for ending in ("po", "mo"):
        files = [str(tmp_path / f"{name}.{ending}") for name in versions]
        assert main(["--merge", *files]) == 0
    po, mo = tmp_path / "ours.po", tmp_path / "ours.mo"
    assert {code: message.string for (_, code), message in texts_of(read(po)).items()} == {
        "b": "B",
        "c": "C",
        "d": "D",
        "e": "",
    }
    assert is_compiled(mo)
    assert mo.read_bytes() == compiled(header, list(texts_of(read(po)).values()))
