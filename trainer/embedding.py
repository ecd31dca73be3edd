"""Unit embeddings of many crops by a torch backbone."""

from collections.abc import Sequence

import numpy as np
import torch
from torch.nn import functional

from engine.geometry import Image
from trainer.backbones import Backbone
from trainer.data.faces import FaceSource
from trainer.evaluation.pairs import Vectors
from trainer.preprocess import fitted, pixels_of

BATCH = 64


@torch.no_grad()
def embed_crops(backbone: Backbone, crops: Sequence[Image]) -> Vectors:
    """Return unit vectors (n, dim) float32 of crops (112, 112, 3) uint8 RGB, in their order.

    The backbone is put in evaluation mode for it and left in the mode it was in.
    """
    device = next(backbone.parameters()).device
    was_training = backbone.training
    backbone.eval()
    parts = []
    try:
        for start in range(0, len(crops), BATCH):
            some = torch.from_numpy(np.stack(crops[start : start + BATCH])).to(device)
            pixels = fitted(pixels_of(some), backbone.input_size, backbone.channels)
            parts.append(functional.normalize(backbone(pixels).float()).cpu().numpy())
    finally:
        backbone.train(was_training)
    vectors: Vectors = np.concatenate(parts)
    return vectors


def embed_source(backbone: Backbone, source: FaceSource) -> Vectors:
    """Return unit vectors (n, dim) of every face of a source, whose crops are read a block at a time."""
    count = len(source.faces)
    blocks = [
        embed_crops(backbone, [source.crop(face) for face in range(start, min(start + 1_024, count))])
        for start in range(0, count, 1_024)
    ]
    vectors: Vectors = np.concatenate(blocks)
    return vectors
