"""One evaluation: the questions are drawn once from the people, then put to every model alike."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from trainer.evaluation.clusters import b_cubed, compare_clusters
from trainer.evaluation.identification import Search, identification, split_search
from trainer.evaluation.intervals import Measures, Refusal
from trainer.evaluation.neighbours import neighbours
from trainer.evaluation.pairs import Indices, Pairs, Vectors, all_pairs, fold_pairs
from trainer.evaluation.verification import RankedFolds, RankedPairs, Roc, Scores, verification

PAIR_LIMIT = 500_000
"""Pairs of different people that are compared; more are drawn from."""

Clustering = Callable[[Vectors], Indices]
"""From unit vectors (n, dimension) to cluster labels (n,), below 0 for a face left alone."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What is asked: pairs, ten folds of pairs, and a search among people; `people` (n,) numbers them.

    `people` and `search` are None for a pairs file, which does not say who is in a picture.
    """

    pairs: Pairs
    folds: Pairs
    people: Indices | None
    search: Search | None
    seed: int


def trial_of_people(people: Indices, seed: int) -> Trial:
    """Draw the questions from labelled faces; `people` (n,) numbers who is on each."""
    generator = np.random.default_rng(seed)
    pairs = all_pairs(people, PAIR_LIMIT, generator)
    return Trial(pairs, fold_pairs(people, generator), people, split_search(people, generator), seed)


def trial_of_pairs(pairs: Pairs, seed: int) -> Trial:
    """Ask a pairs file's own questions."""
    return Trial(pairs, pairs, None, None, seed)


@dataclass(frozen=True, slots=True)
class Answers:
    """One model's answers: its figures, ready to be estimated, and what the pictures need."""

    name: str
    embeddings: Vectors
    scores: Scores
    roc: Roc | None
    measures: Measures


def answer(trial: Trial, name: str, embeddings: Vectors, clusterings: Mapping[str, Clustering | Refusal]) -> Answers:
    """Put the trial to a model's unit embeddings (n, dimension), in the order of the trial's faces."""
    scores = trial.pairs.similarities(embeddings)
    ranked = RankedPairs(trial.pairs, scores)
    measures = verification(ranked, RankedFolds(trial.folds, trial.folds.similarities(embeddings)))
    if trial.people is not None and trial.search is not None:
        measures |= identification(embeddings, trial.search) | neighbours(embeddings, trial.people)
        for method, cluster in clusterings.items():
            if isinstance(cluster, Refusal):
                measures[b_cubed(method)] = cluster
            else:
                measures |= compare_clusters(method, cluster(embeddings), trial.people)
    return Answers(name, embeddings, scores, ranked.roc(np.ones(trial.pairs.units)), measures)
