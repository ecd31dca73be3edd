"""What holds for each of them: finite at cos = ±1, exact gradients, float32 under autocast, sentences for bad input."""

import inspect

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor, nn

from trainer.losses import CLASSIFICATION, LOSSES, PAIRWISE
from trainer.losses.agents import AgentLoss
from trainer.losses.length_margins import LengthMargin

N, DIM = 4, 3
VARIANTS = [
    *((name, {}) for name in LOSSES),
    ("normface", {"s": "learnable"}),
    ("c_triplet", {"hardest_only": True}),
    ("sphereface", {"annealing": 0.0, "m": 3}),
    ("sphereface", {"annealing": {"lowest": 2.0}, "s": 30.0}),
    ("am_softmax", {"easy_margin": True}),
    ("am_softmax", {"easy_margin": "above_margin"}),
    ("arcface", {"gradient": "detached"}),
    ("arcface", {"beyond_pi": "linear"}),
    ("arcface", {"easy_margin": True}),
    ("focal", {"margin": "am", "gamma": 0.5}),
    ("focal", {"margin": "arc"}),
    ("ohem", {"margin": "am", "keep": 0.5}),
    ("ohem", {"margin": "arc"}),
    ("sv_arc", {"easy_margin": True}),
    ("mv_am", {"weighting": "fixed", "easy_margin": True}),
    ("mv_arc", {"weighting": "fixed"}),
    ("mv_arc", {"easy_margin": True}),
    ("center", {"join": "arcface", "join_options": {"s": 16.0}, "lambda_": 1.0}),
    ("magface", {"easy_margin": True, "l_a": 0.5, "u_a": 3.0}),
    ("adaface", {"m": 0.2, "h": 1.0}),
    ("semi_siamese", {"margin": None}),
    ("semi_siamese", {"margin": "arc", "queue": 0}),
    ("triplet", {"mining": "all"}),
    ("triplet", {"mining": "hard"}),
    ("triplet", {"mining": "batch_hard"}),
    ("triplet", {"mining": "hardest"}),
    ("triplet", {"mining": "hardest_semihard"}),
]
IDS = [f"{name}-{'-'.join(map(str, options.values()))}".rstrip("-") for name, options in VARIANTS]
every_variant = pytest.mark.parametrize(("name", "options"), VARIANTS, ids=IDS)


def build(name: str, options: dict[str, object]) -> nn.Module:
    return LOSSES[name](**options) if name in PAIRWISE else LOSSES[name](N, DIM, **options)


def batch() -> tuple[Tensor, Tensor]:
    return torch.randn(7, DIM, dtype=torch.float64, requires_grad=True), torch.tensor([0, 1, 1, 2, 3, 0, 1])


@every_variant
def test_forward_is_a_finite_scalar_that_reaches_embeddings_and_weights(name, options) -> None:
    loss = build(name, options)
    embeddings = torch.randn(7, DIM, requires_grad=True)
    value = loss(embeddings, batch()[1])
    value.backward()
    assert value.shape == ()
    assert value.dtype == torch.float32
    assert torch.isfinite(value)
    assert embeddings.grad is not None
    assert embeddings.grad.abs().sum() > 0
    assert all(torch.isfinite(parameter.grad).all() for parameter in loss.parameters())


@every_variant
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_embeddings_on_and_against_their_agent_give_finite_loss_and_gradient(name, options, dtype) -> None:
    loss = build(name, options).to(dtype)
    corners = torch.eye(3)[[0, 0, 1, 1, 2, 2]] * torch.tensor([1.0, -1.0, 1.0, -1.0, 1.0, 1.0])[:, None]
    embeddings = corners.to(dtype).requires_grad_()
    labels = torch.tensor([0, 0, 1, 1, 2, 3])
    agents = loss.classification if name == "center" else loss
    if name not in (*PAIRWISE, "semi_siamese"):
        with torch.no_grad():
            agents.weight.copy_(torch.cat([torch.eye(3), -torch.eye(3)[:1]]))
    value = loss(embeddings, labels)
    value.backward()
    assert torch.isfinite(value)
    assert torch.isfinite(embeddings.grad).all()
    assert all(torch.isfinite(parameter.grad).all() for parameter in loss.parameters())


