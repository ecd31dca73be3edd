"""Level 2: the network itself is trained further on the faces of named people, judged, and kept where it gains.

What is judged is the very network that would be used: people are split once, and it never learns from the others.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.errors import LibraryError, UsageError
from engine.faces.embed import Embedder, Embeddings, open_embedder
from engine.geometry import Image
from engine.learning.examples import examples
from engine.learning.folds import Fold, folds
from engine.learning.gate import JUDGING, Judged, at_most, gains, judged, refusal
from engine.learning.judging import MOST_OF_ONE
from engine.learning.lesson import Way
from engine.learning.network import NetworkTask, network_learner
from engine.library.library import Library
from engine.models.card import ModelCard
from engine.models.catalog import Catalog
from engine.models.drafts import draft_folder, keep_draft
from engine.models.fetch import fetch
from engine.models.learned import Learned
from engine.models.prepare import prepare
from engine.progress import Workflow
from engine.settings import Settings
from engine.words import sentence
from engine.workflows.embedding.in_use import embedder_in_use
from engine.workflows.learning.adapting import enough, free_name, now
from engine.workflows.learning.album import LibraryAlbum, ground_card, read_album
from engine.workflows.learning.crops import cut_faces
from engine.workflows.learning.network_card import draft_card, measured_card
from engine.workflows.learning.taught import Taught

MOST_LEARNT_OF_ONE, MOST_OTHERS = 40, 2000


@dataclass(frozen=True, slots=True)
class Wish:
    """How level 2 is to be done: the share of the layers that stays as it is, and how often faces are gone through."""

    freeze: float = 0.5
    epochs: int = 6

    def __post_init__(self) -> None:
        if not 0 <= self.freeze < 1:
            raise UsageError(
                sentence("freeze is {freeze:g}.", freeze=self.freeze),
                sentence("Use 0 (all layers learn) to less than 1."),
            )
        if not 1 <= self.epochs <= 1000:
            raise UsageError(sentence("epochs is {epochs}.", epochs=self.epochs), sentence("Use 1 to 1000."))


def train_further(
    library: Library, catalog: Catalog, settings: Settings, wish: Wish | None = None, seed: int = 0
) -> Workflow[Taught]:
    """Train the network in use further, and judge it; where it gains, it is kept among the models, not in use.

    Reads the photos of named people and of some others. Nothing is kept where it is cancelled, or gains nothing. Raises
    UsageError where the confirmed faces do not suffice, ModelError where PyTorch is not installed or the network is one
    that cannot be trained further. The caller sees to it that no scan runs.
    """
    learn = network_learner()
    ground = ground_card(library, catalog)
    album = enough(read_album(library, ground))
    yield from fetch(ground, catalog.folder)
    with draft_folder(catalog.folder) as held:
        name = free_name(catalog, ground.name)
        faces = yield from _faces(library, ground, album, settings, seed)
        graph = catalog.path(ground) if ground.file.endswith(".onnx") else prepare(ground, catalog.folder)
        yield from learn(faces.task(graph, held / f"{name}.onnx", ground, wish or Wish(), seed))
        yield JUDGING
        draft = draft_card(ground, name, held)
        found, stored = _judged(album, faces, open_embedder(draft, held, running=settings.running), ground)
        worth = yield from gains([found])
        card = None
        refused = refusal(worth)
        if refused is None:
            used = embedder_in_use(library, catalog).name
            learned = Learned(now(), 2, Way.NETWORK, used, tuple(faces.people.tolist()), len(faces.fold.learnt), worth)
            card = measured_card(draft, found, stored, learned)
            keep_draft(card, held, catalog.folder)
    shown = examples([found])
    ids = album.face_ids
    return Taught(
        ground,
        worth,
        Way.NETWORK,
        len(faces.people),
        len(faces.fold.learnt),
        tuple(ids[shown.fixed].tolist()),
        tuple(ids[shown.broken].tolist()),
        card,
        refused,
    )


@dataclass(frozen=True, slots=True)
class _Faces:
    """The crops of one split, by rows of the album: `rows` (n,) of those that could be read, `crops` in their order."""

    fold: Fold
    labels: NDArray[np.int64]
    crops: dict[int, Image]
    others: Image

    @property
    def people(self) -> NDArray[np.int64]:
        """Who was learnt from, rising."""
        return np.unique(self.labels[self.fold.learnt])

    def of(self, rows: NDArray[np.intp]) -> Image:
        """Return the crops of rows."""
        return np.stack([self.crops[row] for row in rows.tolist()])

    def task(self, graph: Path, target: Path, card: ModelCard, wish: Wish, seed: int) -> NetworkTask:
        learnt, unseen = self.fold.learnt, self.fold.unseen
        named = (self.of(learnt), self.labels[learnt], self.others, self.of(unseen), self.labels[unseen])
        return NetworkTask(graph, target, card.input, *named, freeze=wish.freeze, epochs=wish.epochs, seed=seed)


def _faces(library: Library, card: ModelCard, album: LibraryAlbum, settings: Settings, seed: int) -> Workflow[_Faces]:
    """Split the people and cut their faces, and some of others; faces that cannot be read now are left out."""
    labels = album.album.people
    whole = folds(labels, album.album.days, seed)[0]
    learnt = at_most(labels, whole.learnt, MOST_LEARNT_OF_ONE)
    unseen, strangers = (at_most(labels, rows, MOST_OF_ONE) for rows in (whole.unseen, whole.strangers))
    wanted = np.concatenate([learnt, unseen, strangers])
    drawn = np.random.default_rng(seed).permutation(album.other_ids)[:MOST_OTHERS]
    ids = np.concatenate([album.face_ids[wanted], drawn])
    found = yield from cut_faces(library, ids, card.input.crop, settings.workers)
    crops = {
        int(row): found[face]
        for row, face in zip(wanted, album.face_ids[wanted].tolist(), strict=True)
        if face in found
    }
    there = np.array(sorted(crops), np.intp)
    fold = Fold(*(rows[np.isin(rows, there)] for rows in (learnt, unseen, strangers)))
    if min(len(np.unique(labels[rows])) for rows in (fold.learnt, fold.unseen, fold.strangers)) < 2:
        raise LibraryError(
            sentence("Too few photos of the people you named can be read now."),
            sentence("Connect the disk they lie on."),
        )
    side = card.input.crop.side
    others = [found[face] for face in drawn.tolist() if face in found]
    return _Faces(fold, labels, crops, np.stack(others) if others else np.empty((0, side, side, 3), np.uint8))


def _judged(album: LibraryAlbum, faces: _Faces, embedder: Embedder, ground: ModelCard) -> tuple[Judged, Embeddings]:
    """Return the faces that judge, and their new vectors as they would be stored, by rows of the album, else 0."""
    stored = np.zeros((len(faces.labels), embedder.dimension), np.float32)

    def after(rows: NDArray[np.intp]) -> Embeddings:
        stored[rows] = embedder.embed(faces.of(rows))
        vectors = stored[rows]
        if ground.space is not None:
            ground.space.place(vectors)
        return vectors

    return judged(album.album.people, faces.fold, album.album.rows, after), stored
