"""Every text of the window can be translated: Qt's own tool finds it, in the context in which it is looked up."""

import ast
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import PySide6
import pytest
from PySide6.QtCore import QLocale, QTranslator
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QDialogButtonBox, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

import app
from app.application import TRANSLATIONS, install_texts
from app.grid.grid_view import GridView
from app.grid.tile import TILE
from app.session.context import Context
from app.shell.pages import PAGES
from tests.app.conftest import opened_window
from tests.app.drawn import DrawnLibrary, name_people

SOURCES = sorted(Path(app.__file__).parent.rglob("*.py"))
TOOLS = Path(PySide6.__file__).parent
OPEN, CLOSE = "⟦", "⟧"

Message = tuple[str, str]
"""The context of a text, and the text."""

UNTRANSLATED = re.compile(
    r"Kinfolk|Ada|Bo|Holiday|cpu|onnxruntime|openvino|torch|(sface|yunet)_\w+|photo\d+(\.png)?|(?s:photo\d+\.png\n.*)"
    r"|(\w+ )*\d{4}|[A-Z]|F\d+|/.*|[\w+−/ ←→–-]*(Ctrl|Del|Shift)\+?.*"
)
"""The name of the program, of models and what runs them, what the user named, dates, paths, keys."""


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> ET.ElementTree:
    """What Qt's lupdate finds in the sources of the window."""
    file = tmp_path_factory.mktemp("texts") / "found.ts"
    subprocess.run([tool("lupdate"), *map(str, SOURCES), "-ts", str(file)], check=True, capture_output=True)
    return ET.parse(file)


def tool(name: str) -> str:
    path = TOOLS / (f"{name}.exe" if sys.platform == "win32" else name)
    if not path.exists():
        pytest.skip(f"PySide6 came without {name}")
    return str(path)


def messages(catalogue: ET.ElementTree) -> Iterator[tuple[Message, ET.Element]]:
    for context in catalogue.iter("context"):
        for message in context.iter("message"):
            yield (context.findtext("name", ""), message.findtext("source", "")), message


class Texts(ast.NodeVisitor):
    """Gathers what a file has translated; `strange` are calls in which lupdate cannot see a text or its context."""

    def __init__(self) -> None:
        self.found: set[Message] = set()
        self.strange: list[int] = []
        self._classes: list[str] = []

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._classes.append(node.name)
        self.generic_visit(node)
        self._classes.pop()

    def visit_Call(self, node: ast.Call) -> None:
        called = ast.unparse(node.func)
        literals = [one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
        if called in ("translate", "QCoreApplication.translate", "QT_TRANSLATE_NOOP"):
            self._add(node, literals[:2])
        elif called == "Counts.tr":
            self._add(node, ["Counts", *literals[:1]])
        elif called == "self.tr":
            self._add(node, [self._classes[-1], *literals[:1]])
        elif called.endswith(".tr"):
            self.strange.append(node.lineno)
        self.generic_visit(node)

    def _add(self, node: ast.Call, message: list[str]) -> None:
        if len(message) == 2:
            self.found.add((message[0], message[1]))
        else:
            self.strange.append(node.lineno)


def test_every_text_is_found_in_the_context_in_which_it_is_looked_up(catalogue: ET.ElementTree) -> None:
    known = {message for message, _ in messages(catalogue)}
    lost: list[Message] = []
    strange: list[str] = []
    for source in SOURCES:
        texts = Texts()
        texts.visit(ast.parse(source.read_text()))
        lost += sorted(texts.found - known)
        strange += [f"{source.name}:{line}" for line in texts.strange]
    assert lost == []
    # These look up what is marked elsewhere: steps of the history and ways to group; and the forms of counts.
    assert sorted(place.split(":")[0] for place in strange) == [
        "groupings.py",
        "step_labels.py",
        "step_labels.py",
        "step_lines.py",
        "texts.py",
    ]


def test_counts_have_the_forms_of_english(catalogue: ET.ElementTree) -> None:
    found = {message for message, entry in messages(catalogue) if entry.get("numerus")}
    english = {
        message
        for message, entry in messages(ET.parse(TRANSLATIONS / "kinfolk_en.ts"))
        if len(entry.findall("translation/numerusform")) == 2
    }
    assert found == english
    assert all("%Ln" in text for _, text in found)


@pytest.fixture
def bracketed(catalogue: ET.ElementTree, dressed: QApplication, tmp_path: Path) -> Iterator[QApplication]:
    """The application in a language whose texts are those of the sources in brackets."""
    for (_, text), message in messages(catalogue):
        translation = message.find("translation")
        assert translation is not None
        translation.attrib.clear()
        plural = message.get("numerus") is not None
        for form in translation.findall("numerusform"):
            translation.remove(form)
        for form in [ET.SubElement(translation, "numerusform") for _ in range(2)] if plural else [translation]:
            form.text = f"{OPEN}{text}{CLOSE}"
    catalogue.getroot().set("language", "fr_FR")
    catalogue.write(tmp_path / "kinfolk_fr.ts", encoding="utf-8")
    subprocess.run([tool("lrelease"), str(tmp_path / "kinfolk_fr.ts")], check=True, capture_output=True)
    before, usual = dressed.findChildren(QTranslator), QLocale()
    QLocale.setDefault(QLocale("fr_FR"))
    install_texts(dressed, tmp_path)
    yield dressed
    QLocale.setDefault(usual)
    for translator in dressed.findChildren(QTranslator):
        if translator not in before:
            dressed.removeTranslator(translator)
            translator.deleteLater()


def test_what_the_window_shows_is_translated(
    bracketed: QApplication, context: Context, drawn: DrawnLibrary, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    name_people(drawn, "Ada", "Bo")
    subjects = {"person": drawn.people[0], "photos_of": drawn.people[0], "photo": drawn.photos[0]}
    with opened_window(context, qtbot) as window:
        for page in PAGES:
            context.navigator.go(page, subjects.get(page))
            settle()
        shown = {text for text in shown_texts(window) if re.search(r"[^\W\d_]", text)}
    assert len(shown) > 200
    shown -= {QLocale().standaloneMonthName(month) for month in range(1, 13)}
    left = sorted(text for text in shown if OPEN not in text and not UNTRANSLATED.fullmatch(text))
    assert left == [], left


def test_the_buttons_of_dialogs_are_translated_too(bracketed: QApplication, qtbot: QtBot) -> None:
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    assert box.button(QDialogButtonBox.StandardButton.Cancel).text().replace("&", "") == "Annuler"


def shown_texts(root: QWidget) -> Iterator[str]:
    """Give every text of the window and of its pages, also of what is hidden now."""
    for action in root.findChildren(QAction):
        yield from (action.text(), action.toolTip())
    for widget in [root, *root.findChildren(QWidget)]:
        yield from (widget.toolTip(), widget.accessibleName(), widget.accessibleDescription())
        if isinstance(widget, QLabel | QAbstractButton):
            yield widget.text()
        elif isinstance(widget, QLineEdit):
            yield widget.placeholderText()
        elif isinstance(widget, QComboBox):
            yield from (widget.itemText(row) for row in range(widget.count()))
        elif isinstance(widget, GridView):
            tiles = [widget.model().index(row, 0).data(TILE) for row in range(widget.model().rowCount())]
            yield from (text for tile in tiles for text in (tile.title, tile.hint, tile.spoken, tile.tip))
