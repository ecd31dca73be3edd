"""Whether strangers who were set aside are known again in later photos, and whether others are left alone.

    python benchmarks/strangers.py --data ../shared/data --cache FOLDER

Half of the set's faces are scanned, all faces of some people among them set aside as strangers, and the other half is
scanned. What then is set aside should be later faces of these people, all of them and nobody else's. The first run
finds and embeds all faces, which takes minutes.
"""

import argparse
import tempfile
from pathlib import Path

import numpy as np
from labelled import SFACE, Labelled, Source, circumstances
from numpy.typing import NDArray

from engine.geometry import Box
from engine.library.clusters import ungrouped_faces
from engine.library.edits import ignore_faces
from engine.library.folders import add_folder
from engine.library.indexing import PhotoScan, ScannedFace, start_photos, store_scans
from engine.library.library import Library
from engine.library.queries import face_rows, ignored_face_rows
from engine.models.card import ModelCard
from engine.models.catalog import Catalog
from engine.progress import finish
from engine.workflows.grouping.recluster import recluster
from engine.workflows.grouping.strangers import set_strangers_aside

Rows = NDArray[np.intp]


def main() -> None:
    """Run a few times and print a line each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the folder with labels.csv")
    parser.add_argument("--cache", type=Path, required=True, help="where faces and vectors are kept")
    parser.add_argument("--set", default="lfw")
    parser.add_argument("--strangers", type=int, default=60)
    parser.add_argument("--runs", type=int, default=4)
    arguments = parser.parse_args()
    source = Source(arguments.data, arguments.cache)
    faces, card = source.faces(arguments.set, SFACE), Catalog(source.models).card(SFACE)
    print(circumstances(0))
    print(
        "| seed | new faces | of strangers | set aside again | of these right |\n| ---: | ---: | ---: | ---: | ---: |"
    )
    for seed in range(arguments.runs):
        print(f"| {seed} | {' | '.join(f'{figure:,}' for figure in life(faces, card, seed, arguments.strangers))} |")


def life(faces: Labelled, card: ModelCard, seed: int, strangers: int) -> tuple[int, int, int, int]:
    """Scan, set aside, scan; return the new faces, those of strangers, those set aside again and those rightly so."""
    rng = np.random.default_rng(seed)
    order = rng.permutation(len(faces.people))
    first, second = np.split(order, [len(order) // 2])
    chosen = rng.choice(len(faces.names), strangers, replace=False)
    with tempfile.TemporaryDirectory() as scratch, Library(Path(scratch, "library.sqlite")) as library:
        folder = add_folder(library, Path(scratch))
        known = scanned(library, folder, faces, card, first)
        aside = [face for face, row in known.items() if faces.people[row] in chosen]
        ignore_faces(library, aside)
        met = {int(faces.people[known[face]]) for face in aside}
        finish(recluster(library, card))
        new = store(library, folder, faces, card, second)
        waiting = ungrouped_faces(library)
        finish(recluster(library, card))
        finish(set_strangers_aside(library, card, waiting))
        again = {row.face for row in ignored_face_rows(library)} & set(new)
    theirs = sum(int(faces.people[row]) in met for row in new.values())
    return len(new), theirs, len(again), sum(int(faces.people[new[face]]) in met for face in again)


def scanned(library: Library, folder: int, faces: Labelled, card: ModelCard, rows: Rows) -> dict[int, int]:
    """Store faces and group them; return the row of each face by its id."""
    known = store(library, folder, faces, card, rows)
    finish(recluster(library, card))
    return known


def store(library: Library, folder: int, faces: Labelled, card: ModelCard, rows: Rows) -> dict[int, int]:
    """Store each face in a photo of its own; return the row of each by its id."""
    names = {f"{row}.jpg": row for row in rows.tolist()}
    photos = start_photos(library, folder, [(name, 1, 1) for name in names])
    landmarks = np.zeros((5, 2), np.float32)
    store_scans(
        library,
        [
            PhotoScan(
                *(photos[name], 1, 1, name.encode(), 100, 100, None, "made"),
                (ScannedFace(Box(0.2, 0.2, 0.4, 0.4), landmarks, 0.9, float(faces.quality[row]), faces.vectors[row]),),
                card.key,
            )
            for name, row in names.items()
        ],
    )
    of_photo = {photo: names[name] for name, photo in photos.items()}
    return {row.face: of_photo[row.photo_id] for row in face_rows(library) if row.photo_id in of_photo}


if __name__ == "__main__":
    main()
