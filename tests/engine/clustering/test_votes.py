import numpy as np
import pytest

from engine.clustering.likeness import Faces, Gallery
from engine.clustering.votes import Known, vote


@pytest.fixture
def library(crowd):
    """Three people in photos 0, 1, 2, ... and, held back, the first face of each."""
    known = crowd([9, 9, 9], noise=0.6)
    held = np.array([0, 9, 18])
    kept = np.setdiff1d(np.arange(27), held)
    faces = Faces.of(known.vectors[kept], photos=np.arange(24))
    confirmed = np.zeros(24, bool)
    confirmed[::4] = True
    return Known(faces, known.people[kept] + 100, confirmed), known.vectors[held]


def test_new_faces_join_their_people(library, calibration):
    known, new = library
    found = vote(Faces.of(new), known, calibration=calibration)
    assert found.people.tolist() == [100, 101, 102]
    assert (found.probability > 0.9).all()


def test_a_stranger_joins_nobody(library, crowd, calibration):
    known, _ = library
    found = vote(Faces.of(crowd([1], seed=99).vectors), known, calibration=calibration)
    assert found.people.tolist() == [-1]
    assert found.probability[0] < 0.5


def test_a_refused_face_joins_nobody_else_either(library, calibration):
    known, new = library
    found = vote(Faces.of(new), known, calibration=calibration, refused=np.array([[0, 100], [1, 100]]))
    assert found.people.tolist() == [-1, 101, 102]


def test_nobody_is_twice_in_a_photo(library, calibration):
    known, new = library
    with_known = vote(Faces.of(new, photos=np.array([3, 900, 901])), known, calibration=calibration)
    assert with_known.people.tolist() == [-1, 101, 102]
    twins = np.stack([known.faces.vectors[0], new[0]])
    among_new = vote(Faces.of(twins, photos=np.array([800, 800])), known, calibration=calibration)
    assert among_new.people.tolist() == [100, -1]


def test_an_empty_library_or_nothing_new(library, calibration):
    known, new = library
    nobody = Known(known.faces, np.full(24, -1), known.confirmed)
    assert vote(Faces.of(new), nobody, calibration=calibration).people.tolist() == [-1] * 3
    assert vote(Faces.of(new[:0]), known, calibration=calibration).people.tolist() == []


def test_siblings_are_told_apart_by_the_faces_of_their_time():
    """A younger child looks, at five, as the elder did at five; the elder has long grown."""
    rng = np.random.default_rng(0)
    young, grown = np.eye(2, 64)
    child = young + 0.2 * np.eye(1, 64, 5)[0]
    days = np.concatenate([np.full(40, 1000.0), np.full(40, 8000.0)])
    looks = np.concatenate([np.tile(young, (40, 1)), np.tile(grown, (40, 1))])
    looks = looks + rng.normal(size=looks.shape) * 0.05
    vectors = (looks / np.linalg.norm(looks, axis=1, keepdims=True)).astype(np.float32)
    elder = Gallery(Faces.of(vectors, days=days), np.zeros(80, np.int64))
    face = (child / np.linalg.norm(child)).astype(np.float32)[None]
    at_five, today = Faces.of(face, days=np.array([1000.0])), Faces.of(face, days=np.array([8000.0]))
    assert elder.likeness(at_five, np.array([0]))[0] > 0.8
    assert elder.likeness(today, np.array([0]))[0] < 0.3
    assert elder.likeness(Faces.of(face), np.array([0]))[0] > 0.5


def test_a_gallery_knows_its_people(crowd):
    known = crowd([3, 2])
    gallery = Gallery(Faces.of(known.vectors), np.array([5, 5, -1, 8, 8]))
    assert gallery.people.tolist() == [5, 8]
    assert gallery.members(5).tolist() == [0, 1]
    assert np.allclose(gallery.means()[1], known.vectors[3:].mean(axis=0))
    with pytest.raises(ValueError, match="no face"):
        gallery.members(6)
