"""Semi-siamese training: Du et al., "Semi-Siamese Training for Shallow Face Learning", ECCV 2020.

https://arxiv.org/abs/2007.08398. For two to five photos a person, where a learnt agent would only remember them. The
agents are embeddings instead: a probe network learns to find, among the gallery network's embeddings g of many people,
the one of its own person's other photo. The gallery network follows the probe's weights (`trainer.gallery`).

    L = −log(e^{s f(p·g_y)} / (e^{s f(p·g_y)} + Σ_k e^{s p·g_k}))

k runs over the gallery embeddings of other people in the batch and in a queue of the latest ones; f is a margin. As in
the paper each photo is probe for its partner's gallery embedding, and the mean is taken.
"""

import torch
from torch import Tensor, nn
from torch.nn import functional

from engine.words import sentence
from trainer.losses.agents import check_batch, full_precision, no_autocast, unit
from trainer.losses.margins import check_positive
from trainer.losses.mined_margin import margin_named

NOBODY = -1


class SemiSiamese(nn.Module):
    """`queue` gallery embeddings of earlier batches are kept; `margin` None, "am" or "arc" with m, s as elsewhere.

    `momentum` is the share of its own weights that the gallery network keeps at each step. `held` (queue, dim) and
    `owners` (queue,) are buffers; an empty place belongs to nobody and counts for nothing.
    """

    held: Tensor
    owners: Tensor

    def __init__(
        self,
        n_classes: int,
        dim: int,
        *,
        s: float = 30.0,
        margin: str | None = "am",
        m: float | None = None,
        queue: int = 4096,
        momentum: float = 0.99,
    ) -> None:
        super().__init__()
        if n_classes < 2:
            raise ValueError(
                sentence("Semi-siamese training needs at least two people, not {n_classes}.", n_classes=n_classes)
            )
        check_positive(s, "The scale s")
        if isinstance(queue, bool) or not isinstance(queue, int) or not 0 <= queue <= 1_000_000:
            raise ValueError(sentence("queue must be a whole number from 0 to 1,000,000, not {queue}.", queue=queue))
        if not 0 <= momentum < 1:
            raise ValueError(sentence("momentum must lie from 0 to below 1, not be {momentum}.", momentum=momentum))
        self.s, self.momentum, self.margin = s, momentum, margin_named(margin, m)
        self.register_buffer("held", torch.zeros(queue, dim))
        self.register_buffer("owners", torch.full((queue,), NOBODY, dtype=torch.int64))

    def forward(self, embeddings: Tensor, labels: Tensor, gallery: Tensor | None = None) -> Tensor:
        """Return the loss () of the probe's embeddings (B, dim) with labels (B,) int64.

        `gallery` (B, dim) are the gallery network's of the same faces; without, the probe's stand for them. Faces whose
        person is in the batch once have nothing to be found and do not count.
        """
        check_batch(embeddings, labels)
        with no_autocast(embeddings):
            probes = unit(full_precision(embeddings))
            found = unit(full_precision(embeddings if gallery is None else gallery).detach())
            others = torch.cat([found, self.held.to(found.dtype)])  # (B + queue, dim)
            owners = torch.cat([labels, self.owners])
            partner, paired = partners(labels)
            own = (probes * found[partner]).sum(1)  # (B,)
            cosines = functional.linear(probes, others)  # (B, B + queue)
            strangers = (owners != labels[:, None]) & (owners != NOBODY)
            logits = torch.where(strangers, self.s * cosines, -torch.inf)
            target = self.s * self.margin(own)
            losses = torch.logaddexp(target, torch.logsumexp(logits, 1)) - target
            losses = torch.where(strangers.any(1), losses, target - target)
            if self.training:
                self._keep(found, labels)
            return torch.where(paired, losses, torch.zeros_like(losses)).sum() / paired.sum().clamp_min(1)

    @torch.no_grad()
    def _keep(self, found: Tensor, labels: Tensor) -> None:
        """Put the batch at the head of the queue; the oldest fall out of it."""
        places = len(self.owners)
        self.held.copy_(torch.cat([found.to(self.held.dtype), self.held])[:places])
        self.owners.copy_(torch.cat([labels, self.owners])[:places])


def partners(labels: Tensor) -> tuple[Tensor, Tensor]:
    """Return for each face of labels (B,) the next one of its person, going round, and whether there is one, (B,)."""
    places = torch.arange(len(labels), device=labels.device)
    ahead = (places[None] - places[:, None]) % len(labels)  # (B, B): how far behind one face another comes
    fits = (labels[None] == labels[:, None]) & (ahead > 0)
    return torch.where(fits, ahead, len(labels)).argmin(1), fits.any(1)
