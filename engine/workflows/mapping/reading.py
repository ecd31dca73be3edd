"""Reading the map: it is there at once where it was made before, else it is laid out while one looks on."""

from collections.abc import Generator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.layout.placing import place_new
from engine.layout.task import lay_out_beside
from engine.layout.tsne import FEW, Points
from engine.library.library import Library
from engine.library.queries import MappedFaces, faces_with_vectors, mapped_faces
from engine.models.card import ModelCard
from engine.progress import Progress, Workflow
from engine.workflows.grouping.clustering_input import vectors_in_place
from engine.workflows.mapping.kept import KeptMap, delete_map, load_map, save_map

KNOWN_SHARE = 0.5
"""Where fewer than this share of the faces have a place, all are laid out: a map made of few says little of many."""


@dataclass(frozen=True, slots=True)
class FaceMap:
    """Faces with their places, (n, 2) float32, in rows of `faces`."""

    faces: MappedFaces
    points: Points


@dataclass(frozen=True, slots=True)
class MapForming(Progress):
    """A report with the map as far as it is; None before anything is placed."""

    map: FaceMap | None = None


def read_map(library: Library, card: ModelCard) -> Workflow[FaceMap]:
    """Return where every face lies that can be compared; new faces lie beside those whom they are most like.

    Where there is no map by this model, everything is laid out in a process of its own, which ends when the generator
    is closed; reports are `MapForming` then. What is new is kept. Raises as `run_beside`.
    """
    faces = mapped_faces(library, card.key)
    kept = load_map(library.path, _space(card))
    if kept is None or not len(kept.face_ids):
        return (yield from _laid_out(library, card, faces))
    points, known = _places(kept, faces)
    if known.all():
        return FaceMap(faces, points)
    if known.mean() < KNOWN_SHARE:
        return (yield from _laid_out(library, card, faces))
    yield MapForming("place", int(known.sum()), len(faces), map=FaceMap(_where(faces, known), points[known]))
    there, vectors = _with_vectors(library, card, faces)
    faces, points = _where(faces, there), place_new(vectors, points[there], known[there])
    _keep(library, card, FaceMap(faces, points), kept)
    return FaceMap(faces, points)


def known_map(library: Library, card: ModelCard) -> FaceMap | None:
    """Return those faces that have a place, without a look at any vector; None where there is no map by this model."""
    kept = load_map(library.path, _space(card))
    if kept is None or not len(kept.face_ids):
        return None
    faces = mapped_faces(library, card.key)
    points, known = _places(kept, faces)
    return FaceMap(_where(faces, known), points[known])


def lay_out_anew(library: Library, card: ModelCard) -> Workflow[FaceMap]:
    """Forget the map and lay everything out, as `read_map` does where there is none."""
    delete_map(library.path)
    return (yield from read_map(library, card))


def _laid_out(library: Library, card: ModelCard, faces: MappedFaces) -> Generator[MapForming, None, FaceMap]:
    yield MapForming("neighbours", 0, len(faces))
    there, vectors = _with_vectors(library, card, faces)
    faces = _where(faces, there)
    steps = lay_out_beside(vectors)
    try:
        while True:
            forming = next(steps)
            formed = FaceMap(faces, forming.points) if len(forming.points) else None
            yield MapForming(forming.stage, forming.done, forming.total, map=formed)
    except StopIteration as stop:
        points: Points = stop.value
    finally:
        steps.close()
    if len(faces) >= FEW:
        _keep(library, card, FaceMap(faces, points))
    return FaceMap(faces, points)


def _space(card: ModelCard) -> str:
    """Return what tells the space apart in which faces are compared: a learnt model shares the vectors of its base."""
    return f"{card.name} {card.key}"


def _places(kept: KeptMap, faces: MappedFaces) -> tuple[Points, NDArray[np.bool_]]:
    rows = np.minimum(np.searchsorted(kept.face_ids, faces.face_ids), len(kept.face_ids) - 1)
    known = kept.face_ids[rows] == faces.face_ids
    return kept.points[rows], known


def _with_vectors(
    library: Library, card: ModelCard, faces: MappedFaces
) -> tuple[NDArray[np.bool_], NDArray[np.float32]]:
    """Return which faces still have a vector, (n,), and those vectors, (m, d), where the model's faces are compared."""
    held = vectors_in_place(library, card)
    there = np.isin(faces.face_ids, held.face_ids)
    return there, held.vectors[np.searchsorted(held.face_ids, faces.face_ids[there])]


def _keep(library: Library, card: ModelCard, made: FaceMap, before: KeptMap | None = None) -> None:
    """Keep the places of all, also of faces that are not shown now: what was set aside may come back.

    Faces that were erased while the map was made are left out.
    """
    ids, points = made.faces.face_ids, made.points
    if before is not None:
        others = ~np.isin(before.face_ids, ids)
        ids, points = np.concatenate([ids, before.face_ids[others]]), np.concatenate([points, before.points[others]])
    there = np.isin(ids, faces_with_vectors(library, card.key))
    order = np.argsort(ids[there])
    save_map(library.path, KeptMap(_space(card), ids[there][order], points[there][order]))


def _where(faces: MappedFaces, rows: NDArray[np.bool_]) -> MappedFaces:
    people, clusters, sources = faces.person_ids[rows], faces.cluster_ids[rows], faces.sources[rows]
    return MappedFaces(faces.face_ids[rows], faces.photo_ids[rows], people, clusters, sources)
