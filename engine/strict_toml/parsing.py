"""TOML text to plain tables, refused before it costs time where it is larger or deeper than anybody writes it.

tomllib recurses into nested brackets and walks a dotted key from its first part for every part: a small file can end in
a RecursionError or keep a core busy for hours. So brackets and dots are counted first, in one pass over the text.
"""

import re
import tomllib

from engine.words import sentence

MOST_BYTES = 1_000_000
MOST_NESTED = 32
"""Brackets within brackets; a card has three."""
MOST_PARTS = 16
"""Parts of one dotted key, table headers' too; a training configuration has three."""

# Strings and comments are passed over whole. Where one is not closed, tomllib stops at that place too. Not possessive
# (`*+`), which Python before 3.11.5 matches wrongly (its issue 106052). No two branches begin alike: nothing is lost.
_TOKEN = re.compile(
    r"""
    "{3}(?:[^"\\]|\\.|"{1,2}(?!"))*"{3,5} | '{3}(?:[^']|'{1,2}(?!'))*'{3,5}
    | "(?:[^"\\\n]|\\.)*" | '[^'\n]*'
    | \#[^\n]*
    | (?P<open>[\[{]) | (?P<close>[\]}]) | (?P<dot>\.) | (?P<end>[\n=,])
    """,
    re.VERBOSE | re.DOTALL,
)


def parse_toml(text: str) -> dict[str, object]:
    """Return the top table. ValueError, its text a clause without a full stop, says why it is none."""
    if len(text.encode("utf-8", "surrogatepass")) > MOST_BYTES:
        raise ValueError(sentence("it is larger than {megabytes} MB", megabytes=MOST_BYTES // 1_000_000))
    _count(text)
    try:
        return tomllib.loads(text)
    except RecursionError as error:
        raise ValueError(sentence("it is nested too deeply")) from error


def _count(text: str) -> None:
    """Raise ValueError where brackets stand too deep or a key has too many parts."""
    depth, dots = 0, 0
    for token in _TOKEN.finditer(text):
        kind = token.lastgroup
        if kind == "dot":
            dots += 1
            if dots >= MOST_PARTS:
                raise ValueError(
                    sentence(
                        "line {line} has a key of more than {most} parts", line=_line(text, token), most=MOST_PARTS
                    )
                )
        elif kind == "open":
            depth, dots = depth + 1, 0
            if depth > MOST_NESTED:
                raise ValueError(
                    sentence("line {line} is nested more than {most} deep", line=_line(text, token), most=MOST_NESTED)
                )
        elif kind is not None:
            depth, dots = depth - (kind == "close"), 0


def _line(text: str, token: re.Match[str]) -> int:
    return text.count("\n", 0, token.start()) + 1
