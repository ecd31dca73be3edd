"""What keeps a network near where it began: a term of the loss, norms that stand still, weights in between."""

import copy
from typing import Self

import torch
from torch import Tensor, nn
from torch.nn import functional

from trainer.backbones import Backbone
from trainer.choices import Precision
from trainer.fine_tuning.layers import average_with
from trainer.optim import autocast

NORMS = nn.BatchNorm1d | nn.BatchNorm2d | nn.SyncBatchNorm


def away(placed: Tensor, start: Tensor) -> Tensor:
    """Return how far unit embeddings (n, d) went from those at the start: (n,), 1 − cosine."""
    return 1 - (placed * start).sum(1)


class HeldToStart(nn.Module):
    """The mean of `away`, times a weight: distillation from the network at the start, which sees the same pixels."""

    def __init__(self, start: nn.Module, weight: float, precision: Precision) -> None:
        super().__init__()
        self.start = copy.deepcopy(start).requires_grad_(requires_grad=False).eval()
        self.weight, self.precision = weight, precision

    def train(self, mode: bool = True) -> Self:  # noqa: FBT001, FBT002  torch's own signature
        """Stay in evaluation mode: the start is a fixed target."""
        del mode
        return super().train(mode=False)

    def forward(self, embeddings: Tensor, pixels: Tensor) -> Tensor:
        """Return the term () of embeddings (B, dim) of pixels (B, C, S, S)."""
        with torch.no_grad(), autocast(pixels.device, self.precision):
            there = self.start(pixels)
        gone = away(functional.normalize(embeddings), functional.normalize(there.float()))
        return self.weight * gone.mean()


class StillNorms:
    """Batch normalisations that keep their statistics: all, or those alone whose layers do not learn."""

    def __init__(self, backbone: nn.Module, *, every: bool) -> None:
        norms = [layer for layer in backbone.modules() if isinstance(layer, NORMS)]
        self._still = [layer for layer in norms if every or not any(each.requires_grad for each in layer.parameters())]

    def before_step(self) -> None:
        """Hold them; to be called when the network is in training mode."""
        for layer in self._still:
            layer.eval()


class KeptShare:
    """A network with its weights at `share` of the way from where it began: what is validated, exported and used."""

    def __init__(self, start: Backbone, share: float) -> None:
        self._start, self._used = copy.deepcopy(start), copy.deepcopy(start)
        self._share = share

    def of(self, network: Backbone) -> Backbone:
        """Return it, in a copy that the next call changes."""
        self._used.load_state_dict(network.state_dict())
        average_with(self._used, self._start.named_parameters(), self._share)
        return self._used
