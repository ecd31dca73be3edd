"""A painter ends whatever happens: one that outlives its paint event makes Qt paint the widget no more."""

import ast
from pathlib import Path

import pytest
from PySide6.QtGui import QPainter, QPixmap

import app
from app.style.painting import painting

FOLDER = Path(app.__file__).parent
ONLY_ONE = FOLDER / "style" / "painting.py"


def test_it_ends_where_an_exception_leaves(qapp):
    pixmap = QPixmap(4, 4)
    with pytest.raises(KeyError), painting(pixmap) as painter:
        raise KeyError
    assert not painter.isActive()
    assert not pixmap.paintingActive()


def calls(tree: ast.AST, name: str) -> list[ast.Call]:
    found = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return [call for call in found if getattr(call.func, "id", getattr(call.func, "attr", "")) == name]


def test_nobody_makes_one_in_another_way():
    for path in sorted(FOLDER.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        if path != ONLY_ONE:
            assert not calls(tree, QPainter.__name__), path
        entered = [item.context_expr for node in ast.walk(tree) if isinstance(node, ast.With) for item in node.items]
        assert all(call in entered for call in calls(tree, painting.__name__)), path
