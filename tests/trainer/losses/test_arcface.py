import torch

from trainer.losses import LOSSES


def test_golden(assert_golden) -> None:
    assert_golden(LOSSES["arcface"](4, 3, s=64.0, m=0.5), "arc_s64_m05")
    assert_golden(LOSSES["arcface"](4, 3, s=64.0, m=0.5, beyond_pi="linear"), "arc_fallback_s64_m05")
    assert_golden(LOSSES["arcface"](4, 3, s=64.0, m=0.5, easy_margin=True), "arc_easy_s64_m05")


def test_detached_gradient_keeps_the_value_and_passes_a_slope_of_one() -> None:
    exact = LOSSES["arcface"](4, 3, s=8.0)
    detached = LOSSES["arcface"](4, 3, s=8.0, gradient="detached")
    cosines = torch.tensor([[0.6, 0.3, -0.2, 0.1]], dtype=torch.float64, requires_grad=True)
    labels = torch.tensor([0])
    value = detached.from_cosines(cosines, labels)
    torch.testing.assert_close(value, exact.from_cosines(cosines, labels))
    value.backward()
    wrong = 1 - (-value).exp()
    assert torch.isclose(cosines.grad[0, 0], -8 * wrong)
