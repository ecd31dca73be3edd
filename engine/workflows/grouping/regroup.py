"""Grouping everything anew, on request: first a plan that says what would change, then exactly that plan."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from engine.clustering.algorithms import algorithm_labels
from engine.clustering.constraints import Constraints, ContradictionKind
from engine.clustering.default import cluster
from engine.clustering.grouping_quality import GroupingQuality, judge_grouping
from engine.clustering.kmeans import propose_k
from engine.clustering.neighbours import Vectors
from engine.errors import UsageError
from engine.faces.quality import LOW_QUALITY
from engine.library.before_many import kept_before_many
from engine.library.changes import Changes
from engine.library.clusters import write_assignments, write_clusters
from engine.library.library import Library
from engine.library.vectors import FaceVectors
from engine.models.card import ModelCard
from engine.models.chosen import calibration_of
from engine.progress import Progress, Workflow
from engine.words import sentence
from engine.workflows.grouping.clustering_input import full_constraints, loaded_faces
from engine.workflows.grouping.regrouping_plan import Regrouping, confirmed_apart, plan_regrouping

DEFAULT = "default"
"""Kinfolk's own clustering; the other names are those of `clustering.algorithms`."""

Settings = Mapping[str, int | float | str]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two things that were said and cannot both be true; the confirmed person stands until somebody decides."""

    kind: ContradictionKind
    person: int
    faces: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Preview:
    """A plan with the settings that made it (a proposed k among them), and how good the grouping looks."""

    algorithm: str
    settings: Settings
    plan: Regrouping
    quality: GroupingQuality
    disagreements: tuple[Disagreement, ...] = ()


def preview(library: Library, card: ModelCard, algorithm: str, settings: Settings) -> Workflow[Preview]:
    """Cluster all faces that are not ignored and say what accepting the result would change; nothing is written.

    The default obeys everything that was said while it groups. The plain algorithms know nothing of it: those of their
    clusters that hold confirmed faces of several people are divided among these. Raises UsageError for an unknown
    algorithm or setting.
    """
    faces = yield from loaded_faces(library, card)
    shown = np.flatnonzero(~faces.ignored)
    yield Progress("cluster", 0, len(shown))
    labels = np.full(len(faces.face_ids), -1, np.int64)
    disagreements: tuple[Disagreement, ...] = ()
    if algorithm == DEFAULT:
        if settings:
            raise UsageError(
                sentence("Kinfolk's own clustering has no settings."), sentence("Name a plain one with --algorithm.")
            )
        # Before the vectors go: which photos are pages is seen by them.
        said = full_constraints(library, faces, card).subset(shown)
        vectors, faces = faces.vectors[shown], replace(faces, vectors=np.empty((0, faces.vectors.shape[1]), np.float32))
        labels[shown], disagreements = _by_default(faces, vectors, shown, said, card)
    else:
        vectors = faces.vectors[shown]
        settings = _with_k(algorithm, settings, vectors)
        labels[shown] = algorithm_labels(algorithm, vectors, settings)
        labels = confirmed_apart(faces, labels)
    yield Progress("cluster", len(shown), len(shown))
    quality = judge_grouping(vectors, labels[shown], faces.photo_ids[shown])
    return Preview(algorithm, settings, plan_regrouping(faces, labels), quality, disagreements)


def accept(library: Library, plan: Regrouping) -> Changes:
    """Write exactly what the plan says, as one edit that can be undone.

    What a person said since the plan was made wins over it.
    """
    with kept_before_many(library.path, len(plan.face_ids)), library.edit(sentence("Group faces anew")) as edit:
        edit.loosens = False
        write_clusters(edit, plan.face_ids, plan.labels)
        write_assignments(edit, plan.assignments)
    return edit.changes


def _by_default(
    faces: FaceVectors, vectors: Vectors, shown: NDArray[np.intp], said: Constraints, card: ModelCard
) -> tuple[NDArray[np.int64], tuple[Disagreement, ...]]:
    result = cluster(
        vectors,
        calibration=calibration_of(card),
        constraints=said,
        seeds=faces.quality[shown] >= LOW_QUALITY,
        childlike=None if faces.childlike is None else faces.childlike[shown],
    )
    ids = faces.face_ids[shown]
    disagreements = tuple(
        Disagreement(found.kind, found.group, (int(ids[found.first]), int(ids[found.second])))
        for found in result.contradictions
    )
    return result.labels, disagreements


def _with_k(algorithm: str, settings: Settings, vectors: NDArray[np.float32]) -> Settings:
    """Propose a k for k-means where none is given."""
    if algorithm == "kmeans" and "k" not in settings:
        return {**settings, "k": propose_k(vectors)}
    return settings
