"""A library as large as a large family's, for benchmarks: invented people, no photo files.

    python benchmarks/generated_library.py PATH [--photos 200000] [--faces 100000] [--people 2000] [--seed 1]

Two folders beside the file, photos of twenty years in events of some sixty, a few people to an event. Half of the
people have a name and a third of the faces of those is confirmed, all else is a clustering run's word; 3 % of the faces
are unsorted and 0.5 % ignored. Embeddings are scattered around one direction a person, those of unsorted faces wider.
Takes 10 s.
"""

import argparse
import os
import sqlite3
import time
from collections.abc import Iterable
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from engine.library.folders import add_folder
from engine.library.library import Library
from engine.library.mentions import PhotoToName, stamp_of
from engine.library.states import PhotoState, Source
from engine.models.catalog import DEFAULT_DETECTOR, Catalog

EVENT = 60
"""Photos of one event, on average; they lie in one directory."""

COMPANY = 6
"""People who may be met at one event."""

DIMENSION = 128
SECOND = 1_000_000
FIRST, LAST = 1_072_915_200 * SECOND, 1_704_067_200 * SECOND
"""Microseconds on the camera's clock: 2004-01-01 to 2024-01-01."""

GIVEN = ("Ada", "Bo", "Cleo", "Dora", "Emil", "Finn", "Greta", "Hugo", "Ida", "Jona", "Kaja", "Leo", "Mona", "Nils")
FAMILY = ("Ahl", "Berg", "Cole", "Dahl", "Eek", "Falk", "Gran", "Holm", "Iven", "Jung", "Kern", "Lind", "Moor", "Nord")

PHOTO = "folder_id relpath size mtime_ns content_hash width height taken_at state problem note detector"
PERSON = "id name hidden created_at"
FACE = 'photo_id "left" top width height landmarks score quality ignored cluster_id person_id source'
EMBEDDING = "face_id model vector"

Ids = NDArray[np.int64]


