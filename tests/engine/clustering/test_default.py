import math

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.clustering.constraints import Constraints, ContradictionKind
from engine.clustering.default import cluster
from engine.clustering.metrics import score

quick = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])


def same_partition(first, second):
    return score(first, second).pairwise.f == 1.0 and ((first < 0) == (second < 0)).all()


@pytest.mark.parametrize("people", [2, 12, 150])
def test_few_and_many_people_are_found(crowd, calibration, people):
    sizes = np.random.default_rng(people).integers(2, 25, people).tolist()
    known = crowd(sizes, seed=people, noise=1.0)
    found = score(known.people, cluster(known.vectors, calibration=calibration).labels)
    assert found.pairwise.precision > 0.98
    assert found.bcubed.f > 0.95


def test_real_people_are_found(real_faces, calibration):
    found = score(real_faces.people, cluster(real_faces.vectors, calibration=calibration).labels)
    assert found.pairwise.precision > 0.98
    assert found.bcubed.f > 0.95


@pytest.mark.parametrize("count", [0, 1, 2, 40])
def test_copies_of_one_face_are_one_person(calibration, count):
    labels = cluster(np.tile(np.eye(1, 128, dtype=np.float32), (count, 1)), calibration=calibration).labels
    assert labels.tolist() == ([-1] if count == 1 else [0] * count)


def test_larger_clusters_come_first(crowd, calibration):
    labels = cluster(crowd([3, 9, 6, 1], noise=0.5).vectors, calibration=calibration).labels
    assert np.bincount(labels[labels >= 0]).tolist() == [9, 6, 3]
    assert labels[-1] == -1


@quick
@given(seed=st.integers(0, 10_000))
def test_the_order_of_the_faces_does_not_matter(crowd, calibration, seed):
    known = crowd([1, 2, 5, 9, 14, 3], seed=seed, noise=1.2)
    order = np.random.default_rng(seed).permutation(len(known.people))
    first = cluster(known.vectors, calibration=calibration)
    again = cluster(known.vectors, calibration=calibration)
    moved = cluster(known.vectors[order], calibration=calibration)
    assert np.array_equal(first.labels, again.labels)
    assert same_partition(first.labels[order], moved.labels)


