"""Data goes to stdout, everything meant for a person to stderr."""

import io
import json
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from contextlib import suppress

from engine.cli.cells import cells, padded
from engine.errors import KinfolkError, UsageError
from engine.words import sentence, told


def put_json(value: object) -> None:
    """Print one JSON value on one line, all ASCII; names that are not UTF-8 keep Python's surrogate escapes."""
    print(json.dumps(value))


def put_table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print rows as columns as wide as their longest value, in the language in use; empty heads are fine."""
    lines = [[_shown(value) for value in row] for row in (head, *rows)]
    widths = [max(cells(line[column]) for line in lines) for column in range(len(head))]
    for line in lines:
        print("  ".join(padded(value, width) for value, width in zip(line, widths, strict=True)).rstrip())


def put_line(text: str) -> None:
    """Print a sentence of the command's result, in the language in use."""
    print(printable(text))


def say(text: str) -> None:
    """Tell the person something that is not the command's result, in the language in use.

    A terminal that was closed is told nothing.
    """
    with suppress(OSError):
        print(printable(text), file=sys.stderr, flush=True)


def say_error(error: KinfolkError) -> None:
    """Say what happened and, on a line of its own, what to do."""
    say(f"kinfolk: {told(error.message)}")
    if error.hint:
        say(error.hint)


def printable(text: str) -> str:
    """Return the text in the language in use, with what a terminal cannot show, or would obey, written as escapes.

    File names may hold bytes that are not UTF-8, line breaks, and sequences that colour, move or erase.
    """
    text = told(text)
    harmless = text if text.isprintable() else "".join(map(_harmless, text))
    return harmless.encode("utf-8", "backslashreplace").decode("utf-8")


def spare_errors() -> None:
    """Let stdout and stderr write characters that their encoding lacks as escapes, instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def whole_number(text: str) -> int:
    """Read the number of a person or a face given on the command line."""
    try:
        return int(text)
    except ValueError:
        raise UsageError(
            sentence("'{text}' is not the number of a person or a face.", text=text),
            sentence("`kinfolk people` and `kinfolk faces` list them."),
        ) from None


_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that turn the direction of what follows them: with one, "gpj.exe" reads as "exe.jpg"."""


def _harmless(character: str) -> str:
    control = unicodedata.category(character) == "Cc" or character in _TURNING
    return character.encode("unicode_escape").decode("ascii") if control else character


def _shown(value: object) -> str:
    return "" if value is None else printable(value if isinstance(value, str) else str(value))
