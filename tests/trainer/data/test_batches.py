import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.data.batches import FaceNetBatches, PKBatches, ShuffledBatches

counts = st.lists(st.integers(1, 9), min_size=3, max_size=8)


def labels_of(sizes: list[int], seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).permutation(np.repeat(np.arange(len(sizes)) * 3, sizes)).astype(np.int64)


@given(sizes=counts, faces=st.integers(1, 6), seed=st.integers(0, 99))
def test_pk_has_exactly_k_faces_of_each_of_p_people(sizes, faces, seed) -> None:
    labels = labels_of(sizes)
    sampler = PKBatches(labels, 3, faces, seed)
    for step in range(6):
        batch = sampler.batch(step)
        drawn = labels[batch].reshape(3, faces)
        assert (drawn == drawn[:, :1]).all()
        assert len(np.unique(drawn)) == 3
        for row, person in zip(batch.reshape(3, faces), drawn[:, 0], strict=True):
            counts = np.unique(row, return_counts=True)[1]
            # Nobody's face twice before every one came once.
            assert counts.max() - counts.min() <= 1
            assert len(counts) == min(faces, (labels == person).sum())


def test_pk_shows_every_person_equally_often() -> None:
    labels = labels_of([1, 2, 40, 3, 3, 1])
    sampler = PKBatches(labels, 2, 4, seed=5)
    shown = np.concatenate([labels[sampler.batch(step)] for step in range(sampler.per_epoch * 4)])
    assert (np.unique(shown, return_counts=True)[1] == 4 * 4).all()


@given(sizes=counts, seed=st.integers(0, 99), negatives=st.integers(0, 12))
def test_facenet_batch_has_anchors_with_positives_and_foreign_negatives(sizes, seed, negatives) -> None:
    sizes = [*sizes, 5, 6]
    labels = labels_of(sizes)
    sampler = FaceNetBatches(labels, 2, 4, negatives, seed)
    for step in range(4):
        batch = sampler.batch(step)
        people, first = np.unique(labels[batch], return_index=True)
        chosen = people[np.argsort(first)][:2]
        anchors = np.isin(labels[batch], chosen)
        assert len(np.unique(batch)) == len(batch)
        assert all(min(4, (labels == person).sum()) == (labels[batch] == person).sum() > 1 for person in chosen)
        assert anchors[: anchors.sum()].all()
        assert (~anchors).sum() == min(negatives, (~np.isin(labels, chosen)).sum())


@given(faces=st.integers(1, 30), size=st.integers(1, 30), seed=st.integers(0, 99))
def test_shuffled_shows_no_face_twice_in_an_epoch(faces, size, seed) -> None:
    if size > faces:
        return
    sampler = ShuffledBatches(faces, size, seed)
    epoch = np.concatenate([sampler.batch(step) for step in range(sampler.per_epoch)])
    assert len(np.unique(epoch)) == len(epoch) == faces // size * size


@pytest.mark.parametrize(
    "make",
    [
        lambda: ShuffledBatches(20, 3, 4),
        lambda: PKBatches(labels_of([4, 4, 4, 4]), 2, 2, 4),
        lambda: FaceNetBatches(labels_of([4, 4, 4, 4]), 2, 2, 3, 4),
    ],
)
def test_a_resumed_sampler_draws_what_it_would_have_drawn(make) -> None:
    whole = make()
    drawn = [next(whole) for _ in range(9)]
    half = make()
    for _ in range(4):
        next(half)
    resumed = make()
    resumed.load_state_dict(half.state_dict())
    for wanted in drawn[4:]:
        assert np.array_equal(next(resumed), wanted)
    assert not all(np.array_equal(one, drawn[0]) for one in drawn[1:])


@pytest.mark.parametrize(
    ("make", "word"),
    [
        (lambda: PKBatches(labels_of([2, 2]), 3, 2), "3 people"),
        (lambda: PKBatches(labels_of([2, 2]), 2, 0), "one face"),
        (lambda: PKBatches(np.empty(0, np.int64), 1, 1), "of 0"),
        (lambda: FaceNetBatches(labels_of([1, 1, 5]), 2, 2, 0), "two faces"),
        (lambda: FaceNetBatches(labels_of([5, 5]), 1, 1, 0), "positive"),
        (lambda: FaceNetBatches(labels_of([5, 5]), 1, 2, -1), "negatives"),
        (lambda: ShuffledBatches(3, 4), "3 faces"),
    ],
)
def test_impossible_batches_are_refused(make, word) -> None:
    with pytest.raises(ValueError, match=word):
        make()


def test_a_foreign_state_is_refused() -> None:
    with pytest.raises(ValueError, match="next step"):
        ShuffledBatches(3, 1).load_state_dict({"epoch": 3})
