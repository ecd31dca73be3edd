"""The plain softmax loss: cross-entropy over a linear layer with bias.

L = −log(exp(W_y·x + b_y) / Σ_k exp(W_k·x + b_k)), mean over the batch. Every later loss here starts from it; written
so in Wen et al., "A Discriminative Feature Learning Approach for Deep Face Recognition" (ECCV 2016), equation 1.
"""

import math

import torch
from torch import Tensor, nn
from torch.nn import functional

from engine.words import sentence
from trainer.losses.agents import check_batch, full_precision, no_autocast


class Softmax(nn.Module):
    """No normalisation and no margin. `weight` (n_classes, dim), `bias` (n_classes,)."""

    def __init__(self, n_classes: int, dim: int) -> None:
        super().__init__()
        if n_classes < 2:
            raise ValueError(
                sentence("A classification loss needs at least two people, not {n_classes}.", n_classes=n_classes)
            )
        self.weight = nn.Parameter(torch.empty(n_classes, dim).uniform_(-1, 1) / math.sqrt(dim))
        self.bias = nn.Parameter(torch.zeros(n_classes))

    def forward(self, embeddings: Tensor, labels: Tensor) -> Tensor:
        """Return the loss () of embeddings (B, dim) with labels (B,) int64."""
        check_batch(embeddings, labels)
        with no_autocast(embeddings):
            faces = full_precision(embeddings)
            return functional.cross_entropy(functional.linear(faces, self.weight, self.bias), labels)
