"""The engine's MV-AM in numpy is the trainer's in torch: loss and gradients."""

import numpy as np
import torch

from engine.learning.adamw import AdamW
from engine.learning.mv_am import Recipe, margin_gradients, unit
from trainer.losses import LOSSES


def test_loss_and_gradients_are_those_of_the_trainer() -> None:
    rng = np.random.default_rng(0)
    vectors = unit(rng.normal(size=(40, 16)).astype(np.float32))
    agents, people = rng.normal(size=(7, 16)).astype(np.float32), rng.integers(0, 7, 40)
    recipe = Recipe()
    loss, by_vectors, by_agents = margin_gradients(vectors, people, agents, recipe)
    head = LOSSES["mv_am"](7, 16, s=recipe.s, m=recipe.m, t=recipe.t)
    head.weight.data = torch.from_numpy(agents)
    given = torch.from_numpy(vectors).requires_grad_()
    expected = head(given, torch.from_numpy(people))
    expected.backward()
    assert abs(loss - expected.item()) < 1e-5
    assert np.allclose(by_agents, head.weight.grad.numpy(), atol=1e-5)
    # torch's also goes through the length of the vectors, which is 1 here: the part along them is taken off.
    along = (by_vectors * vectors).sum(axis=1, keepdims=True) * vectors
    assert np.allclose(by_vectors - along, given.grad.numpy(), atol=1e-5)


def test_adamw_is_torchs() -> None:
    rng = np.random.default_rng(1)
    start, gradients = rng.normal(size=5).astype(np.float32), rng.normal(size=(4, 5)).astype(np.float32)
    ours, theirs = start.copy(), torch.nn.Parameter(torch.from_numpy(start.copy()))
    descent, expected = AdamW((ours,), 0.01, 0.1), torch.optim.AdamW([theirs], lr=0.01, weight_decay=0.1)
    for gradient in gradients:
        descent.step((gradient,))
        theirs.grad = torch.from_numpy(gradient)
        expected.step()
    assert np.allclose(ours, theirs.detach().numpy(), atol=1e-6)
