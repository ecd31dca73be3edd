import math

import pytest
import torch

from trainer.losses import LOSSES


def test_t_follows_the_mean_target_in_training_alone() -> None:
    loss = LOSSES["curricularface"](2, 2, m=0.5)
    cosines, labels = torch.tensor([[0.8, 0.7], [0.1, 0.6]]), torch.tensor([0, 1])
    loss.from_cosines(cosines, labels)
    assert loss.t.item() == pytest.approx(0.01 * 0.7)
    loss.from_cosines(cosines, labels)
    assert loss.t.item() == pytest.approx(0.01 * 0.7 * 1.99)
    loss.eval()
    loss.from_cosines(cosines, labels)
    assert loss.t.item() == pytest.approx(0.01 * 0.7 * 1.99)


def test_value_by_hand() -> None:
    loss = LOSSES["curricularface"](3, 2, s=10.0, m=0.5).double().eval()
    loss.t.fill_(0.4)
    cosines = torch.tensor([[0.8, 0.7, -0.3]], dtype=torch.float64)
    f = math.cos(math.acos(0.8) + 0.5)
    assert 0.7 > f > -0.3
    logits = [10 * f, 10 * 0.7 * (0.4 + 0.7), 10 * -0.3]
    wanted = math.log(sum(map(math.exp, logits))) - logits[0]
    assert loss.from_cosines(cosines, torch.tensor([0])).item() == pytest.approx(wanted, abs=1e-12)


def test_two_steps_before_one_backward() -> None:
    loss = LOSSES["curricularface"](4, 3)
    embeddings = torch.randn(8, 3, requires_grad=True)
    labels = torch.randint(0, 4, (8,))
    (loss(embeddings, labels) + loss(embeddings, labels)).backward()
    assert torch.isfinite(embeddings.grad).all()
