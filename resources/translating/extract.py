"""Finds the texts in the sources that can be translated, each in the context in which it is looked up."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from engine.words import ENGINE

PROJECT = Path(__file__).resolve().parents[2]

PACKAGES = ("app", "engine", "trainer")

QT_CALLS = ("translate", "QCoreApplication.translate", "QT_TRANSLATE_NOOP")
"""They name the context first."""

COUNTS = "Counts"
"""The context of the window's texts with a number."""


@dataclass(frozen=True, slots=True, order=True)
class Text:
    """A text in English by its context; `many`, where it is not "", is its form for several."""

    context: str
    code: str
    many: str = ""


@dataclass(slots=True)
class Found:
    """Texts with the files in which they are, relative to the project; `strange` are calls whose text is no literal."""

    texts: dict[Text, set[str]] = field(default_factory=dict)
    strange: list[str] = field(default_factory=list)


def found_texts(project: Path = PROJECT) -> Found:
    """Read all sources."""
    found = Found()
    for source in sources(project):
        reader = _Texts()
        reader.visit(ast.parse(source.read_text(encoding="utf-8")))
        place = source.relative_to(project).as_posix()
        for text in reader.found:
            found.texts.setdefault(text, set()).add(place)
        found.strange += [f"{place}:{line}" for line in reader.strange]
    return found


def sources(project: Path = PROJECT) -> Iterator[Path]:
    """Give the files in which texts may be, sorted."""
    for package in PACKAGES:
        yield from sorted((project / package).rglob("*.py"))


def is_said(code: str) -> bool:
    """Say whether a text has anything of its own beside the places to be filled."""
    return bool(re.sub(r"\{\w*\}", "", code).strip())


class _Texts(ast.NodeVisitor):
    """Gathers the texts of one file."""

    def __init__(self) -> None:
        self.found: set[Text] = set()
        self.strange: list[int] = []
        self._classes: list[str] = []

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._classes.append(node.name)
        self.generic_visit(node)
        self._classes.pop()

    def visit_Call(self, node: ast.Call) -> None:
        called = ast.unparse(node.func)
        literals = [one.value if isinstance(one, ast.Constant) else None for one in node.args]
        if called in QT_CALLS:
            self._add(node, *_two(literals), number=len(literals) > 3)
        elif called == "Counts.tr":
            self._add(node, COUNTS, *literals[:1], number=True)
        elif called == "self.tr" and self._classes:
            self._add(node, self._classes[-1], *literals[:1], number=len(literals) > 2)
        elif called in ("sentence", "template"):
            self._add(node, ENGINE, *literals[:1])
        elif called == "counted":
            self._add(node, ENGINE, *_two(literals))
        elif called.endswith(".tr"):
            self.strange.append(node.lineno)
        self.generic_visit(node)

    def _add(
        self, node: ast.Call, context: object, code: object = None, many: object = "", *, number: bool = False
    ) -> None:
        if not (isinstance(context, str) and isinstance(code, str) and isinstance(many, str)):
            self.strange.append(node.lineno)
        elif is_said(code):
            self.found.add(Text(context, code, code if number else many))


def _two(literals: list[object]) -> tuple[object, object]:
    first, second, *_ = [*literals, None, None]
    return first, second
