import pytest
import torch

from trainer.losses import LOSSES


@pytest.mark.parametrize("weighting", ["adaptive", "fixed"])
def test_golden(assert_golden, weighting) -> None:
    am = LOSSES["mv_am"](4, 3, s=32.0, m=0.35, t=0.2, weighting=weighting)
    arc = LOSSES["mv_arc"](4, 3, s=32.0, m=0.5, t=0.2, weighting=weighting)
    assert_golden(am, f"mv_am_{weighting}_t02_s32_m035")
    assert_golden(arc, f"mv_arc_{weighting}_t02_s32_m05")


@pytest.mark.parametrize("weighting", ["adaptive", "fixed"])
@pytest.mark.parametrize(("name", "plain"), [("mv_am", "am_softmax"), ("mv_arc", "arcface")])
@pytest.mark.parametrize("easy_margin", [False, True])
def test_t_zero_is_the_margin_loss_exactly(name, plain, weighting, easy_margin) -> None:
    ours = LOSSES[name](4, 3, s=32.0, m=0.4, t=0.0, weighting=weighting, easy_margin=easy_margin)
    theirs = LOSSES[plain](4, 3, s=32.0, m=0.4, easy_margin=easy_margin)
    theirs.load_state_dict(ours.state_dict())
    embeddings, labels = torch.randn(20, 3), torch.randint(0, 4, (20,))
    assert torch.equal(ours(embeddings, labels), theirs(embeddings, labels))


def test_the_own_column_is_never_masked() -> None:
    """With cos θ_y = −1, f = cos(θ + m) lies above the own cosine of −1 and below it with the cosine margin."""
    loss = LOSSES["mv_am"](2, 3, s=1.0, m=0.5, t=0.3)
    cosines = torch.tensor([[0.4, -1.0]])
    own = torch.tensor([[True, False]])
    assert torch.allclose(loss.margined(cosines, cosines[:, 0], own), torch.tensor([[-0.1, -1.0]]))


def test_only_columns_above_f_are_raised() -> None:
    cosines = torch.tensor([[0.6, 0.3, 0.2]])
    own = torch.tensor([[True, False, False]])
    adaptive = LOSSES["mv_am"](3, 3, m=0.35, t=0.2)
    fixed = LOSSES["mv_am"](3, 3, m=0.35, t=0.2, weighting="fixed")
    assert torch.allclose(adaptive.margined(cosines, cosines[:, 0], own), torch.tensor([[0.25, 0.56, 0.2]]))
    assert torch.allclose(fixed.margined(cosines, cosines[:, 0], own), torch.tensor([[0.25, 0.5, 0.2]]))


def test_a_shard_without_the_own_column_raises_the_same_columns() -> None:
    loss = LOSSES["mv_arc"](4, 3)
    cosines = torch.rand(6, 4) * 2 - 1
    labels = torch.randint(0, 4, (6,))
    own = torch.nn.functional.one_hot(labels, 4).bool()
    target = cosines.gather(1, labels[:, None])[:, 0]
    whole = loss.margined(cosines, target, own)
    parts = [loss.margined(cosines[:, half], target, own[:, half]) for half in (slice(0, 2), slice(2, 4))]
    assert torch.equal(torch.cat(parts, 1), whole)
