import math

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from trainer.losses.margins import BeyondPi, EasyMargin, angular_margin, cosine_margin, sine


@given(st.floats(0.001, math.pi - 0.001), st.floats(0, math.pi))
def test_angular_margin_turns_the_angle(angle, m) -> None:
    f = angular_margin(m)(torch.tensor(math.cos(angle), dtype=torch.float64))
    assert f.item() == pytest.approx(math.cos(angle + m), abs=1e-9)


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_sine_is_finite_at_one_and_just_beyond(dtype) -> None:
    edge = torch.tensor([1.0, -1.0, 1.0 + 1e-6, -1.0 - 1e-6], dtype=dtype, requires_grad=True)
    sine(edge).sum().backward()
    assert torch.equal(sine(edge), torch.zeros_like(edge))
    assert torch.equal(edge.grad, torch.zeros_like(edge))


@given(st.lists(st.floats(-1, 1), min_size=2, max_size=2), st.floats(0, 1))
def test_linear_continuation_never_rises_with_the_angle(pair, m) -> None:
    low, high = sorted(pair)
    f = angular_margin(m, beyond_pi=BeyondPi.LINEAR)(torch.tensor([low, high], dtype=torch.float64))
    assert f[0] <= f[1] + 1e-12


def test_easy_margin_spares_by_the_cosine() -> None:
    target = torch.tensor([-0.2, 0.2, 0.5])
    assert cosine_margin(0.3)(target).tolist() == pytest.approx([-0.5, -0.1, 0.2])
    assert cosine_margin(0.3, EasyMargin.POSITIVE)(target).tolist() == pytest.approx([-0.2, -0.1, 0.2])
    assert cosine_margin(0.3, EasyMargin.ABOVE_MARGIN)(target).tolist() == pytest.approx([-0.2, 0.2, 0.2])
