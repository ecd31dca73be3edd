import math

import pytest
import torch

from trainer.losses import LOSSES
from trainer.losses.sphereface import Annealing, psi


def test_golden(assert_golden) -> None:
    assert_golden(LOSSES["sphereface"](4, 3, m=4, annealing=5.0, s=32.0), "sphere_m4_lam5_s32")


@pytest.mark.parametrize("m", [1, 2, 3, 4])
def test_psi_falls_all_the_way(m) -> None:
    angles = torch.linspace(0, math.pi, 400, dtype=torch.float64)
    values = psi(angles.cos(), m)
    assert (values.diff() < 1e-12).all()
    assert values[0].item() == pytest.approx(1)
    assert values[-1].item() == pytest.approx(1 - 2 * m)


@pytest.mark.parametrize("m", [1, 2, 3, 4])
@pytest.mark.parametrize("corner", [1.0, -1.0])
def test_psi_rises_with_the_cosine_at_its_ends(m, corner) -> None:
    cosine = torch.tensor(corner, dtype=torch.float64, requires_grad=True)
    psi(cosine, m).backward()
    assert cosine.grad.item() == pytest.approx(m * m)


def test_annealing_falls_with_every_training_step_and_is_saved() -> None:
    loss = LOSSES["sphereface"](4, 3, annealing={"base": 10.0, "gamma": 1.0, "power": 1.0, "lowest": 2.0})
    embeddings, labels = torch.randn(5, 3), torch.tensor([0, 1, 2, 3, 0])
    first, second = loss(embeddings, labels), loss(embeddings, labels)
    assert first < second
    assert loss.state_dict()["steps"] == 2
    loss.eval()
    assert loss(embeddings, labels) == loss(embeddings, labels)
    assert [Annealing(10.0, 1.0, 1.0, 2.0).at(step) for step in (0, 1, 99)] == [10.0, 5.0, 2.0]


def test_the_lengths_of_embeddings_are_the_scale() -> None:
    loss = LOSSES["sphereface"](4, 3, annealing=5.0).double()
    fixed = LOSSES["sphereface"](4, 3, annealing=5.0, s=7.0).double()
    fixed.load_state_dict(loss.state_dict())
    embeddings, labels = torch.randn(5, 3, dtype=torch.float64), torch.tensor([0, 1, 2, 3, 0])
    sphere = 7 * torch.nn.functional.normalize(embeddings)
    torch.testing.assert_close(loss(sphere, labels), fixed(embeddings, labels))
    with pytest.raises(ValueError, match="scale"):
        loss.from_cosines(torch.zeros(5, 4), labels)
