"""What the classification losses share: one agent (a learnt direction) per person, and cosines in full precision."""

from abc import ABC, abstractmethod

import torch
from torch import Tensor, nn
from torch.nn import functional

from trainer.losses.margins import check_positive


def check_batch(embeddings: Tensor, labels: Tensor) -> None:
    """Raise ValueError unless embeddings are (B, dim) floats and labels (B,) int64, with B ≥ 1."""
    if embeddings.ndim != 2 or not embeddings.is_floating_point():
        raise ValueError(f"Embeddings must be (batch, dim) floats, not {tuple(embeddings.shape)} {embeddings.dtype}.")
    if len(embeddings) == 0:
        raise ValueError("A loss needs at least one face: the batch is empty.")
    if labels.shape != embeddings.shape[:1] or labels.dtype != torch.int64:
        raise ValueError(f"Labels must be ({len(embeddings)},) int64, not {tuple(labels.shape)} {labels.dtype}, here.")


def full_precision(embeddings: Tensor) -> Tensor:
    """Return float32 for bfloat16 and float16, float64 and float32 unchanged."""
    return embeddings.float() if embeddings.dtype in (torch.bfloat16, torch.float16) else embeddings


def unit(rows: Tensor) -> Tensor:
    """Return rows (n, dim) at unit length: x / √(‖x‖² + ε), the root as NormFace writes it.

    With a floor under the length instead, rows near 0 have gradients of up to 1/floor, which fp16 cannot hold. 1e-6
    keeps them at 1,000 times the loss's; at length 1 it is at the edge of what float32 shows.
    """
    epsilon = 1e-15 if rows.dtype is torch.float64 else 1e-6
    return rows * torch.rsqrt(rows.square().sum(1, keepdim=True) + epsilon)


def no_autocast(embeddings: Tensor) -> torch.autocast:
    """Return a context in which nothing is cast down: margins and softmax need float32 under mixed precision."""
    return torch.autocast(device_type=embeddings.device.type, enabled=False)


class AgentLoss(nn.Module, ABC):
    """A loss that sees a face only through its cosines to the people's agents.

    `weight` is (n_classes, dim); its rows are normalised at use, so only their direction counts.
    """

    def __init__(self, n_classes: int, dim: int) -> None:
        super().__init__()
        if n_classes < 2:
            raise ValueError(f"A classification loss needs at least two people, not {n_classes}.")
        if dim < 1:
            raise ValueError(f"The embedding needs at least one dimension, not {dim}.")
        self.weight = nn.Parameter(functional.normalize(torch.randn(n_classes, dim)))

    def cosines(self, embeddings: Tensor) -> Tensor:
        """Return the cosine of every face (B, dim) to every agent: (B, n_classes), at least float32."""
        with no_autocast(embeddings):
            faces = unit(full_precision(embeddings))
            agents = unit(full_precision(self.weight))
            return functional.linear(faces, agents.to(faces.dtype))

    def forward(self, embeddings: Tensor, labels: Tensor) -> Tensor:
        """Return the loss () of embeddings (B, dim) with labels (B,) int64 in 0..n_classes − 1."""
        check_batch(embeddings, labels)
        with no_autocast(embeddings):
            return self.from_cosines(self.cosines(embeddings), labels)

    @abstractmethod
    def from_cosines(self, cosines: Tensor, labels: Tensor) -> Tensor:
        """Return the loss () of given cosines (B, n_classes) and labels (B,) int64."""


class CosineSoftmax(AgentLoss):
    """Softmax over scaled cosines of which a margin or a mask has changed some; children say which, in `margined`.

    `s` is the scale (a number, or a parameter where it is learnt; None where it comes with each face). The steps stand
    apart so that a head whose agents are spread over several machines can run them on its own columns: `margined` needs
    the cosine of the own agent of each face, wherever that agent lives, and `reduce` the cross-entropies.
    """

    s: float | Tensor | None

    def __init__(self, n_classes: int, dim: int, s: float | None) -> None:
        super().__init__(n_classes, dim)
        if s is not None:
            check_positive(s, "The scale s")
        self.s = s

    def margined(self, cosines: Tensor, target: Tensor, own: Tensor) -> Tensor:
        """Return what replaces the cosines (B, C), before the scale.

        `target` (B,) is the cosine of each face to its own agent; `own` (B, C) bool marks the own agent's column (a row
        without one has its own agent elsewhere).
        """
        del target, own
        return cosines

    def reduce(self, losses: Tensor) -> Tensor:
        """Return the loss () of the batch from the cross-entropy of each face (B,): their mean."""
        return losses.mean()

    def from_cosines(self, cosines: Tensor, labels: Tensor, scale: Tensor | float | None = None) -> Tensor:
        """Return the loss () of cosines (B, n_classes) and labels (B,); `scale` (B, 1) or () stands in for `s`."""
        scale = self.s if scale is None else scale
        if scale is None:
            raise ValueError(
                "This loss scales by the length of each embedding: give `scale` with the cosines, or an s."
            )
        target = cosines.gather(1, labels[:, None])[:, 0]
        own = own_columns(labels, cosines.shape[1])
        logits = self.margined(cosines, target, own) * scale
        return self.reduce(functional.cross_entropy(logits, labels, reduction="none"))


def own_columns(labels: Tensor, n_classes: int) -> Tensor:
    """Return (B, n_classes) bool: the column of each face's own agent, without one_hot's eight bytes for each."""
    return labels[:, None] == torch.arange(n_classes, device=labels.device)


def replace_own(cosines: Tensor, own: Tensor, f: Tensor) -> Tensor:
    """Return cosines (B, C) with the own column of each row replaced by f (B,)."""
    return torch.where(own, f[:, None], cosines)