@quick
@given(seed=st.integers(0, 10_000))
def test_what_the_user_said_always_holds(crowd, calibration, seed):
    known = crowd([6, 8, 5, 4], seed=seed, noise=0.9)
    rng = np.random.default_rng(seed)
    count = len(known.people)
    groups = np.where(rng.random(count) < 0.3, rng.integers(0, 4, count), -1)
    apart = rng.integers(0, count, (6, 2))
    rejected = np.column_stack([rng.integers(0, count, 6), rng.integers(0, 4, 6)])
    photos = rng.integers(0, count // 2, count)
    said = Constraints(groups, apart, rejected, photos)
    labels = cluster(known.vectors, calibration=calibration, constraints=said).labels
    for group in range(4):
        assert len(set(labels[groups == group].tolist())) <= 1
    homes = [labels[groups == group][0] for group in range(4) if (groups == group).any()]
    assert len(set(homes)) == len(homes)
    for first, second in said.forbidden():
        confirmed = groups[first] >= 0 and groups[first] == groups[second]
        assert confirmed or labels[first] != labels[second] or labels[first] < 0


def test_the_user_overrules_a_photo_and_is_told(crowd, calibration):
    known = crowd([6, 6], noise=0.5)
    photos = np.arange(12)
    photos[1] = 0
    mirror = Constraints(np.array([0, 0] + [-1] * 10), photos=photos)
    found = cluster(known.vectors, calibration=calibration, constraints=mirror)
    assert found.labels[0] == found.labels[1]
    assert [said.kind for said in found.contradictions] == [ContradictionKind.SAME_PHOTO]
    unsaid = cluster(known.vectors, calibration=calibration, constraints=Constraints.none(12))
    assert unsaid.labels[0] == unsaid.labels[1]
    # Without a word, two faces that are plainly the same are one person in one photo, too: a collage.
    collage = Constraints(np.full(12, -1), photos=photos)
    labels = cluster(known.vectors, calibration=calibration, constraints=collage).labels
    assert labels[0] == labels[1]


def test_alike_faces_of_one_photo_are_two_people(calibration):
    # Alike enough to join if it were not for the photo: two in a hundred pairs of strangers are as alike.
    vectors = np.zeros((2, 128), np.float32)
    vectors[:, 0], vectors[0, 1], vectors[1, 2] = np.sqrt(0.25), np.sqrt(0.75), np.sqrt(0.75)
    for photos, alone in ((np.array([1, 2]), False), (np.array([1, 1]), True)):
        said = Constraints(np.full(2, -1), photos=photos)
        labels = cluster(vectors, calibration=calibration, constraints=said).labels
        assert (labels < 0).all() == alone


def test_poor_faces_start_nothing_but_may_join(crowd, calibration):
    known = crowd([10, 8], noise=0.5)
    seeds = np.ones(18, bool)
    seeds[[0, 10, 11, 12, 13, 14, 15, 16, 17]] = False
    labels = cluster(known.vectors, calibration=calibration, seeds=seeds).labels
    assert labels[:10].tolist() == [0] * 10
    assert labels[10:].tolist() == [-1] * 8


@pytest.mark.parametrize("poor", [False, True])
@pytest.mark.parametrize(("evidence", "joins", "joins_a_name"), [(3, False, False), (5, True, False), (7, True, True)])
def test_whoever_is_named_takes_in_only_who_is_plainly_the_same(calibration, evidence, joins, joins_a_name, poor):
    alike = calibration.similarity_at(math.exp(-evidence))
    vectors = np.zeros((9, 16), np.float32)
    vectors[:8, 0] = 1
    vectors[8, :2] = alike, math.sqrt(1 - alike**2)
    seeds = np.array([True] * 8 + [not poor])
    for named, joined in ((-1, joins), (0, joins_a_name)):
        said = Constraints(np.array([named] * 8 + [-1]))
        labels = cluster(vectors, calibration=calibration, constraints=said, seeds=seeds).labels
        assert (labels[8] == labels[0]) == joined


def test_a_refused_face_takes_nobody_away_from_whoever_is_named(crowd, calibration):
    vectors = crowd([40], noise=0.9).vectors
    said = Constraints(np.array([0] * 3 + [-1] * 37), rejected=np.array([[39, 0]]))
    labels = cluster(vectors, calibration=calibration, constraints=said).labels
    assert (labels[:39] == labels[0]).all()
    assert labels[39] != labels[0]


def test_a_named_face_alone_is_a_cluster(crowd, calibration):
    labels = cluster(crowd([1, 1]).vectors, calibration=calibration, constraints=Constraints(np.array([4, -1]))).labels
    assert labels.tolist() == [0, -1]


def test_lengths_must_fit(crowd, calibration):
    vectors = crowd([4]).vectors
    for wrong in (
        {"seeds": np.ones(5, bool)},
        {"constraints": Constraints.none(1)},
    ):
        with pytest.raises(ValueError, match="faces"):
            cluster(vectors, calibration=calibration, **wrong)


def test_average_linkage_is_that_of_scipy(crowd):
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import pdist

    from engine.clustering.plain_algorithms import AverageOptions, average_labels

    known = crowd([1, 2, 5, 9, 14, 30, 3, 40], seed=5, noise=1.5)
    tree = linkage(pdist(known.vectors.astype(np.float64), "cosine"), "average")
    for cut in (0.2, 0.3, 0.4):
        ours = average_labels(known.vectors, AverageOptions(cut))
        assert score(fcluster(tree, 1 - cut, "distance"), ours).ari > 0.99
