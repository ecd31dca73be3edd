"""Who is it? One face of every known person is the gallery; other faces are searched in it, among distractors.

Rank-1 against growing numbers of distractors is MegaFace's protocol (Kemelmacher-Shlizerman et al., CVPR 2016); the
detection and identification rate (DIR) at a false alarm rate (FAR) is that of open-set identification (Phillips,
Grother and Micheals, Handbook of Face Recognition, 2011).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.words import Sentence, sentence
from trainer.evaluation.intervals import Measure, Measures, Refusal
from trainer.evaluation.pairs import Indices, Vectors, Weights
from trainer.evaluation.verification import NEEDED_FALSE_ACCEPTS, Scores

DISTRACTORS = (0, 10, 100, 1_000, 10_000)
FALSE_ALARM_RATES = (1e-1, 1e-2)


@dataclass(frozen=True, slots=True)
class Search:
    """Positions of faces in four disjoint roles; people of `probes` are in `gallery`, strangers and distractors not.

    `gallery` (g,) has one face a person, `distractors` (d,) are joined to it, `probes` (p,) and `strangers` (s,) are
    searched. `units` is the number of all people.
    """

    gallery: Indices
    probes: Indices
    strangers: Indices
    distractors: Indices
    unit: Indices
    units: int


def split_search(people: Indices, generator: np.random.Generator) -> Search:
    """Give every face a role. People with one face are strangers and distractors, half each.

    Where they are fewer than a tenth of all people, a third of the people with several faces join them.
    """
    names, unit, counts = np.unique(people, return_inverse=True, return_counts=True)
    several = generator.permutation(np.flatnonzero(counts > 1))
    others = generator.permutation(np.flatnonzero(counts == 1))
    if len(others) < 0.1 * len(names):
        moved = len(several) // 3
        others, several = np.concatenate([others, several[:moved]]), several[moved:]
    gallery = np.array([generator.choice(np.flatnonzero(unit == name)) for name in several], dtype=np.int64)
    known = np.flatnonzero(np.isin(unit, several))
    half = len(others) // 2
    return Search(
        gallery=gallery,
        probes=np.setdiff1d(known, gallery),
        strangers=np.flatnonzero(np.isin(unit, others[: len(others) - half])),
        distractors=generator.permutation(np.flatnonzero(np.isin(unit, others[len(others) - half :]))),
        unit=unit.astype(np.int64),
        units=len(names),
    )


@dataclass(frozen=True, slots=True)
class Found:
    """Of one search: each probe's cosine with its own person and the best other one, each stranger's best."""

    own: Scores
    other: Scores
    stranger: Scores
    probe_unit: Indices
    stranger_unit: Indices

    def rank_one(self, drawn: Weights) -> float:
        """Return the share of probes whose own person is ahead of everybody else."""
        weights = drawn[self.probe_unit]
        return _share(weights, self.own > self.other)

    def detected(self, rate: float, drawn: Weights) -> float:
        """Return the share of probes that are rank-1 and above the threshold that `rate` of the strangers reach."""
        order = np.argsort(-self.stranger, kind="stable")
        weights = drawn[self.stranger_unit][order]
        alarms = np.cumsum(weights)
        if alarms.size == 0 or alarms[-1] <= 0:
            return float("nan")
        first_over = int(np.searchsorted(alarms, rate * alarms[-1] * (1 + 1e-12), side="right"))
        threshold = self.stranger[order[first_over]] if first_over < len(order) else -np.inf
        return _share(drawn[self.probe_unit], (self.own > self.other) & (self.own > threshold))


def identification(embeddings: Vectors, search: Search) -> Measures:
    """Return rank-1 and DIR for each number of distractors; `embeddings` (n, dimension) are unit vectors."""
    if len(search.gallery) < 2 or not len(search.probes):
        reason = sentence(
            "identification needs two people with several faces; here are {people}", people=len(search.gallery)
        )
        return {"rank-1": Refusal(reason)}
    measures: Measures = {}
    for count in DISTRACTORS:
        if count > len(search.distractors):
            measures[_rank_one(count)] = Refusal(
                sentence(
                    "{needed:,} distractors are needed; here are {there:,}",
                    needed=count,
                    there=len(search.distractors),
                )
            )
            continue
        found = find(embeddings, search, count)
        measures[_rank_one(count)] = Measure(found.rank_one, search.units)
        for rate in FALSE_ALARM_RATES:
            measures[_detected(rate, count)] = _detection(found, rate, search.units)
    return measures


def _rank_one(distractors: int) -> Sentence:
    if not distractors:
        return sentence("rank-1 without distractors")
    return sentence("rank-1 among {distractors:,} distractors", distractors=distractors)


def _detected(rate: float, distractors: int) -> Sentence:
    if not distractors:
        return sentence("DIR at FAR {rate:g} without distractors", rate=rate)
    return sentence("DIR at FAR {rate:g} among {distractors:,} distractors", rate=rate, distractors=distractors)


def find(embeddings: Vectors, search: Search, distractors: int) -> Found:
    """Search every probe and stranger in the gallery joined by the first so many distractors."""
    gallery = embeddings[np.concatenate([search.gallery, search.distractors[:distractors]])]
    owners = np.concatenate([search.unit[search.gallery], np.full(distractors, -1)])
    own = np.empty(len(search.probes))
    other = np.empty(len(search.probes))
    for start in range(0, len(own), 1_024):
        part = slice(start, start + 1_024)
        cosines = embeddings[search.probes[part]] @ gallery.T
        mine = owners[None, :] == search.unit[search.probes[part]][:, None]
        own[part] = np.where(mine, cosines, -np.inf).max(axis=1)
        other[part] = np.where(mine, -np.inf, cosines).max(axis=1)
    stranger = np.empty(len(search.strangers))
    for start in range(0, len(stranger), 1_024):
        part = slice(start, start + 1_024)
        stranger[part] = (embeddings[search.strangers[part]] @ gallery.T).max(axis=1)
    return Found(own, other, stranger, search.unit[search.probes], search.unit[search.strangers])


def _detection(found: Found, rate: float, units: int) -> Measure | Refusal:
    needed = round(NEEDED_FALSE_ACCEPTS / rate)
    if len(found.stranger) < needed:
        return Refusal(
            sentence(
                "FAR {rate:g} needs {needed:,} faces of strangers; here are {there:,}",
                rate=rate,
                needed=needed,
                there=len(found.stranger),
            )
        )
    return Measure(lambda drawn: found.detected(rate, drawn), units)


def _share(weights: Weights, right: NDArray[np.bool_]) -> float:
    total = weights.sum()
    return float((weights * right).sum() / total) if total > 0 else float("nan")
