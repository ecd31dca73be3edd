"""The page that learns, over people whose pictures differ in what can be learnt."""

from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.shell.main_window import MainWindow
from tests.app.drawn import DrawnLibrary, draw_library, give_looks, name_people
from tests.app.pages.learn.hand import LearnHand

PEOPLE, EACH, STRAYS = 14, 8, 24
NAMES = ("Ada", "Bo", "Cleo", "Dov", "Eve", "Finn", "Gro", "Hal", "Ida", "Jon", "Kai", "Lea", "Mia", "Nils")


@pytest.fixture(scope="session", autouse=True)
def learning_there() -> None:
    """Import what learning is made of: the page's nice thread would take minutes for it on a busy machine."""
    for module in ("engine.workflows.learning.adapting", "scipy.sparse.csgraph", "sklearn.cluster"):
        import_module(module)


@pytest.fixture
def drawn(tmp_path: Path) -> Iterator[DrawnLibrary]:
    """Fourteen people with eight faces each, on as many days, without names yet."""
    made = draw_library(tmp_path / "data", tmp_path / "Holiday", (EACH,) * PEOPLE, unsorted=STRAYS)
    give_looks(made)
    yield made
    made.library.close()


@pytest.fixture
def open_learn(
    window: MainWindow, drawn: DrawnLibrary, qtbot: QtBot, settle: Callable[[], None]
) -> Callable[..., LearnHand]:
    """Name so many people and open the page."""

    def opened(named: int = PEOPLE) -> LearnHand:
        name_people(drawn, *NAMES[:named])
        settle()
        return LearnHand(window, qtbot, settle)

    return opened
