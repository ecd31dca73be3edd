"""The second network of semi-siamese training, whose weights follow those of the network that learns."""

import copy

import torch
from torch import Tensor, nn

from engine.errors import UsageError
from engine.words import sentence
from trainer.backbones import Backbone
from trainer.choices import BatchKind, Precision
from trainer.config import TrainingConfig
from trainer.distributed import Group
from trainer.losses.semi_siamese import SemiSiamese
from trainer.optim import autocast


class GalleryHead(nn.Module):
    """The loss with its gallery network; both are in the head's state, so a resumed run goes on with them."""

    def __init__(self, loss: SemiSiamese, backbone: Backbone, precision: Precision) -> None:
        super().__init__()
        self.loss = loss
        self.gallery = copy.deepcopy(backbone).requires_grad_(requires_grad=False)
        self.precision = precision

    def forward(self, embeddings: Tensor, labels: Tensor, pixels: Tensor, probe: nn.Module) -> Tensor:
        """Return the loss () of the probe's embeddings (B, dim) of pixels (B, C, S, S) with labels (B,) int64."""
        with torch.no_grad(), autocast(pixels.device, self.precision):
            if self.training:
                self._follow(probe)
            found = self.gallery(pixels)
        loss: Tensor = self.loss(embeddings, labels, found.float())
        return loss

    def _follow(self, probe: nn.Module) -> None:
        """Take in the probe's weights after the last step; running figures of norms are the gallery's own."""
        for ours, theirs in zip(self.gallery.parameters(), probe.parameters(), strict=True):
            ours.lerp_(theirs.detach(), 1 - self.loss.momentum)


def with_gallery(config: TrainingConfig, loss: SemiSiamese, backbone: Backbone, group: Group) -> GalleryHead:
    """Return the head of a run; UsageError where its batches hold no pairs or several processes train."""
    if config.batch.kind is not BatchKind.PEOPLE or config.batch.faces < 2:
        raise UsageError(
            sentence("Semi-siamese training needs two faces of each person in a batch."),
            sentence('Set batch.kind to "people" and batch.faces to 2.'),
        )
    if group.size > 1:
        raise UsageError(sentence("Semi-siamese training runs in one process."), sentence("Start it without torchrun."))
    return GalleryHead(loss, backbone, config.precision)
