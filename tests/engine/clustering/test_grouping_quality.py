"""How good a grouping looks, where nobody knows the truth."""

import numpy as np
import pytest

from engine.clustering.grouping_quality import judge_grouping
from engine.clustering.kmeans import propose_k, silhouette


def test_a_good_grouping_looks_better_than_a_mixed_one(crowd, rng):
    known = crowd([12, 10, 8], noise=0.6)
    photos = np.arange(30)
    good = judge_grouping(known.vectors, known.people, photos)
    mixed = judge_grouping(known.vectors, rng.permutation(known.people), photos)
    assert (good.groups, good.alone, good.conflicts) == (3, 0, 0)
    assert good.silhouette > 0.3 > mixed.silhouette


def test_faces_alone_and_twice_in_a_photo_are_counted():
    vectors = np.eye(7, dtype=np.float32)
    labels = np.array([0, 0, 0, 1, 1, -1, 2])
    photos = np.array([5, 5, 5, 5, 6, 7, 8])
    judged = judge_grouping(vectors, labels, photos)
    assert (judged.groups, judged.alone, judged.conflicts) == (2, 2, 2)


def test_no_group_has_no_silhouette():
    judged = judge_grouping(np.eye(3, dtype=np.float32), np.array([-1, -1, 0]), np.arange(3))
    assert (judged.groups, judged.alone, judged.silhouette) == (0, 3, 0.0)


def test_a_sample_is_judged_among_all(crowd):
    known = crowd([40, 30, 20], noise=1.0)
    whole = silhouette(known.vectors, known.people)
    rows = np.arange(0, 90, 2)
    assert silhouette(known.vectors, known.people, rows) == pytest.approx(whole, abs=0.05)


def test_more_than_sixty_people_are_proposed(crowd):
    known = crowd([6] * 90, noise=0.5)
    assert 80 <= propose_k(known.vectors) <= 100
