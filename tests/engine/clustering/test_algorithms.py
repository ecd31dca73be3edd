import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.clustering.algorithms import ALGORITHMS, algorithm_labels
from engine.clustering.kmeans import KMeansOptions, kmeans_labels, propose_k, silhouette
from engine.clustering.metrics import score
from engine.errors import UsageError


@pytest.mark.parametrize("name", ALGORITHMS)
def test_clear_people_are_found_by_every_algorithm(crowd, name):
    known = crowd([12, 10, 8, 9, 11], noise=0.6)
    labels = algorithm_labels(name, known.vectors, {"k": 5} if name == "kmeans" else {})
    assert score(known.people, labels).bcubed.f > 0.99


@pytest.mark.parametrize("name", ALGORITHMS)
@pytest.mark.parametrize("count", [0, 1, 2])
def test_very_few_faces(crowd, name, count):
    assert len(algorithm_labels(name, crowd([count]).vectors, {"k": 1} if name == "kmeans" else {})) == count


def test_what_is_not_known_is_refused(crowd):
    vectors = crowd([4, 4]).vectors
    with pytest.raises(UsageError, match="no algorithm magic"):
        algorithm_labels("magic", vectors, {})
    with pytest.raises(UsageError, match="no setting eps"):
        algorithm_labels("dbscan", vectors, {"eps": 0.5})
    with pytest.raises(UsageError, match="cannot be used"):
        algorithm_labels("kmeans", vectors, {})
    with pytest.raises(UsageError, match="cannot be used"):
        algorithm_labels("hdbscan", vectors, {"min_cluster_size": 1})


def test_the_same_seed_gives_the_same_clusters(crowd):
    vectors = crowd([20] * 6, noise=1.5).vectors
    assert np.array_equal(
        kmeans_labels(vectors, KMeansOptions(6, seed=3)), kmeans_labels(vectors, KMeansOptions(6, seed=3))
    )


@given(k=st.integers(1, 12), copies=st.integers(1, 6))
def test_no_cluster_is_empty(k, copies):
    vectors = np.repeat(np.eye(12, dtype=np.float32), copies, axis=0)
    labels = kmeans_labels(vectors, KMeansOptions(k))
    assert sorted(set(labels.tolist())) == list(range(k))


def test_copies_of_one_face_can_be_cut_in_parts():
    vectors = np.tile(np.eye(1, 8, dtype=np.float32), (9, 1))
    assert len(set(kmeans_labels(vectors, KMeansOptions(3)).tolist())) == 3


def test_silhouette_proposes_how_many_people(crowd):
    known = crowd([15, 15, 15, 15], noise=0.6)
    assert propose_k(known.vectors, 10) == 4
    assert propose_k(known.vectors[:2], 10) == 1


def test_silhouette_as_scikit_learn(crowd):
    from sklearn.metrics import silhouette_score

    known = crowd([9, 5, 7], noise=2.0)
    assert silhouette(known.vectors, known.people) == pytest.approx(
        silhouette_score(known.vectors, known.people, metric="cosine"), abs=1e-4
    )
    assert silhouette(known.vectors, np.zeros(21, np.int64)) == 0.0
