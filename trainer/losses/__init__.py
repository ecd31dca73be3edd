"""Losses by name, one file each, named after its paper.

`LOSSES[name](n_classes, dim, **options)` is a module with `forward(embeddings (B, dim), labels (B,) int64) -> ()`; the
pair and triplet losses named in `PAIRWISE` take `(**options)` alone. An unknown option raises TypeError, a bad value
ValueError with a sentence.
"""

from torch import nn

from trainer.losses.center import Center
from trainer.losses.classification import CLASSIFICATION
from trainer.losses.contrastive import Contrastive
from trainer.losses.normface import suggest_scale
from trainer.losses.semi_siamese import SemiSiamese
from trainer.losses.triplet import Triplet

PAIRWISE: dict[str, type[nn.Module]] = {"contrastive": Contrastive, "triplet": Triplet}

LOSSES: dict[str, type[nn.Module]] = CLASSIFICATION | {"center": Center, "semi_siamese": SemiSiamese} | PAIRWISE

__all__ = ["CLASSIFICATION", "LOSSES", "PAIRWISE", "suggest_scale"]
