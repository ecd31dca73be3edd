import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score
from sklearn.metrics.cluster import pair_confusion_matrix

from engine.clustering.metrics import bcubed, pairwise, score, score_clustered

TRUTH = np.array([0, 0, 0, 1, 1, 2])
LABELS = np.array([0, 0, 1, 1, 1, -1])


def test_pairs_by_hand():
    # joined: 1 pair in cluster 0, 3 in cluster 1 (one of them right); same person: 3 + 1
    found = pairwise(TRUTH, LABELS)
    assert (found.precision, found.recall) == (2 / 4, 2 / 4)
    assert found.f == 0.5


def test_bcubed_by_hand():
    found = bcubed(TRUTH, LABELS)
    assert found.precision == pytest.approx((1 + 1 + 1 / 3 + 2 / 3 + 2 / 3 + 1) / 6)
    assert found.recall == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1 + 1 + 1) / 6)


def test_outliers_are_scored_alone_and_left_out():
    alone, left_out = score(TRUTH, LABELS), score_clustered(TRUTH, LABELS)
    assert (alone.clusters, alone.coverage) == (3, 1.0)
    assert (left_out.clusters, left_out.coverage) == (2, 5 / 6)
    assert alone.purity == 5 / 6
    assert left_out.purity == 4 / 5


def test_two_outliers_are_not_one_cluster():
    assert pairwise(np.array([0, 1]), np.array([-1, -1])).precision == 1.0
    assert score(np.array([0, 0]), np.array([-1, -1])).pairwise.recall == 0.0


def test_nothing_to_score():
    empty = np.empty(0, np.int64)
    assert score(empty, empty).bcubed.f == 1.0
    assert score_clustered(np.array([0, 1]), np.array([-1, -1])).coverage == 0.0


def test_lengths_must_agree():
    with pytest.raises(ValueError, match="2 true labels for 1"):
        score(np.array([0, 1]), np.array([0]))


some_labels = st.integers(1, 40).flatmap(
    lambda count: st.tuples(*[arrays(np.int64, count, elements=st.integers(0, 5))] * 2)
)


@given(some_labels)
def test_as_scikit_learn(pair):
    truth, labels = pair
    found = score(truth, labels)
    assert found.ari == pytest.approx(adjusted_rand_score(truth, labels), abs=1e-9)
    assert found.nmi == pytest.approx(normalized_mutual_info_score(truth, labels), abs=1e-9)
    if len(truth) > 1:
        (_, wrong), (missed, right) = pair_confusion_matrix(truth, labels)
        assert found.pairwise.precision == pytest.approx(right / (right + wrong) if right + wrong else 1.0)
        assert found.pairwise.recall == pytest.approx(right / (right + missed) if right + missed else 1.0)


@given(some_labels)
def test_bcubed_face_by_face(pair):
    truth, labels = pair
    shares = [
        ((labels == labels[i]) & (truth == truth[i])).sum() / (labels == labels[i]).sum() for i in range(len(truth))
    ]
    assert bcubed(truth, labels).precision == pytest.approx(float(np.mean(shares)))
    assert bcubed(labels, truth).recall == pytest.approx(float(np.mean(shares)))
