"""Level 2 on a library: its photos are read, the network is trained further, judged, and kept only where it gains."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from engine.errors import UsageError
from engine.learning.gate import Judged
from engine.learning.judging import Placed
from engine.library.edits import confirm_each
from engine.library.library import Library
from engine.library.models import use_embedder
from engine.library.queries import face_rows
from engine.models.card import InputSpec
from engine.models.catalog import Catalog
from engine.models.drafts import keep_draft
from engine.models.learned import Gain, Gains, Learned
from engine.models.learnt_cards import learnt_cards
from engine.paths import Places
from engine.progress import finish
from engine.settings import Settings
from engine.workflows.embedding.embed import embed_lacking
from engine.workflows.embedding.in_use import embedder_in_use, lacking
from engine.workflows.learning.network_card import draft_card, measured_card
from engine.workflows.learning.training_further import Wish, train_further
from engine.workflows.learning.using_taught import go_back, use_taught
from tests.app.drawn import draw_library, hash_files, name_people
from tests.engine.learning.drawn_people import drawn_album
from tests.engine.workflows.learning.conftest import said
from tests.trainer.training.small_network import SIDE, put

NAMES = ("Ada", "Bo", "Cleo", "Dov", "Eve", "Finn", "Gro", "Hal")


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(tmp_path / "data")


@pytest.fixture
def library(places: Places, tmp_path: Path, graph: Path) -> Iterator[Library]:
    """Eight named people with eight drawn faces each, embedded by a small network that nobody has trained."""
    made = draw_library(places.data, tmp_path / "Holiday", (8,) * 8, unsorted=12)
    name_people(made, *NAMES)
    hash_files(made)
    card = put(places.models, graph, "small", InputSpec(SIDE, SIDE, (127.5,) * 3, (127.5,) * 3))
    finish(embed_lacking(made.library, card, places.models, Settings(threads=2)))
    use_embedder(made.library, card.name)
    yield made.library
    made.library.close()


def files(places: Places) -> set[str]:
    found = {path.name for path in places.models.iterdir() if path.suffix in (".onnx", ".toml")}
    return {name for name in found if not name.startswith("small.")}


def test_a_network_that_gains_nothing_is_not_kept(library: Library, places: Places) -> None:
    """Drawn people are told apart as they are."""
    before = said(library)
    taught = finish(train_further(library, Catalog(places.models), Settings(threads=2), Wish(epochs=2)))
    assert taught.card is None
    assert taught.people >= 4
    assert taught.gains.known_verified.before == 1
    assert not files(places)
    assert said(library) == before


@pytest.mark.parametrize("seed", range(3))
def test_names_that_mean_nothing_never_pass(library: Library, places: Places, seed: int) -> None:
    named = [(row.face, row.person) for row in face_rows(library) if row.person is not None]
    drawn = np.random.default_rng(seed).permutation([face for face, _ in named])
    answers: dict[int, list[int]] = {}
    for face, (_, person) in zip(drawn.tolist(), named, strict=True):
        answers.setdefault(person, []).append(face)
    confirm_each(library, answers)
    taught = finish(train_further(library, Catalog(places.models), Settings(threads=2), Wish(epochs=3), seed))
    assert taught.gains.known_verified.before < 0.5
    assert taught.card is None
    assert not files(places)


def test_a_network_that_is_kept_is_used_and_left(library: Library, places: Places, tmp_path: Path, graph: Path) -> None:
    before, catalog = said(library)[:5], Catalog(places.models)
    ground = catalog.card("small")
    held = tmp_path / "held"
    held.mkdir()
    shutil.copyfile(graph, held / "small_mine.onnx")
    album = drawn_album(people=8)
    rows = np.arange(len(album.people))
    placed = Placed(rows, album.people, album.vectors, album.vectors)
    gains = Gains(*[Gain(0.5, 0.6, 0.05, 0.15)] * 4)
    learned = Learned("2026-01-01T12:00:00+00:00", 2, "network", "small", (1, 2), 24, gains)
    card = measured_card(draft_card(ground, "small_mine", held), Judged(placed, placed), album.vectors, learned)
    keep_draft(card, held, places.models)
    assert files(places) == {"small_mine.onnx", "small_mine.toml"}
    finish(use_taught(library, card, places, Settings(threads=2)))
    used = embedder_in_use(library, Catalog(places.models))
    assert used == card
    assert not lacking(library, used).faces
    assert said(library)[:5] == before
    assert go_back(library, Catalog(places.models)).name == "small"


def test_cancelled_it_leaves_nothing(library: Library, places: Places) -> None:
    steps = train_further(library, Catalog(places.models), Settings(threads=2), Wish(epochs=50))
    for report in steps:
        if report.done > 3:
            break
    steps.close()
    assert not files(places)
    assert not learnt_cards(Catalog(places.models))


@pytest.mark.parametrize("wish", [{"freeze": 1.0}, {"freeze": -0.1}, {"epochs": 0}])
def test_wishes_beyond_reason_are_refused(wish: dict[str, float]) -> None:
    with pytest.raises(UsageError):
        Wish(**wish)  # type: ignore[arg-type]  # as the command line gives them