@pytest.mark.parametrize(("name", "options"), [pair for pair in VARIANTS if issubclass(LOSSES[pair[0]], AgentLoss)])
@pytest.mark.parametrize("corner", [1.0, -1.0])
def test_given_cosines_of_exactly_one_are_finite(name, options, corner) -> None:
    loss = build(name, options)
    cosines = torch.full((2, N), -corner).scatter(1, torch.tensor([[0], [1]]), corner).requires_grad_()
    labels = torch.tensor([0, 1])
    more = {"scale": 10.0} if name == "sphereface" else {}
    more |= {"lengths": torch.tensor([1.0, 12.0])} if isinstance(loss, LengthMargin) else {}
    value = loss.from_cosines(cosines, labels, **more)
    value.backward()
    assert torch.isfinite(value)
    assert torch.isfinite(cosines.grad).all()


@every_variant
def test_gradient_is_the_derivative(name, options) -> None:
    if options.get("gradient") == "detached":
        pytest.skip("the detached gradient is not the derivative by intent; test_arcface.py tells what it is")
    loss = build(name, options).double().eval()
    embeddings, labels = batch()
    # What passes no gradient by the paper's intent is held still: AdaFace's lengths, the gallery's embeddings.
    lengths = embeddings.detach().norm(dim=1, keepdim=True)
    held = (lambda x: x / x.norm(dim=1, keepdim=True) * lengths) if name == "adaface" else (lambda x: x)
    gallery = (torch.randn(7, DIM, dtype=torch.float64),) if name == "semi_siamese" else ()
    assert torch.autograd.gradcheck(lambda x: loss(held(x), labels, *gallery), (embeddings,))


@every_variant
def test_bfloat16_embeddings_under_autocast_are_computed_in_float32(name, options) -> None:
    loss = build(name, options).eval()
    embeddings, labels = batch()
    low = embeddings.detach().bfloat16()
    wanted = loss(low.float(), labels)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        value = loss(low, labels)
    assert value.dtype == torch.float32
    assert torch.equal(value, wanted)


@pytest.mark.parametrize("name", LOSSES)
def test_unknown_option_is_refused(name) -> None:
    with pytest.raises(TypeError):
        build(name, {"no_such_option": 1})


@pytest.mark.parametrize(
    ("name", "options", "word"),
    [
        ("l2_softmax", {"s": 0.0}, "radius"),
        ("normface", {"s": -1.0}, "scale"),
        ("normface", {"s": "learnt"}, "learnable"),
        ("c_contrastive", {"margin": -1.0}, "margin"),
        ("c_triplet", {"margin": float("nan")}, "margin"),
        ("sphereface", {"m": 1.5}, "whole number"),
        ("sphereface", {"annealing": -1.0}, "annealing"),
        ("sphereface", {"annealing": True}, "annealing"),
        ("sphereface", {"annealing": {"start": 1.0}}, "annealing has no 'start'"),
        ("sphereface", {"annealing": {"base": "high"}}, "must hold numbers"),
        ("am_softmax", {"easy_margin": "sometimes"}, "easy_margin"),
        ("am_softmax", {"s": float("inf")}, "scale"),
        ("arcface", {"m": 4.0}, "at most pi"),
        ("arcface", {"gradient": "none"}, "gradient"),
        ("arcface", {"easy_margin": "above_margin"}, "cosine margin only"),
        ("arcface", {"easy_margin": True, "beyond_pi": "linear"}, "one of the two"),
        ("focal", {"gamma": -0.1}, "gamma"),
        ("focal", {"m": 0.3}, "needs a margin"),
        ("ohem", {"keep": 0.0}, "keep"),
        ("ohem", {"margin": "cos"}, "margin"),
        ("sv_softmax", {"t": 0.9}, "at least 1"),
        ("mv_am", {"t": -0.1}, "at least 0"),
        ("mv_arc", {"weighting": "both"}, "weighting"),
        ("curricularface", {"m": -0.1}, "margin"),
        ("magface", {"l_a": 5.0, "u_a": 2.0}, "rise from l_a"),
        ("magface", {"l_m": 0.9}, "rise from l_m"),
        ("magface", {"lambda_g": -1.0}, "lambda_g"),
        ("magface", {"easy_margin": "above_margin"}, "cosine margin only"),
        ("adaface", {"h": 0.0}, "h must be"),
        ("adaface", {"m": -0.1}, "margin"),
        ("semi_siamese", {"queue": -1}, "queue"),
        ("semi_siamese", {"queue": True}, "queue"),
        ("semi_siamese", {"momentum": 1.0}, "momentum"),
        ("semi_siamese", {"margin": "cos"}, "margin"),
        ("center", {"lambda_": -1.0}, "lambda_"),
        ("center", {"alpha": 1.5}, "alpha"),
        ("center", {"join": "triplet"}, "joins a classification loss"),
        ("contrastive", {"margin": 3.0}, "never be met"),
        ("triplet", {"mining": "easy"}, "mining"),
        ("triplet", {"margin": 0.0}, "margin"),
    ],
)
def test_bad_value_is_refused_with_a_sentence(name, options, word) -> None:
    with pytest.raises(ValueError, match=word) as caught:
        build(name, options)
    assert str(caught.value).endswith(".")


