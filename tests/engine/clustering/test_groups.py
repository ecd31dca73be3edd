from dataclasses import replace

import numpy as np

from engine.clustering.apart import Apart
from engine.clustering.calibrate import measure_space
from engine.clustering.groups import FEW, Groups, PlacedFaces
from engine.similarity import Calibration, Childlike, Space


def nothing_apart(count):
    nobody = np.empty((0, 2), np.int64)
    return Apart(np.full(count, -1), nobody, nobody)


def alone(vectors, calibration):
    faces = PlacedFaces(vectors, np.zeros(len(vectors), np.float32))
    return Groups(faces, np.arange(len(vectors)), nothing_apart(len(vectors)), calibration)


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


def test_many_may_join_one_group_at_once(crowd, calibration):
    vectors = crowd([7], noise=0.5).vectors
    young = np.linspace(0, 0.6, 7).astype(np.float32)
    groups = Groups(PlacedFaces(vectors, young), np.arange(7), nothing_apart(7), calibration)
    groups.join(np.array([0, 5, 0, 0]), np.array([2, 6, 3, 4]))
    mean = vectors[[0, 2, 3, 4]].mean(axis=0)
    np.testing.assert_allclose(groups.means(np.array([0]))[0], mean / np.linalg.norm(mean), atol=1e-6)
    assert groups.labels.tolist() == [0, 1, 0, 0, 0, 5, 5]
    assert (groups.count, groups.sizes[[0, 1, 5]].tolist()) == (3, [4, 1, 2])
    alike = groups.beyond_common(np.ones(1, np.float32), np.array([0]), np.array([5]))
    np.testing.assert_allclose(alike, 1 / (1 + min(young[[0, 2, 3, 4]].mean(), young[5:].mean())), rtol=1e-6)


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


def test_children_are_more_alike_than_adults(crowd, calibration):
    vectors = crowd([4], noise=0.8).vectors
    pairs = np.array([0, 1, 0]), np.array([1, 2, 3])
    adults, children, one = (
        Groups(PlacedFaces(vectors, np.array(young, np.float32)), np.arange(4), nothing_apart(4), calibration)
        for young in ([0, 0, 0, 0], [0.5, 0.5, 0.5, 0.5], [0.5, 0, 0, 0])
    )
    assert (children.strengths(*pairs) < adults.strengths(*pairs)).all()
    np.testing.assert_array_equal(one.strengths(*pairs), adults.strengths(*pairs))


def test_a_joined_group_is_as_childlike_as_its_faces(crowd, calibration):
    vectors = crowd([3], noise=0.8).vectors
    groups = Groups(
        PlacedFaces(vectors, np.array([0.4, 0, 0.2], np.float32)), np.arange(3), nothing_apart(3), calibration
    )
    groups.join(np.array([0]), np.array([1]))
    alike = np.full(1, 0.6, np.float32)
    assert groups.beyond_common(alike, np.array([0]), np.array([2]))[0] == np.float32(0.6) / np.float32(1.2)


def test_the_space_tells_children_by_the_look() -> None:
    figures = Calibration(((0.0, 0.5), (0.3, 0.01)), 20.0, -6.0)
    space = Space((0.0, 0.0, 0.0), (0.0, 0.0, 1.0), figures, Childlike(beyond=0.1, wider=0.5))
    vectors = np.array([[0.6, 0, 0.8], [0.8, 0, -0.6], [1, 0, 0.05]], np.float32)
    np.testing.assert_allclose(space.place(vectors), [0.35, 0, 0], atol=1e-3)
    np.testing.assert_allclose(vectors, [[1, 0, 0]] * 3, atol=1e-6)
    assert not replace(space, childlike=None).place(np.array([[0.6, 0, 0.8]], np.float32)).any()
