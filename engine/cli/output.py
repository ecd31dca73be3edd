"""Data goes to stdout, everything meant for a person to stderr."""

import json
import sys
from collections.abc import Iterable, Sequence

from engine.errors import KinfolkError, UsageError


def put_json(value: object) -> None:
    """Print one JSON value on one line, all ASCII; names that are not UTF-8 keep Python's surrogate escapes."""
    print(json.dumps(value))


def put_table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print rows as columns as wide as their longest value; empty heads are fine."""
    lines = [[_shown(value) for value in row] for row in (head, *rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    for line in lines:
        print("  ".join(value.ljust(width) for value, width in zip(line, widths, strict=True)).rstrip())


def say(text: str) -> None:
    """Tell the person something that is not the command's result."""
    print(printable(text), file=sys.stderr, flush=True)


def say_error(error: KinfolkError) -> None:
    """Say what happened and, on a line of its own, what to do."""
    say(f"kinfolk: {error.message}")
    if error.hint:
        say(error.hint)


def printable(text: str) -> str:
    """Return the text with what a terminal cannot show (file names that are not UTF-8) written as escapes."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def whole_number(text: str) -> int:
    """Read the number of a person or a face given on the command line."""
    try:
        return int(text)
    except ValueError:
        raise UsageError(
            f"{text!r} is not the number of a person or a face.", "`kinfolk people` and `kinfolk faces` list them."
        ) from None


def _shown(value: object) -> str:
    return "" if value is None else printable(str(value))
