import pytest
import torch

from trainer.losses import LOSSES
from trainer.losses.center import center_loss, centre_shift


def test_golden(golden) -> None:
    wanted = golden["center"]
    embeddings = torch.tensor(wanted["x"], dtype=torch.float64)
    labels = torch.tensor(wanted["y"])
    centres = torch.tensor(wanted["centers"], dtype=torch.float64)
    value = center_loss(centres, embeddings, labels).item()
    assert value == pytest.approx(wanted["loss_caffe_mean"], abs=1e-9)
    assert value * len(labels) == pytest.approx(wanted["loss_paper_sum"], abs=1e-9)
    shift = centre_shift(centres, embeddings, labels)
    torch.testing.assert_close(shift, torch.tensor(wanted["delta"], dtype=torch.float64), rtol=0, atol=1e-9)
    for weight in (0.0, 3.0):
        loss = LOSSES["center"](4, 2, lambda_=weight, alpha=0.5).double()
        loss.centres.copy_(centres)
        loss(embeddings, labels)
        moved = torch.tensor(wanted["centers_after_alpha05"], dtype=torch.float64)
        torch.testing.assert_close(loss.centres, moved, rtol=0, atol=1e-9)


def test_centres_are_a_buffer_and_stand_still_in_evaluation() -> None:
    loss = LOSSES["center"](4, 2)
    assert "centres" in dict(loss.named_buffers())
    assert not any("centres" in name for name, _ in loss.named_parameters())
    loss.eval()
    loss(torch.randn(3, 2), torch.tensor([0, 1, 1]))
    assert torch.equal(loss.centres, torch.zeros(4, 2))


def test_joined_loss_is_the_sum() -> None:
    joined = LOSSES["center"](4, 2, lambda_=0.1, join="am_softmax", join_options={"m": 0.1}).eval()
    embeddings, labels = torch.randn(3, 2), torch.tensor([0, 1, 1])
    wanted = joined.classification(embeddings, labels) + 0.1 * center_loss(joined.centres, embeddings, labels)
    assert torch.equal(joined(embeddings, labels), wanted)


def test_an_option_that_the_joined_loss_does_not_know_is_refused() -> None:
    with pytest.raises(TypeError):
        LOSSES["center"](4, 2, join_options={"m": 0.1})
