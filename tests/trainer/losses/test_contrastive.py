import pytest
import torch

from trainer.losses import LOSSES


def test_value_by_hand() -> None:
    embeddings = torch.tensor([[2.0, 0.0], [0.0, 1.0], [0.6, 0.8]], dtype=torch.float64)
    labels = torch.tensor([0, 0, 1])
    one, two, three = 2.0, (0.4**2 + 0.8**2) ** 0.5, (0.6**2 + 0.2**2) ** 0.5
    wanted = (one + (1 - two) ** 2 + (1 - three) ** 2) / 2 / 3
    assert LOSSES["contrastive"](margin=1.0)(embeddings, labels).item() == pytest.approx(wanted, abs=1e-12)


def test_one_face_gives_zero_with_a_graph() -> None:
    embeddings = torch.randn(1, 3, requires_grad=True)
    value = LOSSES["contrastive"]()(embeddings, torch.tensor([0]))
    value.backward()
    assert value == 0
    assert torch.equal(embeddings.grad, torch.zeros(1, 3))
