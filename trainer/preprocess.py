"""From crops to what a backbone reads: by the engine's own reading of a model card, in training and in use alike."""

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from engine.faces.letterbox import to_tensor
from engine.geometry import Image
from engine.models.card import ColourOrder, InputSpec
from trainer.backbones import Backbone
from trainer.data.faces import CROP_SIDE

SPEC = InputSpec(CROP_SIDE, CROP_SIDE, (127.5,) * 3, (128.0,) * 3, ColourOrder.RGB)
"""How every model of the trainer reads a crop: (RGB − 127.5) / 128. The card of an exported one says the same."""


def as_tensor(crops: Sequence[Image], backbone: Backbone) -> Tensor:
    """Return (n, channels, side, side) float32, about −1 to 1, of crops (112, 112, 3) RGB uint8 for this backbone."""
    return fitted(torch.from_numpy(to_tensor(np.stack(crops), SPEC)), backbone.input_size, backbone.channels)


def fitted(pixels: Tensor, side: int, channels: int) -> Tensor:
    """Return (n, channels, side, side) of pixels (n, 3, 112, 112): resampled bilinearly, made grey for one channel.

    An exported network begins with this, so a card's input is always a crop of 112 × 112.
    """
    if channels == 1:
        pixels = pixels.mean(1, keepdim=True)
    if side == pixels.shape[-1]:
        return pixels
    return functional.interpolate(pixels, (side, side), mode="bilinear", align_corners=False)
