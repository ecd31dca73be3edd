"""What tests of the engine share: seeded numbers, cards for files that lie somewhere, and catalogues in memory."""

import ctypes
import hashlib
import os
from collections.abc import Callable, Iterator
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from babel.messages.catalog import Message

from engine.models.card import Decoder, InputSpec, ModelCard
from engine.words.catalogue import ENGLISH, use, use_texts
from engine.words.sentence import ENGINE
from resources.translating.mo import compiled


@pytest.fixture
def rng() -> np.random.Generator:
    """The same random numbers in every run."""
    return np.random.default_rng(7)


DAC_OVERRIDE, DAC_READ_SEARCH = 1, 2
"""Linux's words for what lets root open everything (capability.h)."""


@pytest.fixture
def permissions_count() -> Iterator[None]:
    """Permissions hold for this test's thread and those that it starts, though root runs the tests."""
    if os.name != "posix" or os.geteuid() != 0:
        yield
        return
    libc = ctypes.CDLL(None)
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)
    before = (ctypes.c_uint32 * 6)()
    if not hasattr(libc, "capget") or libc.capget(header, before) != 0:
        pytest.skip("root may open every file here")
    less = (ctypes.c_uint32 * 6)(*before)
    less[0] &= ~(1 << DAC_OVERRIDE | 1 << DAC_READ_SEARCH)
    libc.capset(header, less)
    yield
    libc.capset(header, before)


@pytest.fixture
def card_of():
    """Return a function that makes the card of a model file that lies somewhere."""

    def make(path: Path, decoder: Decoder, spec: InputSpec, dimension: int = 0) -> ModelCard:
        data = path.read_bytes()
        return ModelCard(
            name="foreign",
            kind=decoder.kind,
            decoder=decoder,
            file=path.name,
            sha256=hashlib.sha256(data).hexdigest(),
            size=len(data),
            licence="none",
            origin="this test",
            input=spec,
            dimension=dimension,
        )

    return make


FORMS = {"de": "nplurals=2; plural=(n != 1);", "ko": "nplurals=1; plural=0;"}

Said = dict[str | tuple[str, str], str | tuple[str, ...]]
"""Texts or pairs of one and several, and their translation or its forms."""


@pytest.fixture
def speak() -> Iterator[Callable[[str, Said], None]]:
    """Give a function that puts a language in use with some translations of sentences, and English again after it."""

    def begin(language: str, said: Said) -> None:
        header = {"Plural-Forms": FORMS[language], "Content-Type": "text/plain; charset=utf-8"}
        messages = [Message(code, translation, context=ENGINE) for code, translation in said.items()]
        use_texts(language, GNUTranslations(BytesIO(compiled(header, messages))))

    yield begin
    use(ENGLISH)
