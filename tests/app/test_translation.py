"""Every text of the window can be translated: what is shown is what the catalogue in use says."""

import re
from collections.abc import Callable, Iterator
from gettext import GNUTranslations
from io import BytesIO

import pytest
from babel.messages.catalog import Message
from PySide6.QtCore import QCoreApplication, QLocale, QModelIndex, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QSpinBox,
    QTreeView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.grid.grid_view import GridView
from app.grid.tile import TILE
from app.merging.dialog import ask_to_merge
from app.pages.keys import KeysPage
from app.pages.settings.page import SettingsPage
from app.session.context import Context
from app.shell.about import About
from app.shell.asking import DIALOGS
from app.shell.main_window import MainWindow
from app.shell.pages import PAGES
from app.shell.rescue import error_box
from app.style.language import CatalogueTexts, language_in_use
from app.widgets.actions import shortcuts_of
from engine.errors import KinfolkError
from engine.words import catalogue
from resources.translating.extract import COUNTS, Text, found_texts
from resources.translating.mo import compiled
from tests.app.conftest import PLENTY_MS, opened_window
from tests.app.drawn import DrawnLibrary, name_people

OPEN, CLOSE = "⟦", "⟧"

UNTRANSLATED = re.compile(
    r"Kinfolk( \d.*)?|ValueError|https?:.*|Ada|Bo|Holiday|photo\d+(\.png)?|(?s:photo\d+\.png\n.*)|(\w+ )*\d{4}|/.*"
    r"|cpu|onnxruntime|openvino|torch|(sface|yunet)_\w+|(AuraFace|OpenCV model zoo|H\. Taniai).*"
    r"|Apple Photos|Google Takeout|Immich|Lightroom|PhotoPrism|Picasa|digiKam"
    r"|[A-Z]|F\d+(, \?)?|[\w+−/, ←→–-]*(Alt|Ctrl|Del|Suppr|Shift|Maj)(\+.*)?|Annuler|Fermer"
)
"""What is the same in every language, or comes from Qt in the language: the name of the program and of others, of
models, their sources and what runs them; what the user named, dates, paths; keys, and the buttons of all dialogs."""


@pytest.fixture(scope="module")
def texts() -> list[Text]:
    """What the sources hold."""
    return sorted(found_texts().texts)


def test_counts_have_the_forms_of_english(texts: list[Text]) -> None:
    catalogue.use(catalogue.ENGLISH)
    counts = [text for text in texts if text.context == COUNTS and text.many == text.code]
    assert len(counts) > 8
    for text in counts:
        one, several = (catalogue.find_form(COUNTS, text.code, count) for count in (1, 2))
        assert one != several
        assert text.code not in (one, several)


def test_numbers_with_forms_are_written_as_in_the_language(texts: list[Text]) -> None:
    with_forms = [text for text in texts if text.context == COUNTS and text.many]
    assert all("%Ln" in text.code for text in with_forms)


@pytest.fixture
def bracketed(texts: list[Text], dressed: QApplication) -> Iterator[QApplication]:
    """The application in a language whose texts are those of the sources in brackets."""
    header = {"Plural-Forms": "nplurals=2; plural=(n > 1);", "Content-Type": "text/plain; charset=utf-8"}
    messages = [
        Message(
            (text.code, text.many), (f"{OPEN}{text.code}{CLOSE}", f"{OPEN}{text.many}{CLOSE}"), context=text.context
        )
        if text.many
        else Message(text.code, f"{OPEN}{text.code}{CLOSE}", context=text.context)
        for text in texts
    ]
    catalogue.use_texts("fr", GNUTranslations(BytesIO(compiled(header, messages))))
    language_in_use().take_up()
    yield dressed
    catalogue.use(catalogue.ENGLISH)
    language_in_use().take_up()


def bracketed_message(text: Text) -> Message:
    one, several = f"{OPEN}{text.code}{CLOSE}", f"{OPEN}{text.many}{CLOSE}"
    if text.many:
        return Message((text.code, text.many), (one, several), context=text.context)
    return Message(text.code, one, context=text.context)


