"""Every label and tool tip of the window is plain text: what a user typed, or a file is called, is never markup."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

import app
from app.widgets.label import Label

SOURCES = sorted(Path(app.__file__).parent.rglob("*.py"))

RICH = {"pages/welcome.py"}
"""Where a label holds markup on purpose: of our own words and one path, which is escaped."""


def calls(source: Path) -> Iterator[tuple[str, ast.Call]]:
    """Yield every call in a file with the last name of what is called."""
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            yield getattr(node.func, "attr", getattr(node.func, "id", "")), node


def is_plain(node: ast.expr) -> bool:
    """Say whether a tool tip is a text of our own, as it stands, or one that was made plain."""
    if isinstance(node, ast.IfExp):
        return is_plain(node.body) and is_plain(node.orelse)
    if isinstance(node, ast.Constant):
        return "<" not in str(node.value)
    if not isinstance(node, ast.Call) or not node.args:
        return False
    name = getattr(node.func, "attr", getattr(node.func, "id", ""))
    return name == "plain_tip" or (name in ("tr", "translate") and all(map(is_plain, node.args)))


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: str(path.relative_to(SOURCES[0].parent)))
def test_no_text_is_taken_for_markup(source: Path) -> None:
    place = source.relative_to(SOURCES[0].parent).as_posix()
    for name, call in calls(source):
        assert name != "QLabel", f"{place}:{call.lineno} makes a QLabel, which guesses what is markup; use Label"
        if name == "setToolTip":
            assert is_plain(call.args[-1]), f"{place}:{call.lineno} shows a tool tip that may be taken for markup"
        if name == "QMessageBox":
            assert is_plain(call.args[-1]), f"{place}:{call.lineno} shows a text that may be taken for markup"
        if name == "setTextFormat":
            plain = ast.unparse(call.args[0]).endswith("PlainText")
            assert plain or place in RICH, f"{place}:{call.lineno} shows markup"


def test_a_label_takes_nothing_for_markup(qapp: object) -> None:
    label = Label("<b>Ada</b>")
    assert label.textFormat() == Qt.TextFormat.PlainText
