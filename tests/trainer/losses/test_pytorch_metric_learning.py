"""The same losses in pytorch-metric-learning 2.9, value and gradient, in float64."""

import math

import pytest
import torch

from trainer.losses import LOSSES

theirs = pytest.importorskip("pytorch_metric_learning", reason="pytorch-metric-learning is an extra for development")
N, DIM, B = 5, 4, 12


def assert_same(ours: torch.nn.Module, other: torch.nn.Module) -> None:
    generator = torch.Generator().manual_seed(5)
    weight = torch.randn(N, DIM, generator=generator, dtype=torch.float64)
    embeddings = torch.randn(B, DIM, generator=generator, dtype=torch.float64)
    labels = torch.randint(0, N, (B,), generator=generator)
    with torch.no_grad():
        ours.weight.copy_(weight)
        other.W.copy_(weight.T)
    gradients = []
    for loss in (ours, other):
        faces = embeddings.clone().requires_grad_()
        value = loss(faces, labels)
        value.backward()
        gradients.append((value.detach(), faces.grad))
    torch.testing.assert_close(gradients[0], gradients[1], rtol=1e-9, atol=1e-9)


@pytest.mark.filterwarnings("ignore:__array_wrap__ must accept:DeprecationWarning")  # theirs, with numpy 2
def test_classification_losses() -> None:
    from pytorch_metric_learning import losses

    cosface = losses.CosFaceLoss(N, DIM, margin=0.35, scale=32).double()
    arcface = losses.ArcFaceLoss(N, DIM, margin=math.degrees(0.5), scale=64).double()
    normalised = losses.NormalizedSoftmaxLoss(N, DIM, temperature=1 / 32).double()
    sphereface = losses.SphereFaceLoss(N, DIM, margin=4, scale=1).double()
    assert_same(LOSSES["am_softmax"](N, DIM, s=32.0, m=0.35).double(), cosface)
    assert_same(LOSSES["arcface"](N, DIM, s=64.0, m=0.5, beyond_pi="linear").double(), arcface)
    assert_same(LOSSES["normface"](N, DIM, s=32.0).double(), normalised)
    assert_same(LOSSES["sphereface"](N, DIM, m=4, annealing=0.0).double(), sphereface)


@pytest.mark.parametrize(("mining", "kind"), [("all", "all"), ("semihard", "semihard"), ("hard", "hard")])
def test_triplet(mining, kind) -> None:
    from pytorch_metric_learning import distances, losses, miners

    squared = distances.LpDistance(power=2)
    miner = miners.TripletMarginMiner(margin=0.2, type_of_triplets=kind, distance=squared)
    other = losses.TripletMarginLoss(margin=0.2, distance=squared)
    embeddings = torch.randn(B, DIM, dtype=torch.float64)
    labels = torch.randint(0, 3, (B,))
    wanted = other(embeddings, labels, miner(embeddings, labels))
    value = LOSSES["triplet"](margin=0.2, mining=mining)(embeddings, labels)
    torch.testing.assert_close(value, wanted, rtol=1e-9, atol=1e-9)
