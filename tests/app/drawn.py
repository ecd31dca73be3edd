"""A library over photos that are drawn: coloured discs for faces, embeddings around one centre a person."""

import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache, lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray
from PIL import ImageDraw

from engine.geometry import Box
from engine.library import edits
from engine.library.clusters import Assignments, assign_faces
from engine.library.folders import add_folder
from engine.library.indexing import PhotoScan, ScannedFace, start_photos, store_scans
from engine.library.library import Library
from engine.library.models import FaceVector, photos_to_embed, store_vectors
from engine.library.queries import face_rows
from engine.library.relocating import move_folder
from engine.models.card import ModelCard
from engine.models.catalog import Catalog
from engine.scan.fingerprint import content_hash
from tests.app.cartoons import Looks, draw_person, draw_scene
from tests.engine.learning.drawn_people import drawn_album

WIDTH, HEIGHT = 400, 300
ACROSS = 4
FIRST = datetime(2010, 5, 1, 12)  # noqa: DTZ001 a camera's clock has no zone


@dataclass
class DrawnLibrary:
    """`people` are the ids made for the groups, in their order; `faces` the face ids of each group."""

    library: Library
    folder: Path
    folder_id: int
    people: list[int] = field(default_factory=list)
    faces: list[list[int]] = field(default_factory=list)
    photos: list[int] = field(default_factory=list)


def draw_library(data: Path, photos: Path, groups: Sequence[int], unsorted: int = 0, scale: int = 1) -> DrawnLibrary:
    """Make a library of one person a group with so many faces, and `unsorted` faces of nobody.

    The files are `scale` times as wide and high as the library says, for pictures of the window. Each photo shows up
    to four faces, of different groups, four photos a month from May 2010 on.
    """
    first = _first(tuple(groups), unsorted, scale)
    for folder, files in ((data, first.data), (photos, first.photos)):
        folder.mkdir(parents=True, exist_ok=True)
        for file in files:
            file.write(folder)
    library = Library(data / "library.sqlite")
    move_folder(library, first.folder_id, photos)
    return DrawnLibrary(
        library, photos, first.folder_id, [*first.people], [[*ids] for ids in first.faces], [*first.ids]
    )


@dataclass(frozen=True)
class _File:
    name: str
    content: bytes
    mtime_ns: int

    @classmethod
    def all_in(cls, folder: Path) -> "list[_File]":
        return [cls(path.name, path.read_bytes(), path.stat().st_mtime_ns) for path in sorted(folder.iterdir())]

    def write(self, folder: Path) -> None:
        path = folder / self.name
        path.write_bytes(self.content)
        os.utime(path, ns=(self.mtime_ns, self.mtime_ns))


@dataclass(frozen=True)
class _First:
    """The files of a drawn library and of its photos, and its ids: what later ones are copies of."""

    data: list[_File]
    photos: list[_File]
    folder_id: int
    people: list[int]
    faces: list[list[int]]
    ids: list[int]


@lru_cache(maxsize=8)
def _first(groups: tuple[int, ...], unsorted: int, scale: int) -> _First:
    """Draw the photos and fill the library, which takes four times as long as to copy both."""
    with TemporaryDirectory(prefix="kinfolk-drawn-") as held:
        data, photos = Path(held, "data"), Path(held, "photos")
        made = _drawn(data, photos, groups, unsorted, scale)
        made.library.close()
        files = _File.all_in(data), _File.all_in(photos)
        return _First(*files, made.folder_id, made.people, made.faces, made.photos)


def _drawn(data: Path, photos: Path, groups: Sequence[int], unsorted: int, scale: int) -> DrawnLibrary:
    data.mkdir()
    photos.mkdir()
    library = Library(data / "library.sqlite")
    folder_id = add_folder(library, photos)
    cast = _cast(groups, unsorted)
    paths = [_draw(photos / f"photo{number:03}.png", owners, number, scale) for number, owners in enumerate(cast)]
    stats = [(path.name, path.stat().st_size, path.stat().st_mtime_ns) for path in paths]
    ids = start_photos(library, folder_id, stats)
    embedder = Catalog(data / "models").default_embedder()
    scans = [
        PhotoScan(
            photo_id=ids[name],
            size=size,
            mtime_ns=mtime_ns,
            content_hash=name.encode(),
            width=WIDTH,
            height=HEIGHT,
            taken_at=FIRST + timedelta(days=7 * number),
            detector="yunet_2023mar",
            faces=tuple(_face(owner, place, number, embedder) for place, owner in enumerate(owners)),
            model=embedder.key,
        )
        for number, ((name, size, mtime_ns), owners) in enumerate(zip(stats, cast, strict=True))
    ]
    store_scans(library, scans)
    return _grouped(DrawnLibrary(library, photos, folder_id, photos=[ids[path.name] for path in paths]), cast, groups)


def _cast(groups: Sequence[int], unsorted: int) -> list[list[int]]:
    """Return for each photo whose faces it shows: the number of a group, or −1 and below for a loose one."""
    waiting = dict(enumerate(groups))
    strangers = list(range(-1, -1 - unsorted, -1))
    cast: list[list[int]] = []
    while any(waiting.values()) or strangers:
        owners = sorted((number for number, left in waiting.items() if left), key=lambda number: -waiting[number])
        owners = owners[:ACROSS]
        for number in owners:
            waiting[number] -= 1
        while len(owners) < ACROSS and strangers:
            owners.append(strangers.pop())
        cast.append(owners)
    return cast


