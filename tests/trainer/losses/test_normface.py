import math

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch.nn import functional

from trainer.losses import LOSSES, suggest_scale
from trainer.losses.agents import unit
from trainer.losses.normface import lower_bound


@pytest.mark.parametrize(("name", "s"), [("cosine_softmax_s1", 1.0), ("normface_s32", 32.0)])
def test_golden(assert_golden, name, s) -> None:
    assert_golden(LOSSES["normface"](4, 3, s=s), name)


def separated(n: int) -> torch.Tensor:
    """The corners of a regular simplex: n unit vectors as far apart as n can be."""
    return torch.nn.functional.normalize(torch.eye(n, dtype=torch.float64) - 1 / n)


@pytest.mark.parametrize(("n", "s"), [(2, 1.0), (10, 1.0), (10, 16.0), (50, 30.0)])
def test_perfectly_separated_agents_reach_the_bound(n, s) -> None:
    loss = LOSSES["normface"](n, n, s=s).double()
    corners = separated(n)
    with torch.no_grad():
        loss.weight.copy_(corners)
    wanted = math.log(1 + (n - 1) * math.exp(-n * s / (n - 1)))
    assert loss(corners, torch.arange(n)).item() == pytest.approx(wanted, abs=1e-9)
    assert lower_bound(n, s) == pytest.approx(wanted, abs=1e-12)


def test_without_a_scale_a_thousand_people_stay_above_5_90() -> None:
    n = 1000
    loss = LOSSES["normface"](n, n, s=1.0).double()
    corners = separated(n)
    with torch.no_grad():
        loss.weight.copy_(corners)
    best = loss(corners, torch.arange(n)).item()
    assert best > 5.90
    assert lower_bound(n, 1.0) == pytest.approx(best, abs=1e-9)


@pytest.mark.parametrize("seed", range(3))
def test_nothing_falls_below_the_bound(seed) -> None:
    torch.manual_seed(seed)
    loss = LOSSES["normface"](6, 5, s=4.0).double()
    faces = torch.nn.Parameter(torch.randn(6, 5, dtype=torch.float64))
    optimiser = torch.optim.SGD([faces, *loss.parameters()], lr=1.0)
    for _ in range(150):
        optimiser.zero_grad()
        value = loss(faces, torch.arange(6))
        value.backward()
        optimiser.step()
    assert lower_bound(6, 4.0) - 1e-9 <= value.item() < lower_bound(6, 4.0) + 0.05


@given(st.integers(2, 10**6), st.floats(0.51, 0.9999))
def test_suggested_scale_gives_the_probability_at_the_bound(n, p) -> None:
    assert math.exp(-lower_bound(n, suggest_scale(n, p))) == pytest.approx(p, rel=1e-6)


@pytest.mark.parametrize("p", [0.0, 0.1, 1.0, 2.0])
def test_impossible_probability_is_refused(p) -> None:
    with pytest.raises(ValueError, match="guessing"):
        suggest_scale(10, p)


def test_learnable_scale_is_a_parameter_that_moves() -> None:
    loss = LOSSES["normface"](4, 3, s="learnable")
    assert dict(loss.named_parameters()).keys() == {"weight", "s"}
    assert loss.s.item() == pytest.approx(suggest_scale(4, 0.99), rel=1e-6)
    loss(torch.randn(5, 3), torch.tensor([0, 1, 2, 3, 0])).backward()
    assert loss.s.grad != 0


@pytest.mark.parametrize("length", [0.0, 1e-6, 1e-3])
def test_embeddings_near_nothing_have_gradients_that_fp16_can_hold(length) -> None:
    loss = LOSSES["normface"](4, 3, s=64.0)
    embeddings = (length * torch.randn(1, 3)).half().requires_grad_()
    loss(embeddings, torch.tensor([0])).backward()
    assert embeddings.grad.dtype == torch.float16
    assert torch.isfinite(embeddings.grad).all()


def test_epsilon_stands_inside_the_root() -> None:
    rows = torch.tensor([[3e-3, 4e-3], [3.0, 4.0]])
    wanted = rows / (rows.square().sum(1, keepdim=True) + 1e-6).sqrt()
    torch.testing.assert_close(unit(rows), wanted)
    torch.testing.assert_close(unit(rows.double()), functional.normalize(rows.double()))
