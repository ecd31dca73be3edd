"""A classification head spread over processes, with sampled negatives: An et al., "Partial FC", ICCVW 2021.

https://arxiv.org/abs/2010.05222. Every process keeps the agents of a run of people; the faces of all processes are
compared with the agents here, and the softmax is joined by three sums, so that no process ever sees all logits. A share
`sampling_rate` of the agents takes part in a step: those of the people in the batch, and others drawn at random. At 1.0
the loss and its gradients are those of the undivided head.

Unlike the authors' code an agent that is not drawn still feels its momentum and weight decay in that step.
"""

import torch
from torch import Tensor, nn
from torch.nn import functional

from engine.errors import UsageError
from engine.words import sentence
from trainer.distributed import Group, gather_rows, largest_over, sum_over
from trainer.losses import LOSSES, PAIRWISE
from trainer.losses.agents import CosineSoftmax, no_autocast, unit


def shard_bounds(n_classes: int, group: Group) -> tuple[int, int]:
    """Return the first class of this process and the one after its last; sizes differ by one at most."""
    return n_classes * group.rank // group.size, n_classes * (group.rank + 1) // group.size


class ShardedHead(nn.Module):
    """`LOSSES[name]` over this process's classes; for losses on cosines with a fixed scale.

    The agents are drawn whole from torch's generator and then cut, so that they do not depend on the number of
    processes; `seed` starts the generator of the sampled negatives.
    """

    def __init__(
        self, name: str, sizes: tuple[int, int], options: dict[str, object], group: Group, sampling: tuple[float, int]
    ) -> None:
        super().__init__()
        n_classes, dim = sizes
        whole = None if name in PAIRWISE else LOSSES[name](n_classes, dim, **options)
        if not isinstance(whole, CosineSoftmax) or not isinstance(whole.s, float | int):
            raise UsageError(
                sentence("The loss '{name}' cannot be spread over processes with these options.", name=name),
                sentence("A sharded head needs a loss on cosines with a fixed scale, such as arcface or am_softmax."),
            )
        self.first, self.last = shard_bounds(n_classes, group)
        whole.weight = nn.Parameter(whole.weight.detach()[self.first : self.last].clone())
        self.loss = whole
        self.scale = float(whole.s)
        self.group = group
        self.sampling_rate, seed = sampling
        self.generator = torch.Generator().manual_seed(seed * 1_000_003 + group.rank)

    def forward(self, embeddings: Tensor, labels: Tensor) -> Tensor:
        """Return the loss () over the faces of all processes, from this one's embeddings (b, dim) and labels (b,)."""
        with no_autocast(embeddings):
            faces = gather_rows(embeddings.float(), self.group)  # (B, dim)
            people = gather_rows(labels, self.group)  # (B,) int64
            agents, columns = self._sampled(people)  # (c, dim), (B,) int64, −1 where the own agent lives elsewhere
            cosines = functional.linear(unit(faces), unit(agents))  # (B, c)
            own = columns[:, None] == torch.arange(len(agents), device=columns.device)  # (B, c)
            logits = self.loss.margined(cosines, self._targets(cosines, own), own) * self.scale
            return self.loss.reduce(self._cross_entropies(logits, own))

    def _sampled(self, people: Tensor) -> tuple[Tensor, Tensor]:
        """Return the agents of this step and, for each face, the column of its own agent among them."""
        here = (people >= self.first) & (people < self.last)
        local = torch.where(here, people - self.first, -1)
        total = self.last - self.first
        wanted = max(round(self.sampling_rate * total), 1)
        if wanted >= total:
            return self.loss.weight, local
        # Those of the batch get a priority above every random one, so they are always drawn.
        priority = torch.rand(total, generator=self.generator).to(people.device)
        priority[local[here]] = 2.0
        wanted = max(wanted, int((priority == 2.0).sum()))
        chosen = priority.topk(wanted).indices.sort().values
        place = torch.full((total,), -1, dtype=torch.int64, device=people.device)
        place[chosen] = torch.arange(wanted, device=people.device)
        return self.loss.weight[chosen], torch.where(here, place[local.clamp_min(0)], -1)

    def _targets(self, cosines: Tensor, own: Tensor) -> Tensor:
        """Return (B,): the cosine of each face to its own agent, with gradient where that agent lives here."""
        here = torch.where(own, cosines, torch.zeros_like(cosines)).sum(1)
        everywhere = sum_over(here.detach(), self.group)
        return torch.where(own.any(1), here, everywhere)

    def _cross_entropies(self, logits: Tensor, own: Tensor) -> Tensor:
        """Return (B,): −log softmax of the own agent over the agents of all processes."""
        highest = largest_over(logits.amax(1), self.group)
        partition = sum_over((logits - highest[:, None]).exp().sum(1), self.group)
        target = sum_over(torch.where(own, logits, torch.zeros_like(logits)).sum(1), self.group)
        return partition.log() + highest - target
