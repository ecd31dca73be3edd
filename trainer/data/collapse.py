"""The collapse of triplet training: f(x) → one constant, at which the loss stands still at the margin."""

import torch
from torch import Tensor
from torch.nn import functional


def sameness(embeddings: Tensor) -> float:
    """Return the mean cosine (−1 to 1) over all pairs of different rows of embeddings (B, dim), B ≥ 2; 1 is collapse.

    Rows of zeros count as the same as one another.
    """
    if len(embeddings) < 2:
        raise ValueError("Whether embeddings are all the same can be told of two or more.")
    faces = functional.normalize(embeddings.detach().double())
    if not bool(faces.any()):
        return 1.0
    count = len(faces)
    # Σ_{i≠j} u_i·u_j = ‖Σ u‖² − Σ ‖u_i‖²
    pairs = faces.sum(0).square().sum() - faces.square().sum()
    return float(pairs / (count * (count - 1)))


class CollapseWatch:
    """Tells a collapse from a network that has not yet learnt: `patience` batches in a row with a sameness ≥ `limit`.

    Batches must show several people, or one person's faces would look like a collapse.
    """

    def __init__(self, limit: float = 0.98, patience: int = 20) -> None:
        if not 0 < limit < 1 or patience < 1:
            raise ValueError("A collapse needs a limit between 0 and 1 and a patience of at least one batch.")
        self.limit, self.patience = limit, patience
        self.run = 0

    @torch.no_grad()
    def collapsed(self, embeddings: Tensor) -> bool:
        """Look at one more batch (B, dim), B ≥ 2, and say whether the network has collapsed."""
        self.run = self.run + 1 if sameness(embeddings) >= self.limit else 0
        return self.run >= self.patience
