"""What the engine says reaches the window in the language in use."""

from collections.abc import Iterator
from gettext import GNUTranslations
from io import BytesIO

import pytest
from babel.messages.catalog import Message

from app.shell.main_window import MainWindow
from app.shell.rescue import error_box
from app.style import texts
from engine.errors import KinfolkError
from engine.words import catalogue, sentence
from engine.words.sentence import ENGINE
from resources.translating.mo import compiled

SAID = {"The disk {disk} is full.": "Der Datenträger {disk} ist voll.", "Make room on it.": "Machen Sie dort Platz."}
TOLD = "Der Datenträger A ist voll. Machen Sie dort Platz."


@pytest.fixture
def german() -> Iterator[None]:
    """Two sentences of the engine in German; the window itself stays English."""
    messages = [Message(code, translation, context=ENGINE) for code, translation in SAID.items()]
    header = {"Content-Type": "text/plain; charset=utf-8"}
    catalogue.use_texts("de", GNUTranslations(BytesIO(compiled(header, messages))))
    yield
    catalogue.use(catalogue.ENGLISH)


def full() -> KinfolkError:
    return KinfolkError(sentence("The disk {disk} is full.", disk="A"), sentence("Make room on it."))


@pytest.mark.usefixtures("german")
def test_an_error_and_a_notice(window: MainWindow) -> None:
    window.context.fail(full())
    assert window.messages.text.text() == TOLD
    window.context.told.emit(sentence("Make room on it."))
    assert window.messages.text.text() == SAID["Make room on it."]
    assert window.messages.accessibleName() == SAID["Make room on it."]


@pytest.mark.usefixtures("german", "dressed")
def test_an_error_before_the_window_is_there() -> None:
    box = error_box(full())
    assert (box.text(), box.informativeText()) == ("Der Datenträger A ist voll.", "Machen Sie dort Platz.")
    box.deleteLater()


@pytest.mark.usefixtures("german", "dressed")
def test_an_error_in_place_of_what_it_hinders() -> None:
    assert texts.spoken_error(full()) == TOLD
    assert texts.spoken_error(ValueError("broken")) == ""
