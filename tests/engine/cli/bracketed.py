"""A language that nobody speaks, which shows what is not translated: every text in brackets, what fills it outside."""

import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from gettext import NullTranslations
from string import Formatter

from engine.words import ENGINE
from engine.words.catalogue import ENGLISH, use, use_texts

OPEN, CLOSE = "⟦", "⟧"
_PERCENT = re.compile(r"(%(?:\(\w+\))?[sr]|%1)")
"""Places in texts of argparse, and in steps."""

PLAIN = re.compile(
    r"""
    https?://\S+ | \S*/[^\s,;:⟦]+            # addresses, paths
    | kinfolk(?:\ [a-z][a-z-]*){1,2}          # commands
    | (?<!\w)--?[a-z][\w-]*                  # options
    | [a-z]+_\w+                             # keys and settings
    | [A-Z][A-Z0-9_:.=-]*\b                  # what stands for a value in help
    | [\w./-]*\d[\w.,%-]*                    # numbers, versions, names of files and models
    | \b[^\W\d_]\b                           # single letters
    """,
    re.VERBOSE,
)
"""What is the same in every language."""


NAMES = {
    *("kinfolk", "Kinfolk", "Ada", "Grace", "hopper", "collins", "album", "event"),
    *("onnxruntime", "openvino", "auto", "float32", "bfloat16", "float16", "cpu", "cuda", "coreml"),
    *("default", "average", "dbscan", "hdbscan", "kmeans", "whispers", "similarity"),
    *("picasa", "digikam", "takeout", "immich", "photoprism", "apple", "lightroom"),
    *("MIT", "Apache", "MB", "jpg", "onnx", "xmp", "csv", "json", "folder", "frobnicate", "albums"),
    *("backbones", "evaluate", "toy", "train"),
    *("ok", "Python", "faiss-cpu", "opencv-python", "SQLAlchemy", "insightface", "torch", "ray"),
}
"""What is called so in every language: programs, models, people of the album."""


class Bracketed(NullTranslations):
    """Translates the engine's texts and the steps of the history; those of the window stay."""

    def pgettext(self, context: str, message: str) -> str:
        return _in_brackets(message) if context in (ENGINE, "Steps") else message

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> str:
        return self.pgettext(context, msgid1 if n == 1 else msgid2)


@contextmanager
def brackets() -> Iterator[None]:
    """Speak it for a while."""
    use_texts("xx", Bracketed())
    try:
        yield
    finally:
        use(ENGLISH)


def untranslated(text: str, names: Collection[str]) -> list[str]:
    """Return the words of a text that stand outside brackets and are neither plain nor names, in their order."""
    outside = re.sub(rf"{OPEN}[^{CLOSE}]*{CLOSE}", " ", " ".join(text.split()))
    outside = PLAIN.sub(" ", outside)
    for name in sorted(names, key=len, reverse=True):
        outside = re.sub(rf"(?<![\w-]){re.escape(name)}(?![\w-])", " ", outside)
    return re.findall(r"[^\W\d_]{2,}", outside)


def _in_brackets(message: str) -> str:
    if "%" in message and "{" not in message:
        parts = _PERCENT.split(message)
        return "".join(part if _PERCENT.fullmatch(part) else _marked(part) for part in parts)
    filled = ""
    for literal, name, form, _ in Formatter().parse(message):
        filled += _marked(literal)
        if name is not None:
            filled += f"{{{name}:{form}}}" if form else f"{{{name}}}"
    return filled


def _marked(literal: str) -> str:
    """Return the text of a template in brackets, its blanks at both ends outside; without letters, as it is."""
    words = literal.strip()
    if not any(character.isalpha() for character in words):
        return literal
    return literal.replace(words, f"{OPEN}{words}{CLOSE}")
