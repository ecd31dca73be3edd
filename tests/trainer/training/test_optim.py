import pytest
import torch
from torch import nn

from trainer.choices import OptimiserName, Precision
from trainer.optim import Shards, autocast, descend, make_optimiser, make_scaler, set_rate
from trainer.sections import OptimiserConfig

CPU = torch.device("cpu")


def test_norms_biases_and_slopes_are_not_decayed() -> None:
    network = nn.Sequential(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4), nn.PReLU(4))
    optimiser = make_optimiser([network], OptimiserConfig(weight_decay=0.1))
    decays = {id(each): group["weight_decay"] for group in optimiser.param_groups for each in group["params"]}
    assert decays[id(network[0].weight)] == 0.1
    assert {decays[id(each)] for each in (network[0].bias, network[1].weight, network[2].weight)} == {0.0}


@pytest.mark.parametrize("name", list(OptimiserName))
def test_every_optimiser_descends(name: OptimiserName) -> None:
    torch.manual_seed(0)
    layer = nn.Linear(4, 1)
    optimiser = make_optimiser([layer], OptimiserConfig(name=name, learning_rate=0.1, weight_decay=0.0))
    goal, inputs = torch.ones(8, 1), torch.randn(8, 4)
    losses = []
    for _ in range(30):
        optimiser.zero_grad(set_to_none=True)
        loss = (layer(inputs) - goal).square().mean()
        descend(loss, optimiser, make_scaler(CPU, Precision.FLOAT32), 0.0, Shards())
        losses.append(loss.item())
    assert losses[-1] < 0.5 * losses[0]


def test_norm_is_clipped_after_unscaling() -> None:
    weight = nn.Parameter(torch.tensor([[3.0, 4.0]]))
    layer = nn.Linear(2, 1, bias=False)
    layer.weight = weight
    optimiser = make_optimiser([layer], OptimiserConfig(momentum=0.0, weight_decay=0.0))
    set_rate(optimiser, 1.0)
    # The scaler multiplies by 65536; clipping before unscaling would leave next to nothing of the step.
    norm = descend(
        (weight * torch.tensor([[6.0, 8.0]])).sum(), optimiser, make_scaler(CPU, Precision.FP16), 5.0, Shards()
    )
    assert norm == pytest.approx(10.0)
    torch.testing.assert_close(weight.detach(), torch.tensor([[0.0, 0.0]]), atol=1e-5, rtol=0)


def test_fp16_leaves_out_a_step_that_overflowed() -> None:
    weight = nn.Parameter(torch.ones(1, 1))
    layer = nn.Linear(1, 1, bias=False)
    layer.weight = weight
    optimiser = make_optimiser([layer], OptimiserConfig())
    scaler = make_scaler(CPU, Precision.FP16)
    norm = descend((weight * float("inf")).sum(), optimiser, scaler, 5.0, Shards())
    assert not norm < float("inf")
    assert weight.item() == 1.0
    assert scaler.get_scale() == 32768.0


def test_autocast_is_on_for_half_precision_alone() -> None:
    layer = nn.Linear(2, 2)
    for precision, kind in ((Precision.FLOAT32, torch.float32), (Precision.BF16, torch.bfloat16)):
        with autocast(CPU, precision):
            assert layer(torch.ones(1, 2)).dtype is kind