def test_what_the_window_shows_is_translated(
    bracketed: QApplication, context: Context, drawn: DrawnLibrary, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    name_people(drawn, "Ada", "Bo")
    subjects = {"person": drawn.people[0], "photos_of": drawn.people[0], "photo": drawn.photos[0]}
    with opened_window(context, qtbot) as window:
        for page in PAGES:
            context.navigator.go(page, subjects.get(page))
            settle()
        context.navigator.go("keys")
        qtbot.waitUntil(lambda: is_listed(window.page("keys")), timeout=PLENTY_MS)
        # Qt writes these in the language.
        keys = {shortcuts_of(action) for action in window.findChildren(QAction)}
        shown = with_letters(window) - keys
    assert len(shown) > 200
    assert_translated(shown)


def test_what_dialogs_show_is_translated(
    bracketed: QApplication, window: MainWindow, drawn: DrawnLibrary, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    name_people(drawn, "Ada", "Bo")
    settle()
    before, context = set(QApplication.topLevelWidgets()), window.context
    ask_to_merge(context, drawn.people[:2], window, lambda _person: None)
    settle()
    for name in DIALOGS:
        window.acts[name].trigger()
    context.navigator.go("settings")
    settle()
    page = window.page("settings")
    assert isinstance(page, SettingsPage)
    page.erase_button.click()
    About(window).show()
    window.report(ValueError("broken"))
    box = error_box(KinfolkError("/the/file cannot be read."))
    settle()
    opened = [one for one in QApplication.topLevelWidgets() if one not in before and one is not box]
    assert len(opened) >= 7
    shown = {text for dialog in (*opened, box) for text in with_letters(dialog)}
    for dialog in (*opened, box):
        dialog.close()
        dialog.deleteLater()
    assert_translated({text for text in shown if not re.match(r"Kinfolk \d|ValueError|https?:", text)})


def test_the_buttons_of_dialogs_are_translated_too(bracketed: QApplication, qtbot: QtBot) -> None:
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    assert box.button(QDialogButtonBox.StandardButton.Cancel).text().replace("&", "") == "Annuler"


def test_what_a_catalogue_lacks_is_said_in_english(dressed: QApplication) -> None:
    catalogue.use_texts("fr", GNUTranslations(BytesIO(compiled({}, [Message("People", "Gens", context="Sidebar")]))))
    language_in_use().take_up()
    try:
        asked = [QCoreApplication.translate("Sidebar", text) for text in ("People", "Photos")]
        counted = [QCoreApplication.translate(COUNTS, "%Ln face(s)", "", count) for count in (1, 2)]
    finally:
        catalogue.use(catalogue.ENGLISH)
        language_in_use().take_up()
    assert asked == ["Gens", "Photos"]
    assert counted == ["1 face", "2 faces"]


def test_texts_are_looked_up_anew_in_another_language(dressed: QApplication) -> None:
    found = CatalogueTexts(dressed)
    assert found.translate("Sidebar", "People") is None
    catalogue.use_texts("fr", GNUTranslations(BytesIO(compiled({}, [Message("People", "Gens", context="Sidebar")]))))
    found.forget()
    assert found.translate("Sidebar", "People") == "Gens"
    catalogue.use(catalogue.ENGLISH)
    found.deleteLater()


def is_listed(page: QWidget) -> bool:
    """Say whether the keys of every page are listed, which come one page after the other."""
    assert isinstance(page, KeysPage)
    return page.list.topLevelItemCount() == 2 + sum(bool(keys) for _, keys in page.context.key_book.pages())


def assert_translated(shown: set[str]) -> None:
    shown = shown - {QLocale().standaloneMonthName(month) for month in range(1, 13)} - {*catalogue.languages().values()}
    left = sorted(text for text in shown if OPEN not in text and not UNTRANSLATED.fullmatch(text))
    assert not left, "\n".join(left)


def with_letters(root: QWidget) -> set[str]:
    return {text for text in shown_texts(root) if text and re.search(r"[^\W\d_]", text)}


def shown_texts(root: QWidget) -> Iterator[str]:
    """Give every text of the window and of its pages, also of what is hidden now."""
    for action in root.findChildren(QAction):
        yield from (action.text(), action.toolTip())
    for widget in [root, *root.findChildren(QWidget)]:
        yield from (widget.toolTip(), widget.accessibleName(), widget.accessibleDescription(), widget.windowTitle())
        if isinstance(widget, QLabel | QAbstractButton):
            yield widget.text()
        elif isinstance(widget, QLineEdit):
            yield widget.placeholderText()
        elif isinstance(widget, QComboBox):
            yield from (widget.itemText(row) for row in range(widget.count()))
        elif isinstance(widget, QSpinBox):
            yield from (widget.specialValueText(), widget.suffix(), widget.prefix())
        elif isinstance(widget, GridView):
            tiles = [widget.model().index(row, 0).data(TILE) for row in range(widget.model().rowCount())]
            yield from (text for tile in tiles for text in (tile.title, tile.hint, tile.spoken, tile.tip))
        elif isinstance(widget, QAbstractItemView) and widget.model() is not None:
            yield from listed(widget, QModelIndex())


def listed(view: QAbstractItemView, parent: QModelIndex) -> Iterator[str]:
    """Give the texts of the first column, below each row of a tree those of its own rows."""
    model = view.model()
    roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
    for row in range(model.rowCount(parent)):
        index = model.index(row, 0, parent)
        yield from (text for role in roles if isinstance(text := index.data(role), str))
        if isinstance(view, QTreeView):
            yield from listed(view, index)
