"""Labelled faces for benchmarks: found, aligned and embedded by Kinfolk itself, and kept in a cache folder."""

import csv
import hashlib
import os
import platform
import shutil
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from found import Found, widened
from numpy.typing import NDArray
from wrong_labels import ANOTHER, NOT_THE_LARGEST, SEEN_AGAIN, SOMEBODY_ELSE

from engine.faces.embed import open_embedder
from engine.faces.finder import DECODE_SIDE, FaceFinder, open_finder
from engine.models.card import ColourOrder, Decoder, InputSpec, ModelCard, ModelKind
from engine.models.catalog import Catalog
from engine.models.fetch import fetch
from engine.progress import finish
from engine.scan.decode import read_photo

SETS = ("lfw", "lag", "glint_aligned112", "athletes_photos")
CROWD, KIN, ALBUM = "group", "kin", "album"
"""Photos of crowds, nobody named; pairs of parent and child, named NNN_1 and NNN_2 of their folder; a made-up album."""
SFACE = "sface_2021dec"
MODELS = (SFACE, "mobilefacenet_512_faceplugin", "mobilefacenet_128_arcface")


@dataclass(frozen=True, slots=True)
class Labelled:
    """n faces: `vectors` (n, d), `people` (n,) int64 with −1 for a face that the key does not name, `photos` (n,).

    `quality` (n,), 0 to 1, is what the picture and the length of the vector make of it, as in a library; `names`
    (people,) tell people apart in their set.
    """

    vectors: NDArray[np.float32]
    people: NDArray[np.int64]
    photos: NDArray[np.int64]
    quality: NDArray[np.float32]
    names: tuple[str, ...]

    def of(self, people: NDArray[np.int64]) -> "Labelled":
        """Return the faces of these people."""
        return self.at(np.flatnonzero(np.isin(self.people, people)))

    def at(self, rows: NDArray[np.intp]) -> "Labelled":
        """Return the faces at these rows."""
        kept = (self.vectors[rows], self.people[rows], self.photos[rows], self.quality[rows])
        return Labelled(*kept, self.names)


