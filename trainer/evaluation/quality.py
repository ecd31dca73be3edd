"""Where a model errs: its mistakes by the quality of the poorer face of a pair, and its worst confusions."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trainer.evaluation.pairs import Indices, Pairs
from trainer.evaluation.verification import Scores

BINS = 4


@dataclass(frozen=True, slots=True)
class QualityBin:
    """Pairs whose poorer face has a quality from `low` to `high`, and the shares judged wrongly (NaN without pairs)."""

    low: float
    high: float
    same: int
    different: int
    missed: float
    accepted: float


def by_quality(pairs: Pairs, scores: Scores, quality: NDArray[np.float64], threshold: float) -> list[QualityBin]:
    """Part the pairs into quarters by the poorer face's quality (n faces,) and count mistakes at a cosine threshold."""
    poorer = np.minimum(quality[pairs.first], quality[pairs.second])
    edges = np.quantile(poorer, np.linspace(0, 1, BINS + 1))
    # Equal edges would make empty quarters that share a border.
    edges = np.unique(edges)
    place = np.clip(np.searchsorted(edges, poorer, side="right") - 1, 0, max(len(edges) - 2, 0))
    bins = []
    for index in range(max(len(edges) - 1, 1)):
        inside = place == index
        same, accepted = pairs.same[inside], scores[inside] >= threshold
        bins.append(
            QualityBin(
                float(edges[index]),
                float(edges[min(index + 1, len(edges) - 1)]),
                int(same.sum()),
                int((~same).sum()),
                _share(~accepted[same]),
                _share(accepted[~same]),
            )
        )
    return bins


@dataclass(frozen=True, slots=True)
class Confusion:
    """Two faces that the model judges most wrongly, by their positions, and their cosine."""

    first: int
    second: int
    same: bool
    similarity: float


def worst_confusions(pairs: Pairs, scores: Scores, count: int) -> list[Confusion]:
    """Return the most similar pairs of two people and the least similar pairs of one, `count` of each, worst first.

    A pair of people is shown once, with its worst pair of faces, so that one bad photo does not fill the list.
    """
    return [*_worst(pairs, -scores, scores, ~pairs.same, count), *_worst(pairs, scores, scores, pairs.same, count)]


def _worst(pairs: Pairs, keys: Scores, scores: Scores, kind: NDArray[np.bool_], count: int) -> list[Confusion]:
    chosen: list[Confusion] = []
    seen: set[tuple[int, int]] = set()
    candidates: Indices = np.flatnonzero(kind)
    for index in candidates[np.argsort(keys[candidates], kind="stable")]:
        units = int(pairs.first_unit[index]), int(pairs.second_unit[index])
        people = min(units), max(units)
        if people in seen:
            continue
        seen.add(people)
        first, second = int(pairs.first[index]), int(pairs.second[index])
        chosen.append(Confusion(first, second, bool(pairs.same[index]), float(scores[index])))
        if len(chosen) == count:
            break
    return chosen


def _share(wrong: NDArray[np.bool_]) -> float:
    return float(wrong.mean()) if wrong.size else float("nan")