def generate(path: Path, photos: int = 200_000, faces: int = 100_000, people: int = 2_000, seed: int = 1) -> None:
    """Make the library file, which must not exist; its two folders are made beside it, empty."""
    rng = np.random.default_rng(seed)
    with Library(path) as library:
        folders = [_folder(library, path.parent / name) for name in ("Pictures", "Archive")]
        events = np.sort(rng.integers(max(photos // EVENT, 1), size=photos))
        places = np.sort(rng.integers(photos, size=faces))
        persons = _persons(rng, events[places], places, people)
        sorts = rng.choice(3, faces, p=(0.965, 0.03, 0.005))
        with library.write() as transaction:
            _insert(transaction.connection, "photos", PHOTO, _photo_rows(rng, events, folders))
            _insert(transaction.connection, "people", PERSON, _person_rows(people))
            _insert(transaction.connection, "faces", FACE, _face_rows(rng, places, persons, sorts, people))
            _insert(transaction.connection, "embeddings", EMBEDDING, _embedding_rows(rng, persons, sorts, people))


def _folder(library: Library, path: Path) -> int:
    path.mkdir(exist_ok=True)
    return add_folder(library, path)


def _insert(connection: Connection, table: str, columns: str, rows: Iterable[tuple[Any, ...]]) -> None:
    names = columns.split()
    holes = ", ".join("?" * len(names))
    rows = iter(rows)
    while some := list(islice(rows, 10_000)):
        connection.exec_driver_sql(f"INSERT INTO {table}({', '.join(names)}) VALUES ({holes})", some)


def lay_files(path: Path) -> None:
    """Put a file of the noted size and time, without content, where each photo of the library should be.

    The library is as after a scan of them: it knows when they last changed, and that no names are in them.
    """
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute(
            "SELECT photos.id, folder_id, folders.path, relpath, size, mtime_ns, NULL FROM photos "
            "JOIN folders ON folders.id = folder_id WHERE state != 'MISSING'"
        )
        photos = [PhotoToName(row[0], row[1], Path(row[2]), *row[3:]) for row in rows]
        for folder in {photo.path.parent for photo in photos}:
            folder.mkdir(parents=True, exist_ok=True)
        noted = [(_lay_file(photo), stamp_of(photo, ()), photo.photo_id) for photo in photos]
        connection.executemany("UPDATE photos SET ctime_ns = ?, names_read = ? WHERE id = ?", noted)
        connection.commit()


def _lay_file(photo: PhotoToName) -> int:
    """Make a photo's file, and return when it last changed."""
    handle = os.open(photo.path, os.O_CREAT | os.O_WRONLY, 0o644)
    try:
        os.truncate(handle, photo.size)
        os.utime(handle, ns=(photo.mtime_ns, photo.mtime_ns))
        return os.fstat(handle).st_ctime_ns
    finally:
        os.close(handle)


def _photo_rows(rng: np.random.Generator, events: Ids, folders: list[int]) -> Iterable[tuple[Any, ...]]:
    """Photos of an event lie in one directory and some minutes apart; one event in a hundred has no times."""
    starts = np.sort(rng.integers(FIRST, LAST, events[-1] + 1))
    undated = rng.random(len(starts)) < 0.01
    taken = starts[events] + np.cumsum(rng.integers(1, 600, len(events))) % (6 * 3600) * SECOND
    states = rng.choice(["SCANNED", "MISSING", "BROKEN"], len(events), p=(0.995, 0.003, 0.002))
    noted = rng.random(len(events)) < 0.001
    sizes = rng.integers(1_500_000, 9_000_000, len(events))
    for number, event in enumerate(events.tolist()):
        broken = states[number] == PhotoState.BROKEN
        yield (
            folders[event % 5 == 0],
            f"{1970 + int(starts[event] // SECOND / 86400 / 365.25)}/{event:05d}/IMG_{number:06d}.jpg",
            int(sizes[number]),
            int(taken[number]) * 1000,
            rng.bytes(32),
            *((None, None) if broken else (4000, 3000)),
            None if undated[event] or broken else int(taken[number]),
            str(states[number]),
            "The photo is cut short." if broken else None,
            "Only the upper half could be read." if noted[number] and not broken else None,
            None if broken else DEFAULT_DETECTOR,
        )


def _persons(rng: np.random.Generator, events: Ids, places: Ids, people: int) -> Ids:
    """Return who each face is, (n,) from 0: everybody at least once, few often, nearly nobody twice in a photo."""
    weight = 1 / np.arange(1, people + 1) ** 0.7
    company = rng.choice(people, (events[-1] + 1, COMPANY), p=weight / weight.sum())
    persons = company[events, rng.integers(COMPANY, size=len(events))]
    for _ in range(4):
        order = np.lexsort((persons, places))
        again = order[1:][(np.diff(places[order]) == 0) & (np.diff(persons[order]) == 0)]
        persons[again] = company[events[again], rng.integers(COMPANY, size=len(again))]
    absent = np.setdiff1d(np.arange(people), persons)
    persons[rng.choice(len(persons), len(absent), replace=False)] = absent
    return persons


def _person_rows(people: int) -> Iterable[tuple[Any, ...]]:
    for number in range(people):
        given, family = GIVEN[number // 2 % len(GIVEN)], FAMILY[number // 2 // len(GIVEN) % len(FAMILY)]
        second = FAMILY[number // 2 // len(GIVEN) // len(FAMILY) % len(FAMILY)]
        again = number // 2 // len(GIVEN) // len(FAMILY) ** 2
        name = f"{given} {family}-{second}" + (f" {again + 1}" if again else "")
        yield number + 1, None if number % 2 else name, False, LAST + number


def _face_rows(
    rng: np.random.Generator, places: Ids, persons: Ids, sorts: Ids, people: int
) -> Iterable[tuple[Any, ...]]:
    """Faces by rising photo; `sorts` is 0 for a person's, 1 for an unsorted and 2 for an ignored one."""
    across = np.arange(len(places)) - np.searchsorted(places, places)
    side = rng.uniform(0.06, 0.14, len(places))
    quality = rng.beta(4, 3, len(places))
    said = (persons % 2 == 0) & (rng.random(len(places)) < 1 / 3)
    marks = np.array([(0.3, 0.4), (0.7, 0.4), (0.5, 0.6), (0.35, 0.8), (0.65, 0.8)])
    for row, (photo, person) in enumerate(zip(places.tolist(), persons.tolist(), strict=True)):
        left, top, width = 0.05 + across[row] % 6 * 0.15, 0.1 + across[row] // 6 % 4 * 0.2, side[row]
        landmarks = (np.array((left, top)) + marks * (width, width * 4 / 3)).astype("<f4").tobytes()
        box = (float(left), float(top), float(width), float(width * 4 / 3))
        theirs = sorts[row] == 0
        source = (Source.USER if said[row] else Source.CLUSTER) if theirs else None
        whose = (person + 1 if theirs else None, source)
        cluster = person if theirs else people + row
        yield (photo + 1, *box, landmarks, 0.9, float(quality[row]), bool(sorts[row] == 2), cluster, *whose)


def _embedding_rows(
    rng: np.random.Generator, persons: Ids, sorts: Ids, people: int
) -> Iterable[tuple[int, str, bytes]]:
    model = Catalog(Path()).default_embedder().key
    centres = _unit(rng.normal(size=(people, DIMENSION)))
    clarity = np.where(sorts == 0, rng.uniform(0.5, 1.2, len(persons)), rng.uniform(1.0, 1.8, len(persons)))
    for first in range(0, len(persons), 10_000):
        rows = slice(first, first + 10_000)
        noise = rng.normal(size=(len(persons[rows]), DIMENSION)) * clarity[rows, None] / np.sqrt(DIMENSION)
        vectors = _unit(centres[persons[rows]] + noise).astype("<f4")
        yield from ((first + at + 1, model, vector.tobytes()) for at, vector in enumerate(vectors))


def _unit(vectors: NDArray[np.float64]) -> NDArray[np.float64]:
    unit: NDArray[np.float64] = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return unit


def main() -> None:
    """Make one where the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path)
    for name, default in (("photos", 200_000), ("faces", 100_000), ("people", 2_000), ("seed", 1)):
        parser.add_argument(f"--{name}", type=int, default=default)
    given = parser.parse_args()
    began = time.perf_counter()
    generate(given.path, given.photos, given.faces, given.people, given.seed)
    print(f"{given.path}: {given.path.stat().st_size / 1e6:.0f} MB in {time.perf_counter() - began:.0f} s")


if __name__ == "__main__":
    main()