def _draw(path: Path, owners: Sequence[int], number: int, scale: int) -> Path:
    picture = draw_scene(WIDTH * scale, HEIGHT * scale, number)
    pen = ImageDraw.Draw(picture)
    for place, owner in enumerate(owners):
        draw_person(pen, _box(place).scaled(WIDTH * scale, HEIGHT * scale), Looks.of(owner), number + place)
    picture.save(path)
    return path


def _box(place: int) -> Box:
    return Box(0.04 + 0.24 * place, 0.3, 0.18, 0.3)


def _face(owner: int, place: int, number: int, embedder: ModelCard) -> ScannedFace:
    size = embedder.dimension
    own = _centres(size)[owner] * np.sqrt(size) + 0.25 * np.random.default_rng((number, place)).normal(size=size)
    if embedder.space is not None:
        # What is everybody's is in every face, as the model has it: grouping takes it off again.
        mean = np.array(embedder.space.mean)
        own = mean + own / np.linalg.norm(own) * np.sqrt(1 - mean @ mean)
    box = _box(place)
    landmarks = np.array([[0.3, 0.4], [0.7, 0.4], [0.5, 0.6], [0.35, 0.8], [0.65, 0.8]], np.float32)
    landmarks = landmarks * np.array([box.width, box.height], np.float32) + np.array([box.left, box.top], np.float32)
    quality = 0.5 + 0.4 * ((number * 7 + place * 3) % 10) / 10
    return ScannedFace(box, landmarks, 0.9, quality, (own / np.linalg.norm(own)).astype(np.float32))


@cache
def _centres(size: int) -> NDArray[np.float64]:
    """Return everybody's centre, (size, size): strangers have nothing in common, each stands upright on all others."""
    centres, _ = np.linalg.qr(np.random.default_rng(1000).normal(size=(size, size)))
    return centres


def _grouped(made: DrawnLibrary, cast: list[list[int]], groups: Sequence[int]) -> DrawnLibrary:
    """Give each group's faces to a person of its own."""
    rows = {(row.photo_id, round(row.box.left, 3)): row.face for row in face_rows(made.library)}
    made.faces = [[] for _ in groups]
    for photo, owners in zip(made.photos, cast, strict=True):
        for place, owner in enumerate(owners):
            if owner >= 0:
                made.faces[owner].append(rows[photo, round(_box(place).left, 3)])
    assigned = assign_faces(made.library, Assignments(groups=made.faces))
    made.people = [person for person in assigned.people if person is not None]
    return made


def doubt(made: DrawnLibrary, faces: Sequence[int]) -> None:
    """Make suggestions of faces that are confirmed: as if the machine had put them where they are."""
    alter_faces(made, faces, "source = 'CLUSTER'")


def alter_faces(made: DrawnLibrary, faces: Sequence[int], setting: str) -> None:
    """Set columns of faces, in SQL, as no edit does: as the machine would have found or placed them."""
    chosen = ",".join(map(str, faces))
    with made.library.write() as transaction:
        transaction.connection.exec_driver_sql(f"UPDATE faces SET {setting} WHERE id IN ({chosen})")


def give_looks(made: DrawnLibrary) -> None:
    """Store vectors in which the pictures of one person differ most in a few directions; groups are of one size."""
    card = Catalog(made.library.path.parent / "models").default_embedder()
    assert card.space is not None
    known = [face for group in made.faces for face in group]
    photos = photos_to_embed(made.library, "none@")
    hashes = {face.face_id: photo.content_hash or b"" for photo in photos for face in photo.faces}
    loose = sorted(set(hashes) - set(known))
    album = drawn_album(people=len(made.faces), each=len(made.faces[0]), strangers=len(loose) // 4)
    vectors = np.concatenate([album.vectors, album.others]) + np.array(card.space.mean, np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    pairs = zip(known + loose, vectors, strict=True)
    store_vectors(made.library, card.key, [FaceVector(face, hashes[face], vector) for face, vector in pairs])


def make_alike(made: DrawnLibrary, faces: Sequence[int], group: int, likeness: float) -> None:
    """Give faces vectors that are so alike that of a group, as a cosine, and have nothing else in common."""
    card = Catalog(made.library.path.parent / "models").default_embedder()
    assert card.space is not None
    mean, centres = np.array(card.space.mean), _centres(card.dimension)
    hashes = {
        face.face_id: photo.content_hash or b""
        for photo in photos_to_embed(made.library, "none@")
        for face in photo.faces
    }
    vectors = []
    for place, face in enumerate(faces):
        own = likeness * centres[group] + np.sqrt(1 - likeness**2) * centres[len(made.faces) + place]
        vector = (mean + own * np.sqrt(1 - mean @ mean)).astype(np.float32)
        vectors.append(FaceVector(face, hashes[face], vector / np.linalg.norm(vector)))
    store_vectors(made.library, card.key, vectors)


def hash_files(made: DrawnLibrary) -> None:
    """Store what the files really hold, which is otherwise made up, so that faces can be cut from them again."""
    with closing(sqlite3.connect(made.library.path)) as connection, connection:
        for photo in made.folder.iterdir():
            digest = content_hash(photo.read_bytes())
            connection.execute("UPDATE photos SET content_hash = ? WHERE relpath = ?", (digest, photo.name))


def name_people(made: DrawnLibrary, *names: str) -> None:
    """Name the first people; their faces count as confirmed then."""
    for person, name in zip(made.people, names, strict=False):
        edits.name_person(made.library, person, name)
