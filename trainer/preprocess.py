"""From crops to what a backbone reads, on the device that the crops are on; a model card of ours says the same."""

import torch
from torch import Tensor
from torch.nn import functional

from engine.models.card import ColourOrder, InputSpec
from trainer.data.faces import CROP_SIDE

MEAN = 127.5
DEVIATION = 128.0
SPEC = InputSpec(CROP_SIDE, CROP_SIDE, (MEAN,) * 3, (DEVIATION,) * 3, ColourOrder.RGB)
"""How every model of the trainer reads a crop: (RGB − 127.5) / 128. The card of an exported one says the same."""


def pixels_of(crops: Tensor, mirrored: Tensor | None = None) -> Tensor:
    """Return (n, 3, 112, 112) float32, about −1 to 1, of crops (n, 112, 112, 3) RGB uint8; `mirrored` (n,) bool.

    The result lies in memory as the crops do (channels last), which is what convolutions on GPUs want.
    """
    planes = crops.permute(0, 3, 1, 2)
    if mirrored is not None:
        planes = torch.where(mirrored[:, None, None, None], planes.flip(3), planes)
    return (planes.float() - MEAN) / DEVIATION


def fitted(pixels: Tensor, side: int, channels: int) -> Tensor:
    """Return (n, channels, side, side) of pixels (n, 3, 112, 112): resampled bilinearly, made grey for one channel.

    An exported network begins with this, so a card's input is always a crop of 112 × 112.
    """
    if channels == 1:
        pixels = pixels.mean(1, keepdim=True)
    if side == pixels.shape[-1]:
        return pixels
    return functional.interpolate(pixels, (side, side), mode="bilinear", align_corners=False)
