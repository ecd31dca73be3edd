import numpy as np
import pytest

from engine.clustering.neighbours import COARSE, CODES, FINE, FINE_CODES, NeighbourIndex, nearest, nearest_among


def test_exact_neighbours_are_those_of_the_full_matrix(crowd):
    vectors = crowd([5] * 40).vectors
    found = nearest(vectors, 7)
    full = vectors @ vectors.T
    np.fill_diagonal(full, -2)
    assert np.allclose(found.similarities, -np.sort(-full, axis=1)[:, :7], atol=1e-5)
    assert (found.indices != np.arange(200)[:, None]).all()
    assert (found.indices.dtype, found.similarities.dtype) == (np.int32, np.float32)


def test_copies_do_not_push_a_face_into_its_own_list():
    vectors = np.tile(np.eye(1, 8, dtype=np.float32), (30, 1))
    found = nearest(vectors, 4)
    assert (found.indices != np.arange(30)[:, None]).all()
    assert np.allclose(found.similarities, 1)


def test_missing_neighbours_are_marked(crowd):
    found = nearest(crowd([3]).vectors, 5)
    assert (found.indices[:, 2:] == -1).all()
    assert (found.similarities[:, 2:] == -1).all()
    assert nearest(np.empty((0, 4), np.float32), 5).indices.shape == (0, 5)


def test_the_approximate_index_finds_most_and_always_the_same(crowd):
    vectors = crowd([8] * 500).vectors
    exact, first = nearest(vectors, 8), nearest(vectors, 8, exact_up_to=1000)
    again = nearest(vectors, 8, exact_up_to=1000)
    shared = [len(set(a) & set(b)) for a, b in zip(exact.indices[:, :7], first.indices[:, :7], strict=True)]
    assert np.mean(shared) / 7 > 0.9
    assert np.array_equal(first.indices, again.indices)


@pytest.mark.parametrize("packing", [CODES, FINE_CODES, FINE, COARSE])
def test_packed_vectors_give_most_neighbours_and_true_similarities(crowd, packing):
    vectors = crowd([8] * 500).vectors
    rows = np.arange(len(vectors))
    exact = nearest(vectors, 7)
    found, again = (NeighbourIndex(vectors, exact_up_to=1000, packing=packing).neighbours_of(rows, 7) for _ in range(2))
    shared = [len(set(a) & set(b)) for a, b in zip(exact.indices, found.indices, strict=True)]
    assert np.mean(shared) / 7 > 0.9
    products = np.einsum("nd,nkd->nk", vectors, vectors[found.indices])
    assert np.allclose(found.similarities, products, atol=1e-5)
    assert np.array_equal(found.indices, again.indices)


def test_other_vectors_go_into_the_same_cells(crowd):
    known = crowd([8] * 500).vectors
    first, second = known[::2], known[1::2]
    rows = np.arange(len(second))
    exact = nearest(second, 7).indices
    for packing in (None, CODES, FINE):
        index = NeighbourIndex(first, exact_up_to=1000, packing=packing)
        index.refill(second)
        found = index.neighbours_of(rows, 7).indices
        # Each has three others of the same person.
        assert np.mean([len(set(a[:3]) & set(b)) for a, b in zip(exact, found, strict=True)]) / 3 > 0.9


def test_strangers_can_be_looked_up(crowd):
    known = crowd([4, 4])
    index = NeighbourIndex(known.vectors)
    assert index.search(known.vectors[:2], 1).indices.tolist() == [[0], [1]]


def test_a_few_are_looked_up_among_some(crowd):
    vectors = crowd([5] * 30).vectors
    rows = np.arange(1, 150, 2)
    found = nearest_among(vectors[:120], vectors, rows, 6)
    full = vectors[:120] @ vectors[rows].T
    assert np.allclose(found.similarities, -np.sort(-full, axis=1)[:, :6], atol=1e-5)
    assert np.isin(found.indices, rows).all()
    assert nearest_among(vectors, vectors, rows[:2], 6).indices.shape == (150, 2)
    assert nearest_among(vectors[:0], vectors, rows, 6).indices.shape == (0, 6)
