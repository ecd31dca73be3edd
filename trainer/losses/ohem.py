"""Hard mining (OHEM): Shrivastava, Gupta and Girshick, CVPR 2016, https://arxiv.org/abs/1604.03540.

L = mean of the ⌊keep · B⌋ largest losses of the batch, the rest counting nothing. With a margin it is the naive
mining-margin loss that MV-Softmax compares with (equation 7 of https://arxiv.org/abs/1912.00833).
"""

from torch import Tensor

from engine.words import sentence
from trainer.losses.agents import CosineSoftmax, replace_own
from trainer.losses.mined_margin import margin_named


class Ohem(CosineSoftmax):
    """`keep` is a share, 0 < keep ≤ 1, of the faces of one process's batch; at least one face is kept."""

    def __init__(
        self,
        n_classes: int,
        dim: int,
        *,
        keep: float = 0.8,
        margin: str | None = None,
        m: float | None = None,
        s: float = 32.0,
    ) -> None:
        super().__init__(n_classes, dim, s)
        if not 0 < keep <= 1:
            raise ValueError(
                sentence("keep is the share of the batch that counts and must lie in (0, 1], not be {keep}.", keep=keep)
            )
        self.keep = keep
        self.margin = margin_named(margin, m)

    def margined(self, cosines: Tensor, target: Tensor, own: Tensor) -> Tensor:
        """Return cosines (B, C) with f in the own column."""
        return replace_own(cosines, own, self.margin(target))

    def reduce(self, losses: Tensor) -> Tensor:
        """Return the mean () of the largest of the cross-entropies (B,)."""
        # 0.29 × 100 is 28.999… in floats; a whole product must not lose a face to that.
        kept = max(1, int(self.keep * len(losses) + 1e-9))
        return losses.topk(kept).values.mean()