@dataclass(frozen=True, slots=True)
class Source:
    """Where everything is: `data` the shared data, `cache` a folder of the benchmark's own."""

    data: Path
    cache: Path

    @property
    def models(self) -> Path:
        """The folder of the models."""
        return self.cache / "models"

    def files(self, name: str) -> list[Path]:
        """Return the photos of a set; the number of each is that in `Labelled.photos`."""
        return [path for path, _, _ in self.rows(name)]

    def kinds(self, name: str) -> NDArray[np.str_]:
        """Return what the key says of each photo of a set (young or adult), or nothing."""
        return np.array([kind for _, _, kind in self.rows(name)])

    def faces(self, name: str, model: str) -> Labelled:
        """Return the labelled faces of a set, embedded by a model; the first call takes minutes."""
        crops = self._crops(name)
        path, lengths = self.cache / f"{name}.{model}.npy", self.cache / f"{name}.{model}.lengths.npy"
        card, folder = self._model(model)
        if not path.exists() or not lengths.exists():
            read = open_embedder(card, folder, threads=os.cpu_count() or 1).read(crops["crops"])
            np.save(path, read.vectors)
            np.save(lengths, read.lengths)
        quality = self.seen(name)
        if card.by_length is not None:
            quality = card.by_length.quality(quality, np.load(lengths))
        names = self._people(name, crops["people"], crops["photos"])
        known = sorted(set(names) - {""})
        people = np.array([known.index(person) if person else -1 for person in names], np.int64)
        return Labelled(np.load(path), people, crops["photos"], quality, tuple(known))

    def _people(self, name: str, labels: NDArray[np.str_], photos: NDArray[np.int64]) -> list[str]:
        """Return whose each face is, given its label, empty for nobody's; wrong labels are mended."""
        digests = dict(enumerate(self._digests(name)))
        people = [str(label) for label in labels]
        for row, photo in enumerate(photos.tolist()):
            digest = digests.get(photo, "")  # an album's photos are made, and labelled rightly
            if people[row] and digest in NOT_THE_LARGEST:
                people[row] = ""
            elif people[row] and digest in SOMEBODY_ELSE:
                people[row] += ANOTHER
        return people

    def _digests(self, name: str) -> list[str]:
        """Return how the SHA-256 of each photo of a set begins."""
        return [hashlib.sha256(path.read_bytes()).hexdigest()[:12] for path in self.files(name)]

    def seen_again(self, name: str) -> NDArray[np.int64]:
        """Return who each face of a set is of those who, by eye, are there again without a name, else −1, (n,)."""
        known = {face: person for person, faces in enumerate(SEEN_AGAIN) for face in faces}
        digests, found, faces_of = self._digests(name), [], Counter[int]()
        for photo in self._crops(name)["photos"].tolist():
            found.append(known.get(f"{digests[photo]} {faces_of[photo]}", -1))
            faces_of[photo] += 1
        return np.array(found, np.int64)

    def seen(self, name: str) -> NDArray[np.float32]:
        """Return what the pictures alone make of the quality of a set's faces, (n,), in the order of `faces`."""
        return np.asarray(self._crops(name)["quality"], np.float32)

    def crops(self, name: str) -> NDArray[np.uint8]:
        """Return the crops (n, 112, 112, 3) of a set's faces, in the order of `faces`."""
        return np.asarray(self._crops(name)["crops"], np.uint8)

    def card(self, name: str) -> tuple[ModelCard, Path]:
        """Return a model's card, and the folder in which its file lies."""
        return self._model(name)

    def _crops(self, name: str) -> dict[str, NDArray[np.generic]]:
        path = self.cache / f"{name}.npz"
        if not path.exists():
            found = self._album() if name == ALBUM else self._set(name)
            self.cache.mkdir(parents=True, exist_ok=True)
            found.save(path)
        with np.load(path) as stored:
            return {key: stored[key] for key in stored.files}

    def _set(self, name: str) -> "Found":
        """Take every face of each photo; the key names the largest. A photo without a face is left out."""
        finder, found = self._finder(), Found()
        for number, (path, person, kind) in enumerate(self.rows(name)):
            image = read_photo(path, side=DECODE_SIDE)[1].image
            if kind == "aligned112":
                found.add_crop(image, person, number)
                continue
            image = widened(image) if name in (KIN, "lag") else image
            faces = finder.find(image)
            main = max(faces, key=lambda face: face.box.area, default=None)
            for face in faces:
                found.add(image, face, person if face is main else "", number)
        return found

    def _album(self) -> "Found":
        """Compose an album of 1,000 photos (seed 1) and take every face found; one that is nobody's has no person."""
        folder = self.cache / "album"
        tool = self.data.parent / "tools" / "make_album.py"
        if not (folder / "truth.csv").exists():
            sizes = ["--photos", "1000", "--megapixels", "3", "--seed", "1"]
            subprocess.run([sys.executable, tool, "--faces", self.data, *sizes, "--out", folder], check=True)
        with (folder / "truth.csv").open(newline="") as stream:
            key: dict[str, list[dict[str, str]]] = {}
            for row in csv.DictReader(stream):
                key.setdefault(row["photo"], []).append(row)
        finder, found = self._finder(), Found()
        for number, (photo, rows) in enumerate(key.items()):
            image = read_photo(folder / photo, side=DECODE_SIDE)[1]
            scale = image.image.shape[1] / image.width
            for face in finder.find(image.image):
                person = _named(rows, *(value / scale for value in face.box.centre))
                found.add(image.image, face, person, number)
        return found

    def rows(self, name: str) -> list[tuple[Path, str, str]]:
        """Return the photos of a set with their person and kind, both empty where the key has none."""
        if name == CROWD:
            return [(path, "", "") for path in sorted((self.data / name).rglob("*.jpg"))]
        if name == KIN:
            folder = self.data / "faces" / name
            return [(path, str(path.relative_to(folder)), "") for path in sorted(folder.rglob("*.jpg"))]
        with (self.data / "labels.csv").open(newline="") as stream:
            rows = [row for row in csv.DictReader(stream) if row["dataset"] == name]
        return [(self.data / row["path"], row["person"], row["kind"]) for row in rows]

    def _finder(self) -> FaceFinder:
        catalog = self._catalog()
        return open_finder(catalog.default_detector(), self.models, threads=os.cpu_count() or 1)

    def _catalog(self) -> Catalog:
        folder = self.models
        catalog = Catalog(folder)
        for card in catalog.defaults():
            finish(fetch(card, folder))
        return catalog

    def _model(self, name: str) -> tuple[ModelCard, Path]:
        folder = self.models
        if name == SFACE:
            return self._catalog().card(name), folder
        path = folder / f"{name}.onnx"
        if not path.exists():
            shutil.copyfile(self.data / "models" / path.name, path)
        return _mobilefacenet(path), folder


def _mobilefacenet(path: Path) -> ModelCard:
    """Return the card of one of the two MobileFaceNets of ../shared/data (preprocessing: its README)."""
    large, half = "512" in path.stem, (127.5, 127.5, 127.5)
    return ModelCard(
        name=path.stem,
        kind=ModelKind.EMBEDDER,
        decoder=Decoder.UNIT,
        file=path.name,
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
        size=path.stat().st_size,
        licence="for tests only",
        origin="../shared/data",
        input=InputSpec(112, 112, half, (128.0, 128.0, 128.0), ColourOrder.BGR if large else ColourOrder.RGB),
        dimension=512 if large else 128,
    )


def _named(rows: list[dict[str, str]], x: float, y: float) -> str:
    """Return whose box of the answer key holds the point, in pixels of the photo; empty for nobody's or for several."""
    inside = [
        row["person"]
        for row in rows
        if 0 <= x - float(row["left"]) <= float(row["width"]) and 0 <= y - float(row["top"]) <= float(row["height"])
    ]
    return inside[0] if len(inside) == 1 else ""


def circumstances(seed: int) -> str:
    """Return one line that says which command, commit, seed and machine figures come from."""
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=True)
    changed = subprocess.run(["git", "status", "--porcelain", "engine"], capture_output=True, text=True, check=True)
    command = " ".join(["python", *sys.argv])
    machine = f"{os.cpu_count()} × {_processor()}, Python {platform.python_version()}"
    return f"`{command}`, commit {commit.stdout.strip()}{'+' if changed.stdout else ''}, seed {seed}, {machine}"


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    if info.exists():
        names = [line.split(":", 1)[1].strip() for line in info.read_text().splitlines() if "model name" in line]
        return names[0] if names else platform.machine()
    return platform.processor() or platform.machine()
