"""The order in which readers expect names: Qt's collation, ö beside o, and Hangul first where Korean is read."""

import threading
from collections.abc import Callable
from functools import lru_cache

from PySide6.QtCore import QCollator, QCollatorSortKey, QLocale

from engine.library.edits.names import REMEMBERED


def name_order(name: str) -> QCollatorSortKey:
    """Return what names are sorted by, in the language of the window."""
    return name_orderer()(name)


def name_orderer() -> Callable[[str], QCollatorSortKey]:
    """Return `name_order` for many names: which language it is, is asked once."""
    language = QLocale().name()
    return lambda name: _place(name, language)


@lru_cache(maxsize=REMEMBERED)
def _place(name: str, language: str) -> QCollatorSortKey:
    return _collator(language, threading.get_ident()).sortKey(name)


@lru_cache(maxsize=8)
def _collator(language: str, _thread: int) -> QCollator:
    """Return the collator of a thread: two must not use one at once."""
    # The locale "C" would sort by the numbers of characters.
    return QCollator(QLocale("en" if language == QLocale.c().name() else language))
