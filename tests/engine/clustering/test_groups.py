import numpy as np

from engine.clustering.apart import Apart
from engine.clustering.calibrate import measure_space
from engine.clustering.groups import FEW, Groups


def alone(vectors, calibration):
    count = len(vectors)
    nobody = np.empty((0, 2), np.int64)
    return Groups(vectors, np.arange(count), Apart(np.full(count, -1), nobody, nobody), calibration)


def test_what_everybody_has_in_common_is_no_evidence(crowd, calibration):
    strangers = crowd([1] * 60).vectors
    alike = strangers + 0.9 * strangers[:1]
    alike /= np.linalg.norm(alike, axis=1, keepdims=True)
    first, second = np.array([3]), np.array([7])
    for vectors, less in ((strangers, 0.03), (alike, 0.5)):
        groups = alone(vectors.astype(np.float32), calibration)
        before = groups.edges(first, second).strength[0]
        groups.measure_common()
        after = groups.edges(first, second).strength[0]
        assert after <= before
        assert (before - after > less) == (vectors is alike)


def test_among_few_nothing_is_taken_off(crowd, calibration):
    groups = alone(crowd([FEW - 1], noise=0.3).vectors, calibration)
    before = groups.edges(np.array([0]), np.array([1])).strength
    groups.measure_common()
    assert np.array_equal(groups.edges(np.array([0]), np.array([1])).strength, before)


def test_a_joined_group_is_the_mean_of_its_faces(crowd, calibration):
    vectors = crowd([4], noise=0.5).vectors
    groups = alone(vectors, calibration)
    groups.join(np.array([0]), np.array([2]))
    mean = vectors[[0, 2]].mean(axis=0)
    np.testing.assert_allclose(groups.means(np.array([0]))[0], mean / np.linalg.norm(mean), atol=1e-6)
    assert groups.labels.tolist() == [0, 1, 0, 3]
    assert groups.sizes[0] == 2


def test_the_space_takes_off_the_mean_face_and_the_look(crowd):
    known = crowd([12] * 20, noise=0.6)
    rng = np.random.default_rng(1)
    mean, look = rng.normal(size=(2, 128)) / np.sqrt(128)
    vectors = known.vectors + 0.5 * mean + rng.normal(size=len(known.people))[:, None] * 0.5 * look
    vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    space = measure_space(vectors, known.people)
    assert abs(np.dot(space.look, look) / np.linalg.norm(look)) > 0.9
    placed = vectors.copy()
    space.place(placed)
    np.testing.assert_allclose(np.linalg.norm(placed, axis=1), 1, atol=1e-5)
    assert np.abs(placed @ np.array(space.look, np.float32)).max() < 0.05
    assert space.calibration.similarity_at(0.01) < 0.5
