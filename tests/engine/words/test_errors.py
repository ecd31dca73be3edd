"""Every error that somebody reads can be told in other languages: its message and its hint are sentences."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import app
import engine
import trainer
from engine.errors import KinfolkError, ModelError, said_by
from engine.words import Sentence, sentence

SOURCES = sorted(path for package in (app, engine, trainer) for path in Path(package.__file__).parent.rglob("*.py"))


def error_names(trees: dict[Path, ast.Module]) -> set[str]:
    """Return the names of KinfolkError and of all classes that inherit from it."""
    classes = [node for tree in trees.values() for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    names, before = {KinfolkError.__name__}, 0
    while before != len(names):
        before = len(names)
        names |= {one.name for one in classes if names & {ast.unparse(base).split(".")[-1] for base in one.bases}}
    return names


def is_put_together(node: ast.expr) -> bool:
    """Say whether a text is a bare literal or made of parts, which nobody can translate."""
    if isinstance(node, ast.IfExp):
        return is_put_together(node.body) or is_put_together(node.orelse)
    if isinstance(node, ast.Constant):
        return bool(node.value)
    called = node.func if isinstance(node, ast.Call) else None
    return isinstance(node, ast.JoinedStr | ast.BinOp) or getattr(called, "attr", "") in ("format", "join")


def said(tree: ast.Module, names: set[str]) -> Iterator[ast.expr]:
    """Give messages and hints of errors, and what is bound to the names that stand for them."""
    bound: dict[str, list[ast.expr]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            bound.setdefault(node.targets[0].id, []).append(node.value)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in names:
            named = [keyword.value for keyword in node.keywords if keyword.arg in ("message", "hint")]
            for text in (*node.args[:2], *named):
                yield from bound.get(text.id, [text]) if isinstance(text, ast.Name) else [text]


def test_no_message_is_a_bare_literal_or_put_together() -> None:
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in SOURCES}
    names = error_names(trees)
    assert {"KinfolkError", "PhotoError", "LibraryDamagedError", "WatchLimitError"} <= names
    left = [
        f"{path.name}:{text.lineno}"
        for path, tree in trees.items()
        for text in said(tree, names)
        if is_put_together(text)
    ]
    assert left == []


@pytest.mark.parametrize("text", ['f"The {x}."', '"The."', '"The " + x', '"The {}.".format(x)', '" ".join(x)'])
def test_such_are_found(text: str) -> None:
    tree = ast.parse(f"def f(x):\n    hint = {text}\n    raise PhotoError(sentence('Said.'), hint)")
    assert [is_put_together(one) for one in said(tree, {"PhotoError"})] == [False, True]


def test_what_others_say_is_quoted_and_what_we_say_stays_a_sentence() -> None:
    ours = said_by(ValueError(sentence("it has {number} outputs", number=3)))
    assert isinstance(ours, Sentence)
    assert isinstance(said_by(ModelError(sentence("One."), sentence("Two."))), Sentence)
    assert said_by(ValueError("bad input")) == "bad input"
    assert said_by(KeyError("x")) == "'x'"
