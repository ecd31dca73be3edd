import numpy as np
import pytest
import torch

from trainer.data.mining import Triplets, squared_distances
from trainer.data.offline_mining import Choice, OfflineMining, TripletBatches
from trainer.losses.triplet import triplet_loss


def faces(seed: int, number: int, people: int) -> tuple[np.ndarray, np.ndarray]:
    generator = np.random.default_rng(seed)
    vectors = generator.standard_normal((number, 4)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True), generator.integers(0, people, number)


@pytest.mark.parametrize("choice", list(Choice))
def test_triplets_are_what_the_choice_says(choice) -> None:
    embeddings, labels = faces(0, 60, 6)
    mining = OfflineMining(every=10, margin=0.4, choice=choice)
    table = mining.mine(embeddings, labels, np.random.default_rng(1))
    squared = 2 - 2 * embeddings @ embeddings.T
    assert len(table) > 20
    assert len(np.unique(table[:, 0])) == len(table)
    for anchor, positive, negative in table:
        assert anchor != positive
        assert labels[anchor] == labels[positive] != labels[negative]
        near, far = squared[anchor, positive], squared[anchor, negative]
        if choice is Choice.SEMI_HARD:
            assert near < far < near + 0.4
        else:
            others = (labels == labels[anchor]) & (np.arange(60) != anchor)
            assert near == squared[anchor][others].max()
            assert far == squared[anchor][labels != labels[anchor]].min()


def test_a_subset_is_looked_at_and_indices_are_the_dataset_s() -> None:
    embeddings, labels = faces(0, 100, 3)
    mining = OfflineMining(every=1, choice=Choice.HARDEST, subset=20)
    table = mining.mine(embeddings, labels, np.random.default_rng(1))
    assert len(np.unique(table)) <= 20 < table.max()
    again = mining.mine(embeddings, labels, np.random.default_rng(1))
    assert np.array_equal(table, again)


def test_without_a_second_person_there_is_nothing_to_mine() -> None:
    embeddings, _ = faces(0, 10, 1)
    table = OfflineMining(every=5).mine(embeddings, np.zeros(10, np.int64), np.random.default_rng(1))
    assert table.shape == (0, 3)


def test_due_every_n_steps() -> None:
    assert [step for step in range(9) if OfflineMining(every=4).due(step)] == [0, 4, 8]
    with pytest.raises(ValueError, match="every"):
        OfflineMining(every=0)


def test_batches_feed_the_triplet_loss() -> None:
    embeddings, labels = faces(0, 60, 6)
    table = OfflineMining(every=1, margin=0.4).mine(embeddings, labels, np.random.default_rng(1))
    batch = TripletBatches(table, 5, seed=2).batch(3)
    assert {tuple(column) for column in batch.reshape(3, 5).T} <= {tuple(row) for row in table}
    place = torch.arange(5)
    squared = squared_distances(torch.from_numpy(embeddings[batch]))
    value = triplet_loss(squared, Triplets(place, place + 5, place + 10), 0.4)
    assert 0 < value.item() < 0.4
    with pytest.raises(ValueError, match="triplets"):
        TripletBatches(table[:3], 4)