@pytest.mark.parametrize("name", CLASSIFICATION)
def test_one_person_is_refused(name) -> None:
    with pytest.raises(ValueError, match="two people"):
        CLASSIFICATION[name](1, DIM)


@pytest.mark.parametrize("name", LOSSES)
def test_wrong_shapes_are_refused(name) -> None:
    loss = build(name, {})
    with pytest.raises(ValueError, match="Labels"):
        loss(torch.randn(3, DIM), torch.tensor([0, 1]))
    with pytest.raises(ValueError, match="int64"):
        loss(torch.randn(2, DIM), torch.tensor([0, 1], dtype=torch.int32))
    with pytest.raises(ValueError, match="Embeddings"):
        loss(torch.randn(2, DIM, 1), torch.tensor([0, 1]))
    with pytest.raises(ValueError, match="empty"):
        loss(torch.randn(0, DIM), torch.zeros(0, dtype=torch.int64))


def test_options_are_the_contract() -> None:
    wanted = {
        "softmax": set(),
        "l2_softmax": {"s"},
        "normface": {"s"},
        "c_contrastive": {"margin"},
        "c_triplet": {"margin", "hardest_only"},
        "sphereface": {"m", "annealing"},
        "am_softmax": {"s", "m", "easy_margin"},
        "arcface": {"s", "m", "easy_margin", "gradient"},
        "focal": {"gamma", "margin"},
        "ohem": {"keep", "margin"},
        "sv_softmax": {"s", "t"},
        "sv_am": {"s", "m", "t"},
        "sv_arc": {"s", "m", "t"},
        "mv_am": {"s", "m", "t", "weighting", "easy_margin"},
        "mv_arc": {"s", "m", "t", "weighting", "easy_margin"},
        "curricularface": {"s", "m"},
        "magface": {"s", "l_a", "u_a", "l_m", "u_m", "lambda_g", "easy_margin"},
        "adaface": {"s", "m", "h"},
        "semi_siamese": {"s", "margin", "m", "queue", "momentum"},
        "center": {"lambda_", "alpha"},
        "contrastive": {"margin"},
        "triplet": {"margin", "mining"},
    }
    assert wanted.keys() == LOSSES.keys()
    for name, options in wanted.items():
        assert options <= set(inspect.signature(LOSSES[name]).parameters), name


def is_of_cosines(kind: type[nn.Module]) -> bool:
    return issubclass(kind, AgentLoss) and not issubclass(kind, LengthMargin)


@settings(max_examples=40)
@given(
    name=st.sampled_from([name for name, kind in CLASSIFICATION.items() if is_of_cosines(kind)]),
    scale=st.floats(0.01, 100),
    seed=st.integers(0, 1000),
)
def test_length_of_an_embedding_does_not_count_where_cosines_do(name, scale, seed) -> None:
    generator = torch.Generator().manual_seed(seed)
    loss = CLASSIFICATION[name](N, DIM, **({"s": 16.0} if name == "sphereface" else {})).double().eval()
    embeddings = torch.randn(5, DIM, generator=generator, dtype=torch.float64)
    labels = torch.randint(0, N, (5,), generator=generator)
    torch.testing.assert_close(loss(embeddings * scale, labels), loss(embeddings, labels), rtol=1e-9, atol=1e-9)
