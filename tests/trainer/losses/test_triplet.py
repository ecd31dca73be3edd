import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from trainer.losses import LOSSES


@pytest.mark.parametrize(("mining", "name"), [("all", "all_violating"), ("semihard", "semihard"), ("hard", "hard")])
def test_golden(golden, mining, name) -> None:
    wanted = golden["triplet"]
    embeddings = torch.tensor(wanted["emb_unit"], dtype=torch.float64)
    value = LOSSES["triplet"](margin=wanted["margin"], mining=mining)(embeddings, torch.tensor(wanted["labels"]))
    assert value.item() == pytest.approx(wanted[name]["mean_loss"], abs=1e-9)


def test_batch_hard_by_hand() -> None:
    embeddings = torch.tensor([[1.0, 0.0], [0.6, 0.8], [0.8, 0.6], [0.0, 1.0]], dtype=torch.float64)
    labels = torch.tensor([0, 0, 1, 1])
    squared = (embeddings[:, None] - embeddings[None]).square().sum(-1)
    hinges = [
        squared[0, 1] - squared[0, 2] + 0.2,
        squared[1, 0] - squared[1, 2] + 0.2,
        squared[2, 3] - squared[2, 1] + 0.2,
        squared[3, 2] - squared[3, 1] + 0.2,
    ]
    wanted = sum(max(0.0, hinge.item()) for hinge in hinges) / 4
    assert LOSSES["triplet"](mining="batch_hard")(embeddings, labels).item() == pytest.approx(wanted, abs=1e-12)


@given(
    mining=st.sampled_from(["semihard", "hard", "all", "batch_hard"]), labels=st.sampled_from([[0], [0, 0], [0, 1, 2]])
)
def test_a_batch_without_triplets_gives_zero_with_a_graph(mining, labels) -> None:
    embeddings = torch.randn(len(labels), 3, requires_grad=True)
    value = LOSSES["triplet"](mining=mining)(embeddings, torch.tensor(labels))
    value.backward()
    assert value == 0
    assert torch.equal(embeddings.grad, torch.zeros(len(labels), 3))


@pytest.mark.parametrize("mining", ["semihard", "hard", "all", "batch_hard"])
def test_collapsed_embeddings_have_a_finite_gradient(mining) -> None:
    embeddings = torch.ones(6, 3, requires_grad=True)
    value = LOSSES["triplet"](mining=mining)(embeddings, torch.tensor([0, 0, 1, 1, 2, 2]))
    value.backward()
    assert torch.isfinite(embeddings.grad).all()
    assert value.item() == pytest.approx(0.0 if mining == "semihard" else 0.2, abs=1e-6)
