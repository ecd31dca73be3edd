"""New embeddings that stay comparable with an old model's, so that a library need not be embedded anew at once.

FaceNet's harmonic embedding (Schroff et al., CVPR 2015, appendix): triplets are mined from old and new ones mixed, and
the last layer is trained first (`last_layer`).
Frozen agents: each person's mean old embedding is an agent that new embeddings are classified against, the influence
loss of backward-compatible training (Shen et al., CVPR 2020, https://arxiv.org/abs/2003.11942).
"""

import torch
from torch import Tensor, nn
from torch.nn import functional

from engine.errors import UsageError
from engine.words import sentence
from trainer.choices import CompatibleMethod
from trainer.data.faces import Labels
from trainer.data.mining import Triplets, semi_hard, squared_distances
from trainer.evaluation.pairs import Vectors
from trainer.losses.am_softmax import AMSoftmax
from trainer.losses.triplet import triplet_loss
from trainer.sections import CompatibleConfig


class HarmonicTriplets(nn.Module):
    """The triplet loss over new and old embeddings together, but for triplets of old ones, which teach nothing."""

    def __init__(self, margin: float) -> None:
        super().__init__()
        self.margin = margin

    def forward(self, new: Tensor, old: Tensor, labels: Tensor) -> Tensor:
        """Return the loss () of new and old embeddings (B, dim) of the same faces with labels (B,) int64."""
        both = functional.normalize(torch.cat([new, old.to(new.dtype)]))  # (2B, dim)
        squared = squared_distances(both)  # (2B, 2B)
        with torch.no_grad():
            mined = semi_hard(squared, labels.repeat(2), self.margin)
            fresh = (mined.anchors < len(new)) | (mined.positives < len(new)) | (mined.negatives < len(new))
            kept = Triplets(mined.anchors[fresh], mined.positives[fresh], mined.negatives[fresh])
        return triplet_loss(squared, kept, self.margin)


class FrozenAgents(nn.Module):
    """AM-Softmax of new embeddings against the old model's mean embedding of each person, which does not move."""

    def __init__(self, agents: Tensor) -> None:
        super().__init__()
        self.loss = AMSoftmax(*agents.shape)
        self.loss.weight = nn.Parameter(functional.normalize(agents), requires_grad=False)

    def forward(self, new: Tensor, old: Tensor, labels: Tensor) -> Tensor:
        """Return the loss () of new embeddings (B, dim) with labels (B,) int64; `old` is in the agents already."""
        del old
        loss: Tensor = self.loss(new, labels)
        return loss


class Companion(nn.Module):
    """The weighted sum of the terms that a configuration asks for.

    `old` (n, dim) are the old model's embeddings of all faces to learn from, `labels` (n,) who is on them.
    """

    def __init__(self, config: CompatibleConfig, old: Vectors, labels: Labels) -> None:
        super().__init__()
        methods = CompatibleMethod(config.method)
        terms: list[nn.Module] = []
        if methods is not CompatibleMethod.AGENTS:
            terms.append(HarmonicTriplets(config.margin))
        if methods is not CompatibleMethod.TRIPLETS:
            terms.append(FrozenAgents(mean_agents(torch.from_numpy(old), torch.from_numpy(labels))))
        self.terms = nn.ModuleList(terms)
        self.weight = config.weight

    def forward(self, new: Tensor, old: Tensor, labels: Tensor) -> Tensor:
        """Return the term () of new and old embeddings (B, dim) of the same faces with labels (B,) int64."""
        return self.weight * torch.stack([term(new, old, labels) for term in self.terms]).sum()


def mean_agents(old: Tensor, labels: Tensor) -> Tensor:
    """Return (n_classes, dim): the mean of the old embeddings (n, dim) of each person, unit length."""
    sums = torch.zeros(int(labels.max()) + 1, old.shape[1]).index_add_(0, labels, old.float())
    return functional.normalize(sums)


def check_dimensions(old: int, new: int) -> None:
    """Raise UsageError unless embeddings of both models have one length."""
    if old != new:
        raise UsageError(
            sentence(
                "The old model's embeddings have {old} numbers and the new one's would have {new}.", old=old, new=new
            ),
            sentence("Set model.dimension to {old}: only embeddings of one length can be compared.", old=old),
        )
