"""The page that groups anew, opened by a hand."""

from collections.abc import Callable
from importlib import import_module

import pytest
from pytestqt.qtbot import QtBot

from app.shell.main_window import MainWindow
from tests.app.pages.explorer.hand import ExplorerHand


@pytest.fixture(scope="session")
def algorithms_there() -> None:
    """Import what algorithms are made of: the page's nice thread would take minutes for it on a busy machine."""
    for module in ("hdbscan", "sklearn.cluster", "engine.workflows.grouping.regroup"):
        import_module(module)


@pytest.fixture
def open_explorer(
    algorithms_there: None, window: MainWindow, qtbot: QtBot, settle: Callable[[], None]
) -> Callable[[], ExplorerHand]:
    """Open the page, once the library is as the test wants it."""
    return lambda: ExplorerHand(window, qtbot, settle)
