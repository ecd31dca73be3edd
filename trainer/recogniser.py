"""What one training step runs: crops through the backbone, embeddings into the loss."""

from typing import cast

import torch
from torch import Tensor, nn
from torch.nn.parallel import DistributedDataParallel

from engine.errors import UsageError, said_by
from engine.words import sentence
from trainer.backbones import BACKBONES, Backbone
from trainer.choices import Precision
from trainer.compatible import Companion
from trainer.config import TrainingConfig
from trainer.distributed import Group
from trainer.fine_tuning.holding import HeldToStart
from trainer.gallery import GalleryHead, with_gallery
from trainer.loss_options import check_options
from trainer.losses import LOSSES, PAIRWISE
from trainer.losses.semi_siamese import SemiSiamese
from trainer.optim import autocast
from trainer.preprocess import fitted, pixels_of
from trainer.sections import LossConfig, ModelConfig
from trainer.sharded_head import ShardedHead


def make_backbone(config: ModelConfig) -> Backbone:
    """Build a network with weights drawn from torch's generator; UsageError lists the names there are."""
    if config.backbone not in BACKBONES:
        raise UsageError(
            sentence("There is no backbone '{backbone}'.", backbone=config.backbone),
            sentence("Known are {backbones}.", backbones=", ".join(BACKBONES)),
        )
    return BACKBONES[config.backbone](config.dimension)


def make_loss(config: LossConfig, n_classes: int, dim: int) -> nn.Module:
    """Build a loss for so many people and embeddings of `dim`; UsageError says which option is wrong."""
    _check_loss_name(config.name)
    check_options(config.name, LOSSES[config.name], config.options)
    sizes = () if config.name in PAIRWISE else (n_classes, dim)
    try:
        return LOSSES[config.name](*sizes, **config.options)
    except ValueError as error:
        raise UsageError(
            sentence(
                "The options of the loss '{name}' are not usable: {reason}", name=config.name, reason=said_by(error)
            )
        ) from error


def make_head(config: TrainingConfig, backbone: Backbone, n_classes: int, group: Group) -> nn.Module:
    """Build the loss, spread over the processes where the configuration says so, with all that belongs to it."""
    if not config.head.sharded:
        loss = make_loss(config.loss, n_classes, config.model.dimension)
        return with_gallery(config, loss, backbone, group) if isinstance(loss, SemiSiamese) else loss
    _check_loss_name(config.loss.name)
    if config.precision is Precision.FP16:
        raise UsageError(
            sentence("A sharded head cannot be trained in fp16."), sentence("Set precision to bf16 or float32.")
        )
    check_options(config.loss.name, LOSSES[config.loss.name], config.loss.options)
    sizes = n_classes, config.model.dimension
    sampling = config.head.sampling_rate, config.seed
    try:
        return ShardedHead(config.loss.name, sizes, config.loss.options, group, sampling)
    except ValueError as error:
        raise UsageError(
            sentence(
                "The options of the loss '{name}' are not usable: {reason}",
                name=config.loss.name,
                reason=said_by(error),
            )
        ) from error


Reads = tuple[int, int]
"""Side and channels of the pixels that a backbone reads."""


class Recogniser(nn.Module):
    """Backbone and head as one module, so that DistributedDataParallel averages the gradients of both.

    The backbone runs in `precision`, the head in float32. `companion` adds the term that keeps the embeddings
    comparable with an older model's, `held` the one that holds them near where the network began. `reads` is the side
    and the channels of what the backbone reads; pixels come to it in the order `memory`.
    """

    memory = torch.preserve_format

    def __init__(
        self,
        backbone: nn.Module,
        head: nn.Module,
        precision: Precision,
        companion: Companion | None,
        reads: Reads,
        *,
        held: HeldToStart | None = None,
    ) -> None:
        super().__init__()
        self.reads = reads
        self.backbone = backbone
        self.head = head
        self.companion = companion
        self.held = held
        self.precision = precision

    def forward(
        self, crops: Tensor, mirrored: Tensor | None, labels: Tensor, old: Tensor | None
    ) -> tuple[Tensor, Tensor]:
        """Return the loss () of crops with labels (B,) int64, and the embeddings (B, dim) float32.

        `crops` (B, 112, 112, 3) are RGB uint8, those `mirrored` (B,) bool turned left to right first. `old` (B, dim)
        are the old model's embeddings of the same faces, for the companion.
        """
        pixels = fitted(pixels_of(crops, mirrored), *self.reads).to(memory_format=self.memory)  # (B, C, S, S) float32
        with autocast(crops.device, self.precision):
            embeddings = self.backbone(pixels)  # (B, dim), bf16 or fp16 under mixed precision
        embeddings = embeddings.float()
        more = (pixels, self.backbone) if isinstance(self.head, GalleryHead) else ()
        loss: Tensor = self.head(embeddings, labels, *more)
        if self.companion is not None and old is not None:
            loss = loss + self.companion(embeddings, old, labels)
        if self.held is not None:
            loss = loss + self.held(embeddings, pixels)
        return loss, embeddings


def compiled(backbone: nn.Module) -> nn.Module:
    """Let torch translate the backbone for its device; the first steps take a minute or more, the others less."""
    return cast("nn.Module", torch.compile(backbone))


def spread(recogniser: Recogniser, group: Group) -> nn.Module:
    """Return what the loop calls: the recogniser, its gradients averaged over the processes.

    A sharded head has gradients of its own in every process, so there the backbone alone is averaged. Norms see the
    batch of all processes on GPUs; torch has no such norm on the CPU.
    """
    if group.size == 1:
        return recogniser
    if group.device.type == "cuda":
        convert = nn.SyncBatchNorm.convert_sync_batchnorm
        recogniser.backbone = convert(recogniser.backbone)  # type: ignore[no-untyped-call]  # torch leaves it untyped
    devices = [group.device] if group.device.type == "cuda" else None
    if isinstance(recogniser.head, ShardedHead):
        recogniser.backbone = DistributedDataParallel(recogniser.backbone, devices)
        return recogniser
    return DistributedDataParallel(recogniser, devices)


def _check_loss_name(name: str) -> None:
    if name not in LOSSES:
        raise UsageError(
            sentence("There is no loss '{name}'.", name=name), sentence("Known are {losses}.", losses=", ".join(LOSSES))
        )
