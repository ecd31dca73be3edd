"""A catalogue in memory for texts that are made up here, and English again after each test."""

from collections.abc import Callable, Iterator
from gettext import GNUTranslations
from io import BytesIO

import pytest
from babel.messages.catalog import Message

from engine.words.catalogue import ENGLISH, use, use_texts
from engine.words.sentence import ENGINE
from resources.translating.mo import compiled

FORMS = {"de": "nplurals=2; plural=(n != 1);", "ko": "nplurals=1; plural=0;"}

Said = dict[str | tuple[str, str], str | tuple[str, ...]]
"""Texts or pairs of one and several, and their translation or its forms."""


@pytest.fixture
def speak() -> Iterator[Callable[[str, Said], None]]:
    """Give a function that puts a language in use with some translations of the engine's sentences."""

    def begin(language: str, said: Said) -> None:
        header = {"Plural-Forms": FORMS[language], "Content-Type": "text/plain; charset=utf-8"}
        messages = [Message(code, translation, context=ENGINE) for code, translation in said.items()]
        use_texts(language, GNUTranslations(BytesIO(compiled(header, messages))))

    yield begin
    use(ENGLISH)
