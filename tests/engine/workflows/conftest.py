"""Albums of drawn pictures and of made-up faces, and libraries to put them into."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from engine.geometry import Box
from engine.library import indexing
from engine.library.folders import add_folder
from engine.library.indexing import PhotoScan, ScannedFace
from engine.library.library import Library
from engine.library.queries import face_rows
from engine.models.card import ModelCard
from engine.models.catalog import Catalog
from engine.paths import Places
from engine.progress import finish
from engine.workflows.grouping.recluster import Growth, recluster

Draw = Callable[[Path, int], Path]


def draw_noise(path: Path, seed: int) -> Path:
    """Write a small picture of noise; equal seeds give equal files."""
    path.parent.mkdir(parents=True, exist_ok=True)
    pixels = np.random.default_rng(seed).integers(0, 255, (48, 64, 3), dtype=np.uint8)
    Image.fromarray(pixels).save(path)
    return path


@pytest.fixture
def draw() -> Draw:
    return draw_noise


@pytest.fixture
def places(tmp_path: Path) -> Places:
    (tmp_path / "data").mkdir()
    return Places(tmp_path / "data")


@pytest.fixture
def library(places: Places) -> Iterator[Library]:
    with Library(places.library) as opened:
        yield opened


@pytest.fixture
def with_models(models_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let scans and whatever else looks for models find the default ones."""
    monkeypatch.setenv("KINFOLK_MODELS_DIR", str(models_dir))


@pytest.fixture
def album(tmp_path: Path) -> Path:
    """Six pictures in three folders."""
    folder = tmp_path / "album"
    for number in range(6):
        draw_noise(folder / f"trip {number // 2}" / f"picture {number}.png", number)
    return folder


DIMENSION = 128
PLACES = (Box(0.1, 0.1, 0.2, 0.2), Box(0.6, 0.1, 0.2, 0.2), Box(0.1, 0.6, 0.2, 0.2))


@pytest.fixture(scope="session")
def card(tmp_path_factory: pytest.TempPathFactory) -> ModelCard:
    return Catalog(tmp_path_factory.mktemp("models")).default_embedder()


@pytest.fixture
def photos(library: Library, tmp_path: Path, card: ModelCard) -> "Album":
    return Album(library, tmp_path, card)


class Album:
    """Photos without files whose faces are drawn from made-up people: a direction each, with noise around it."""

    def __init__(self, library: Library, folder: Path, card: ModelCard) -> None:
        self.library, self.card = library, card
        self.folder_id = add_folder(library, folder)
        self.rng = np.random.default_rng(5)
        self.directions = self.rng.normal(size=(40, DIMENSION)) / np.sqrt(DIMENSION)
        self.count = 0
        self.truth: dict[int, int] = {}

    def face_of(self, person: int, noise: float) -> NDArray[np.float32]:
        vector = self.directions[person] + self.rng.normal(size=DIMENSION) * noise / np.sqrt(DIMENSION)
        vector /= np.linalg.norm(vector)
        assert self.card.space is not None
        # Around the model's mean face, as real ones lie; where faces are compared this is the vector made above.
        vector += np.array(self.card.space.mean)
        return (vector / np.linalg.norm(vector)).astype(np.float32)

    def add(self, photos: Sequence[Sequence[int]], noise: float = 0.6, length: float | None = None) -> None:
        """Store photos, each the list of people in it; vectors had this length."""
        scans = []
        for people in photos:
            self.count += 1
            name = f"{self.count}.jpg"
            photo = indexing.start_photos(self.library, self.folder_id, [(name, 1, 1)])[name]
            faces = tuple(
                ScannedFace(box, np.zeros((5, 2), np.float32), 0.9, 0.9, self.face_of(person, noise), length)
                for box, person in zip(PLACES, people, strict=False)
            )
            scans.append(
                PhotoScan(photo, 1, 1, name.encode(), 9, 9, datetime(2020, 1, 1), "d", faces, self.card.key)  # noqa: DTZ001 cameras know no time zone
            )
        known = set(self.truth)
        indexing.store_scans(self.library, scans)
        wanted = [person for people in photos for person in people]
        fresh = [row.face for row in face_rows(self.library) if row.face not in known]
        self.truth |= dict(zip(fresh, wanted, strict=True))

    def grow(self) -> Growth:
        return finish(recluster(self.library, self.card))

    def assigned(self) -> dict[int, int | None]:
        return {row.face: row.person for row in face_rows(self.library)}

    def people_of(self, who: int) -> set[int | None]:
        return {person for face, person in self.assigned().items() if self.truth.get(face) == who}


@pytest.fixture(scope="session")
def reals(shared_data: Any, models_dir: Any) -> tuple[Any, Any]:
    """SFace's embeddings of 12 aligned crops of each of ten real people."""
    import csv

    cv2 = pytest.importorskip("cv2")
    from engine.faces.embed import open_embedder

    with (shared_data / "labels.csv").open(newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["dataset"] == "glint_aligned112"]
    chosen: dict[str, list[str]] = {}
    for row in rows:
        chosen.setdefault(row["person"], []).append(row["path"])
    paths = [path for every in chosen.values() for path in every[:12]]
    crops = np.stack([cv2.cvtColor(cv2.imread(str(shared_data / path)), cv2.COLOR_BGR2RGB) for path in paths])
    vectors = open_embedder(Catalog(models_dir).default_embedder(), models_dir).embed(crops)
    return vectors, np.repeat(np.arange(len(chosen)), 12)
