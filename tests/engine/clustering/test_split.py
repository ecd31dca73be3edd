import numpy as np
import pytest

from engine.clustering.likeness import Faces
from engine.clustering.split import propose_split


def test_the_faces_like_the_wrong_ones_go_with_them(crowd):
    known = crowd([30, 12], noise=0.9)
    leaving = propose_split(Faces.of(known.vectors), np.array([30, 35]))
    assert leaving.tolist() == [False] * 30 + [True] * 12


def test_half_of_the_faces_may_be_wrong(crowd):
    known = crowd([15, 20], noise=0.9)
    leaving = propose_split(Faces.of(known.vectors), np.array([20, 21, 22]))
    assert leaving.tolist() == [False] * 15 + [True] * 20


def test_confirmed_faces_stay_and_wrong_ones_go_whatever_they_look_like(crowd):
    known = crowd([10, 10])
    leaving = propose_split(Faces.of(known.vectors), np.array([10, 11, 0]), confirmed=np.array([19]))
    assert leaving[[0, 10, 11]].all()
    assert not leaving[19]


def test_two_faces_of_one_photo_do_not_leave_together(crowd):
    known = crowd([20, 8], noise=0.7)
    photos = np.arange(28)
    photos[27] = 26
    leaving = propose_split(Faces.of(known.vectors, photos=photos), np.array([20, 21]))
    assert leaving[[26, 27]].sum() == 1
    assert leaving[20:26].all()


def test_one_wrong_face_says_too_little(crowd):
    faces = Faces.of(crowd([5]).vectors)
    with pytest.raises(ValueError, match="two or more"):
        propose_split(faces, np.array([1]))
    with pytest.raises(ValueError, match="none of them confirmed"):
        propose_split(faces, np.array([1, 2]), confirmed=np.array([2]))


def test_all_faces_may_be_wrong(crowd):
    faces = Faces.of(crowd([4]).vectors)
    assert propose_split(faces, np.arange(4)).all()


@pytest.mark.parametrize("few", [3, 4])
def test_a_few_faces_of_somebody_else_go_together(crowd, few):
    for seed in range(5):
        known = crowd([25, few], noise=0.9, seed=seed)
        leaving = propose_split(Faces.of(known.vectors), np.array([25, 26]))
        assert leaving.tolist() == [False] * 25 + [True] * few
