import math

import pytest
import torch

from trainer.losses import LOSSES


def by_hand(cosines, labels, lengths, s, lambda_g, bounds) -> float:
    """The paper's equations 4 to 6, with angles and loops."""
    l_a, u_a, l_m, u_m = bounds
    total = 0.0
    for row, label, length in zip(cosines, labels, lengths, strict=True):
        a = min(max(length, l_a), u_a)
        m = (u_m - l_m) / (u_a - l_a) * (a - l_a) + l_m
        own = math.exp(s * math.cos(math.acos(row[label]) + m))
        others = sum(math.exp(s * cosine) for place, cosine in enumerate(row) if place != label)
        total += -math.log(own / (own + others)) + lambda_g * (1 / a + a / u_a**2)
    return total / len(labels)


@pytest.mark.parametrize("lengths", [[12.0, 40.0, 100.0, 60.0, 10.5, 109.0], [1.0, 500.0, 10.0, 110.0, 3.0, 22.0]])
def test_it_is_the_papers_formula(golden, lengths) -> None:
    loss = LOSSES["magface"](4, 3, s=16.0).double()
    cosines = torch.tensor(golden["cos"], dtype=torch.float64)
    value = loss.from_cosines(cosines, torch.tensor(golden["labels"]), torch.tensor(lengths, dtype=torch.float64))
    wanted = by_hand(golden["cos"], golden["labels"], lengths, 16.0, 35.0, (10.0, 110.0, 0.45, 0.8))
    assert value.item() == pytest.approx(wanted, abs=1e-9)


def test_one_margin_and_no_reward_is_arcface() -> None:
    ours = LOSSES["magface"](4, 3, s=64.0, l_m=0.5, u_m=0.5, lambda_g=0.0)
    theirs = LOSSES["arcface"](4, 3, s=64.0, m=0.5)
    theirs.load_state_dict(ours.state_dict())
    embeddings, labels = torch.randn(20, 3), torch.randint(0, 4, (20,))
    torch.testing.assert_close(ours(embeddings, labels), theirs(embeddings, labels))


def test_the_optimal_length_of_an_easy_face_is_longer_than_that_of_a_hard_one() -> None:
    loss = LOSSES["magface"](2, 2).double()

    def best(cosine: float) -> float:
        lengths = torch.linspace(10, 110, 400, dtype=torch.float64)
        cosines = torch.tensor([[cosine, 0.0]], dtype=torch.float64)
        values = [loss.from_cosines(cosines, torch.tensor([0]), length[None]).item() for length in lengths]
        return float(lengths[values.index(min(values))])

    assert best(0.95) > best(0.7)
