import hdbscan
import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score

from engine.clustering.hdbscan import HdbscanOptions, hdbscan_labels
from engine.clustering.tree import Selection

SETTINGS = [
    HdbscanOptions(3, 2),
    HdbscanOptions(5, 3),
    HdbscanOptions(2, 1, selection_similarity=0.5),
    HdbscanOptions(10, 5),
]


def package(vectors, options):
    similarity = options.selection_similarity
    model = hdbscan.HDBSCAN(
        min_cluster_size=options.min_cluster_size,
        min_samples=options.min_samples,
        cluster_selection_method=options.selection.value,
        cluster_selection_epsilon=0.0 if similarity is None else float(np.sqrt(2 - 2 * similarity)),
        core_dist_n_jobs=1,
    )
    return model.fit_predict(vectors.astype(np.float64))


def singles(labels):
    outliers = labels < 0
    return np.where(outliers, labels.max() + 1 + np.cumsum(outliers), labels)


def agreement(vectors, options):
    return adjusted_rand_score(singles(package(vectors, options)), singles(hdbscan_labels(vectors, options)))


@pytest.mark.parametrize("options", SETTINGS, ids=lambda options: f"{options.min_cluster_size}-{options.min_samples}")
def test_generated_people_come_out_as_in_the_package(crowd, options):
    sizes = np.random.default_rng(1).integers(1, 30, 120).tolist()
    assert agreement(crowd(sizes, noise=1.0).vectors, options) >= 0.995


@pytest.mark.parametrize("options", SETTINGS, ids=lambda options: f"{options.min_cluster_size}-{options.min_samples}")
def test_real_people_come_out_as_in_the_package(real_faces, options):
    assert agreement(real_faces.vectors, options) >= 0.99


def test_leaves_come_out_as_near_as_the_package_comes_to_itself(crowd):
    # Many distances of mutual reachability are equal, and leaves depend on which of them comes first: on real faces the
    # package agrees with itself to 0.97 to 0.99 when the same faces come in another order.
    sizes = np.random.default_rng(2).integers(3, 20, 60).tolist()
    assert agreement(crowd(sizes).vectors, HdbscanOptions(3, 2, Selection.LEAF)) >= 0.95


def test_components_of_the_graph_stay_apart(crowd):
    known = crowd([40] * 25, noise=0.5)
    labels = hdbscan_labels(known.vectors, HdbscanOptions(5, 3, neighbours=6))
    assert adjusted_rand_score(known.people, singles(labels)) > 0.98


def test_the_method_may_be_given_by_its_word(crowd):
    vectors = crowd([6, 6, 6]).vectors
    by_word = hdbscan_labels(vectors, HdbscanOptions(selection="leaf"))
    assert np.array_equal(by_word, hdbscan_labels(vectors, HdbscanOptions(selection=Selection.LEAF)))


@pytest.mark.parametrize("count", [0, 1, 2])
def test_very_few_faces(crowd, count):
    assert hdbscan_labels(crowd([count]).vectors).tolist() == [-1] * count


def test_copies_of_two_faces_are_two_clusters():
    vectors = np.repeat(np.eye(2, 16, dtype=np.float32), 10, axis=0)
    assert len(set(hdbscan_labels(vectors).tolist())) == 2


@pytest.mark.parametrize("options", [HdbscanOptions(1), HdbscanOptions(3, 0), HdbscanOptions(selection_similarity=2.0)])
def test_impossible_options_are_refused(crowd, options):
    with pytest.raises(ValueError, match=r"min_cluster_size|cosine"):
        hdbscan_labels(crowd([5]).vectors, options)
