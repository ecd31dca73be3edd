import pytest
import torch

from trainer.losses import LOSSES


def test_golden(assert_golden) -> None:
    assert_golden(LOSSES["c_contrastive"](4, 3, margin=1.0), "c_contrastive_m1")
    assert_golden(LOSSES["c_triplet"](4, 3, margin=0.8), "c_triplet_m08_all")
    assert_golden(LOSSES["c_triplet"](4, 3, margin=0.8, hardest_only=True), "c_triplet_m08_hardest")


def test_faces_on_agents_that_are_far_apart_lose_nothing() -> None:
    corners = torch.eye(3, dtype=torch.float64)
    for name in ("c_contrastive", "c_triplet"):
        loss = LOSSES[name](3, 3, margin=1.9).double()
        with torch.no_grad():
            loss.weight.copy_(corners)
        assert loss(corners, torch.arange(3)).item() == pytest.approx(0, abs=1e-12)
