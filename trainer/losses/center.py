"""Center loss: Wen, Zhang, Li and Qiao, ECCV 2016, https://doi.org/10.1007/978-3-319-46478-7_31.

L = L_S + λ · mean_i ½ ‖x_i − c_{y_i}‖², with any classification loss for L_S. The paper sums both terms over the batch;
both are means here, so λ means the same. The centres are not learnt by the optimiser; the paper moves them itself:

    Δc_j = Σ_{i: y_i = j} (c_j − x_i) / (1 + n_j),    c_j ← c_j − α Δc_j

with n_j faces of person j in the batch, whatever λ is. Embeddings are taken as they are, not normalised.
"""

import math
from collections.abc import Mapping

import torch
from torch import Tensor, nn

from engine.words import sentence
from trainer.losses.across import sum_across_processes
from trainer.losses.agents import check_batch, full_precision, no_autocast
from trainer.losses.classification import CLASSIFICATION


def center_loss(centres: Tensor, embeddings: Tensor, labels: Tensor) -> Tensor:
    """Return mean ½ ‖x − c_y‖² () of centres (n, dim), embeddings (B, dim) and labels (B,) int64."""
    return (embeddings - centres[labels]).square().sum(1).mean() / 2


def centre_shift(centres: Tensor, embeddings: Tensor, labels: Tensor) -> Tensor:
    """Return Δc (n, dim) over the faces of all processes; rows of people without a face are 0."""
    sums = sum_across_processes(torch.zeros_like(centres).index_add_(0, labels, embeddings.to(centres.dtype)))
    counts = sum_across_processes(torch.bincount(labels, minlength=len(centres)).to(centres.dtype))[:, None]
    return (counts * centres - sums) / (1 + counts)


class Center(nn.Module):
    """Centre loss joined with the classification loss `join`, which gets `join_options`.

    `lambda_` ≥ 0 weighs the centre term, 0 < `alpha` ≤ 1 is the centres' own step. `centres` (n_classes, dim) is a
    buffer: each call in training mode moves it once, by the faces of all processes together, so every process keeps the
    same.
    """

    centres: Tensor

    def __init__(
        self,
        n_classes: int,
        dim: int,
        *,
        lambda_: float = 0.003,
        alpha: float = 0.5,
        join: str = "softmax",
        join_options: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__()
        if not (math.isfinite(lambda_) and lambda_ >= 0):
            raise ValueError(sentence("lambda_ must be a finite number of at least 0, not {lambda_}.", lambda_=lambda_))
        if not 0 < alpha <= 1:
            raise ValueError(sentence("alpha must lie in (0, 1], not be {alpha}.", alpha=alpha))
        if join not in CLASSIFICATION:
            raise ValueError(
                sentence(
                    "Center loss joins a classification loss ({classification}), not '{join}'.",
                    classification=", ".join(CLASSIFICATION),
                    join=join,
                )
            )
        self.lambda_, self.alpha = lambda_, alpha
        self.classification = CLASSIFICATION[join](n_classes, dim, **(join_options or {}))
        self.register_buffer("centres", torch.zeros(n_classes, dim))

    def forward(self, embeddings: Tensor, labels: Tensor) -> Tensor:
        """Return the joined loss () of embeddings (B, dim) with labels (B,) int64."""
        check_batch(embeddings, labels)
        loss: Tensor = self.classification(embeddings, labels)
        with no_autocast(embeddings):
            faces = full_precision(embeddings)
            loss = loss + self.lambda_ * center_loss(self.centres, faces, labels)
        if self.training:
            self.move_centres(faces.detach(), labels)
        return loss

    @torch.no_grad()
    def move_centres(self, embeddings: Tensor, labels: Tensor) -> None:
        """Take the paper's step: c ← c − α Δc, from embeddings (B, dim) and labels (B,)."""
        self.centres -= self.alpha * centre_shift(self.centres, embeddings, labels)
