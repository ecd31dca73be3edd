"""One evaluation from end to end: faces or pairs, one model or two, figures and what a report shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.clustering.default import cluster
from engine.cores import count_cores_quietly
from engine.geometry import Image
from engine.progress import Progress, Workflow
from engine.similarity import Calibration
from engine.words import sentence
from trainer.data.faces import FaceSource, LabelledFace, numbered
from trainer.data.listed_pairs import VerificationSet
from trainer.data.wrong_names import Suspect, find_suspects
from trainer.evaluation.comparability import comparability
from trainer.evaluation.intervals import Estimates, Measures, Refusal, differences, estimate
from trainer.evaluation.pairs import Indices, Vectors, listed_pairs
from trainer.evaluation.quality import Confusion, QualityBin, by_quality, worst_confusions
from trainer.evaluation.trial import Answers, Clustering, Trial, answer, trial_of_pairs, trial_of_people
from trainer.models import Model, embed_faces

SHOWN_CONFUSIONS = 8
"""Worst pairs of each kind that a report shows."""
QUALITY_FAR = 1e-2
"""Mistakes by quality are counted at the threshold of this FAR on all pairs."""


class PairFaces:
    """The pictures of a pairs file as a source; the file does not say who is in them."""

    def __init__(self, pairs: VerificationSet) -> None:
        self._pairs = pairs
        self.faces: Sequence[LabelledFace] = [LabelledFace("", title) for title in pairs.titles]

    def crop(self, index: int) -> Image:
        """Return the crop (112, 112, 3) RGB uint8. Raises PhotoError where the picture is no crop."""
        return self._pairs.crop(index)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Everything a report shows. Pictures and mistakes are the first model's.

    `answers` and `figures` are of all models, the one that the first is held against last; `difference` holds the
    paired differences to that one, empty without, and `compared` old-old, new-old and new-new with it as the old one.
    `flops` are by model, where counted; `suspects` are faces that may carry the wrong name; `notes` say what was left
    out.
    """

    source: FaceSource
    trial: Trial
    answers: Sequence[Answers]
    figures: Sequence[Estimates]
    flops: Mapping[str, int]
    difference: Estimates
    compared: Estimates
    quality: Sequence[QualityBin]
    confusions: Sequence[Confusion]
    suspects: Sequence[Suspect]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Contest:
    """The models to measure, one at least; the first is held against another where one is named."""

    models: Sequence[Model]
    against: Model | None = None


def evaluate_people(contest: Contest, source: FaceSource, seed: int) -> Workflow[Evaluation]:
    """Put the same questions about labelled faces to every model."""
    return (yield from _evaluate(contest, source, trial_of_people(numbered(source.faces)[1], seed)))


def evaluate_pairs(contest: Contest, pairs: VerificationSet, seed: int) -> Workflow[Evaluation]:
    """Measure verification alone, on the pairs of a file."""
    trial = trial_of_pairs(listed_pairs(pairs.first, pairs.second, pairs.same, pairs.fold), seed)
    return (yield from _evaluate(contest, PairFaces(pairs), trial))


def _evaluate(contest: Contest, source: FaceSource, trial: Trial) -> Workflow[Evaluation]:
    answers: list[Answers] = []
    models = [*contest.models] if contest.against is None else [*contest.models, contest.against]
    for model in models:
        embeddings = yield from embed_faces(model, source)
        ways = {} if trial.people is None else clusterings(model.calibration, len(np.unique(trial.people)), trial.seed)
        answers.append(answer(trial, model.name, embeddings, ways))
    yield Progress("estimate", 0)
    first = answers[0]
    other, crossed = _held_against(first, answers[-1], trial) if contest.against else ({}, {})
    return Evaluation(
        source=source,
        trial=trial,
        answers=answers,
        figures=[estimate(each.measures, trial.seed) for each in answers],
        flops={model.name: model.flops for model in models if model.flops is not None},
        difference=estimate(other, trial.seed),
        compared=estimate(crossed, trial.seed),
        quality=_by_quality(source, trial, first),
        confusions=worst_confusions(trial.pairs, first.scores, SHOWN_CONFUSIONS),
        suspects=_suspects(source, trial, first),
    )


def _held_against(ours: Answers, theirs: Answers, trial: Trial) -> tuple[Measures, Measures]:
    """Return the differences of all figures, and old-old, new-old and new-new with theirs as the old model."""
    crossed = comparability(theirs.embeddings, ours.embeddings, trial.pairs)
    return differences(ours.measures, theirs.measures), crossed


def clusterings(calibration: Calibration | None, people: int, seed: int) -> Mapping[str, Clustering | Refusal]:
    """Return Kinfolk's own clustering, which needs a calibrated model, and k-means told the number of people."""
    own: Clustering | Refusal = Refusal(
        sentence("this model's similarities have not been measured (its card has no calibration)")
    )
    if calibration is not None:
        own = partial(_cluster, calibration)
    return {
        sentence("Kinfolk's clustering"): own,
        sentence("k-means, told the number of people"): partial(_k_means, people, seed),
    }


def _cluster(calibration: Calibration, embeddings: Vectors) -> Indices:
    return cluster(embeddings, calibration=calibration).labels


def _k_means(people: int, seed: int, embeddings: Vectors) -> Indices:
    from sklearn.cluster import KMeans

    count_cores_quietly()
    labels: Indices = KMeans(people, n_init=10, random_state=seed).fit_predict(embeddings).astype(np.int64)
    return labels


def sharpness(crop: Image) -> float:
    """Return how sharp a crop is, from 0 up: the spread of its Laplacian against that of its grey values."""
    grey = cv2.cvtColor(crop, cv2.COLOR_RGB2GRAY)
    return float(cv2.Laplacian(grey, cv2.CV_32F).std()) / (float(grey.std()) + 8)


def _by_quality(source: FaceSource, trial: Trial, first: Answers) -> list[QualityBin]:
    """Count mistakes by the sharpness of the blurrier face: crops keep neither size nor pose of the detection."""
    if first.roc is None:
        return []
    quality: NDArray[np.float64] = np.array([sharpness(source.crop(face)) for face in range(len(source.faces))])
    return by_quality(trial.pairs, first.scores, quality, first.roc.threshold_at(QUALITY_FAR))


def _suspects(source: FaceSource, trial: Trial, first: Answers) -> list[Suspect]:
    """List faces below the similarity that one in a hundred pairs of different people reaches, against their medoid."""
    if trial.people is None or first.roc is None:
        return []
    return find_suspects(source.faces, first.embeddings, first.roc.threshold_at(QUALITY_FAR))
