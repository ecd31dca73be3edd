import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from trainer.data.mining import MININGS, hardest_semi_hard, positive_pairs, squared_distances


def problem(seed: int, size: int, people: int) -> tuple[torch.Tensor, torch.Tensor]:
    generator = torch.Generator().manual_seed(seed)
    faces = torch.nn.functional.normalize(torch.randn(size, 3, generator=generator, dtype=torch.float64))
    return squared_distances(faces), torch.randint(0, people, (size,), generator=generator)


def by_hand(squared: torch.Tensor, labels: torch.Tensor, margin: float, mining: str) -> set[tuple[int, int, int]]:
    found = set()
    for a in range(len(labels)):
        for p in range(len(labels)):
            for n in range(len(labels)):
                if a == p or labels[a] != labels[p] or labels[a] == labels[n]:
                    continue
                near, far = squared[a, p], squared[a, n]
                fits = {"all": far < near + margin, "hard": far <= near, "semihard": near < far < near + margin}
                if fits[mining]:
                    found.add((a, p, n))
    return found


def as_set(triplets) -> set[tuple[int, int, int]]:
    columns = (triplets.anchors.tolist(), triplets.positives.tolist(), triplets.negatives.tolist())
    return set(zip(*columns, strict=True))


@given(seed=st.integers(0, 10_000), size=st.integers(1, 8), people=st.integers(1, 4))
@pytest.mark.parametrize("mining", ["all", "hard", "semihard"])
def test_every_triplet_that_fits_and_no_other(mining, seed, size, people) -> None:
    squared, labels = problem(seed, size, people)
    assert as_set(MININGS[mining](squared, labels, 0.3)) == by_hand(squared, labels, 0.3, mining)


@given(seed=st.integers(0, 10_000), size=st.integers(1, 8), people=st.integers(1, 4))
def test_batch_hard_takes_the_extremes_of_every_anchor(seed, size, people) -> None:
    squared, labels = problem(seed, size, people)
    chosen = as_set(MININGS["batch_hard"](squared, labels, 0.3))
    anchors = set()
    for a, p, n in chosen:
        anchors.add(a)
        others = [i for i in range(size) if i != a and labels[i] == labels[a]]
        assert p in others
        assert squared[a, p] == max(squared[a, i] for i in others)
        assert squared[a, n] == min(squared[a, i] for i in range(size) if labels[i] != labels[a])
    counts = np.bincount(labels.numpy())
    assert anchors == {i for i in range(size) if 1 < counts[labels[i]] < size}


@given(seed=st.integers(0, 10_000), size=st.integers(1, 8), people=st.integers(1, 4))
def test_one_semi_hard_negative_a_pair_is_the_nearest(seed, size, people) -> None:
    squared, labels = problem(seed, size, people)
    every = by_hand(squared, labels, 0.3, "semihard")
    chosen = as_set(hardest_semi_hard(squared, labels, 0.3))
    assert chosen <= every
    assert {(a, p) for a, p, _ in chosen} == {(a, p) for a, p, _ in every}
    for a, p, n in chosen:
        assert squared[a, n] == min(squared[a, other] for x, y, other in every if (x, y) == (a, p))


@given(seed=st.integers(0, 10_000), size=st.integers(1, 8), people=st.integers(1, 4))
def test_the_hardest_negative_of_every_pair(seed, size, people) -> None:
    squared, labels = problem(seed, size, people)
    chosen = as_set(MININGS["hardest"](squared, labels, 0.3))
    pairs = {(a, p) for a in range(size) for p in range(size) if a != p and labels[a] == labels[p]}
    assert {(a, p) for a, p, _ in chosen} == (pairs if len(set(labels.tolist())) > 1 else set())
    for a, _, n in chosen:
        assert squared[a, n] == min(squared[a, i] for i in range(size) if labels[i] != labels[a])


def test_pairs_of_anchor_and_positive_are_ordered() -> None:
    anchors, positives = positive_pairs(torch.tensor([5, 7, 5, 5]))
    assert set(zip(anchors.tolist(), positives.tolist(), strict=True)) == {
        (0, 2), (0, 3), (2, 0), (2, 3), (3, 0), (3, 2),
    }  # fmt: skip
