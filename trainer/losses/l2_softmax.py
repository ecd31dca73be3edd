"""L2-constrained softmax: Ranjan, Castillo and Chellappa, 2017, https://arxiv.org/abs/1703.09507.

L = softmax loss of s · x/‖x‖: the embedding is held on a sphere of radius s (the paper's α), the weights and their bias
stay free.
"""

from torch import Tensor
from torch.nn import functional

from trainer.losses.agents import check_batch, full_precision, no_autocast
from trainer.losses.margins import check_positive
from trainer.losses.softmax import Softmax


class L2Softmax(Softmax):
    """`s` is the radius; the paper's bound for it is log(p(n − 2)/(1 − p)), about 12 for n = 1000 and p = 0.995."""

    def __init__(self, n_classes: int, dim: int, *, s: float = 16.0) -> None:
        super().__init__(n_classes, dim)
        check_positive(s, "The radius s")
        self.s = s

    def forward(self, embeddings: Tensor, labels: Tensor) -> Tensor:
        """Return the loss () of embeddings (B, dim), any length, with labels (B,) int64."""
        check_batch(embeddings, labels)
        with no_autocast(embeddings):
            return super().forward(self.s * functional.normalize(full_precision(embeddings)), labels)
