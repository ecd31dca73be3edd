"""Level 2 of learning from albums: an imported network is trained further, held where it was for everybody else.

MV-AM-Softmax with agents imprinted as the means of their people; embeddings of the named and of other faces are held to
what the network gave at the start (distillation). Batch normalisations keep their statistics. The last stage learns
first, and in the end the weights are averaged with those of the start.
"""

import copy
from dataclasses import dataclass, replace

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from engine.errors import ModelError
from engine.faces.letterbox import to_tensor
from engine.geometry import Image
from engine.learning.judging import Placed, Verification
from engine.learning.network import NetworkTask
from engine.learning.points import Point
from engine.models.card import InputSpec, Layout
from engine.progress import Progress, Workflow
from engine.words import sentence
from trainer.distributed import pick_device
from trainer.errors import enough_memory
from trainer.export import write_network
from trainer.fine_tuning.holding import away
from trainer.fine_tuning.layers import LAST_STAGE, average_with, learning
from trainer.imported import Rows
from trainer.losses.mv_softmax import MVAm
from trainer.onnx_module import check_module, read_onnx

BATCH, OTHERS = 32, 32
HOLD = 2.0
"""The weight of 1 − cosine to the embedding at the start, as level 1 has it."""

RATE, HEAD_RATE, DECAY = 1e-4, 3e-3, 5e-4
LAST_STAGE_RATE = 3e-4
FIRST_PART = 1 / 3
"""The share of the epochs in which the last stage learns alone."""

KEPT = 0.5
"""The share of the way from the starting weights that is kept."""

SCALE, MARGIN, RAISED = 16.0, 0.2, 0.2
"""Of the margin loss; those of level 1."""

POINTS_AN_EPOCH = 4


@dataclass(frozen=True, slots=True)
class _Lesson:
    """What a network learns from, how its crops are read, and where they were at the start.

    `labels` (n,) number the people of the named crops from 0; `learnt` (2, n, d) and `others` (2, u, d) are unit
    embeddings of named and other crops, as they are and mirrored.
    """

    task: NetworkTask
    spec: InputSpec
    labels: Tensor
    learnt: Tensor
    others: Tensor


def fine_tune(task: NetworkTask) -> Workflow[None]:
    """Train and write the graph; each report is a place to stop, and nothing is written before the end.

    The graph that is written reads (n, 3, side, side). Raises ModelError for a graph that cannot be trained further,
    TrainingError where memory runs out.
    """
    torch.manual_seed(task.seed)
    module = read_onnx(task.graph)
    check_module(module, task.graph)
    device = pick_device()
    network = Rows(module, task.input.layout).to(device)
    spec = replace(task.input, layout=Layout.NCHW)
    yield Progress("learn", 0, 100, sentence("reading faces"))
    with enough_memory(sentence("training the network further")):
        learnt = yield from _both_ways(network, task.crops, spec)
        others = yield from _both_ways(network, task.others, spec)
        start = copy.deepcopy(network)
        labels = torch.from_numpy(np.unique(task.people, return_inverse=True)[1].astype(np.int64)).to(device)
        yield from _train(network, _Lesson(task, spec, labels, learnt, others))
    average_with(network, start.named_parameters(), KEPT)
    _check(network)
    yield Progress("learn", 99, 100, sentence("writing the network"))
    write_network(network, task.input.width, task.target)


def _train(network: Rows, lesson: _Lesson) -> Workflow[None]:
    task, head = lesson.task, _imprinted(lesson)
    generator = np.random.default_rng(task.seed)
    first = max(round(task.epochs * FIRST_PART), 1)
    optimiser, losses = _optimiser(network, head, min(LAST_STAGE, 1 - task.freeze), LAST_STAGE_RATE), list[float]()
    steps = -(-len(task.crops) // BATCH)
    every, total = max(steps // POINTS_AN_EPOCH, 1), steps * task.epochs
    for done in range(1, total + 1):
        epoch, step = divmod(done - 1, steps)
        if step == 0:
            order = generator.permutation(len(task.crops))
            if epoch == first:
                optimiser = _optimiser(network, head, 1 - task.freeze, RATE)
        rows = order[step * BATCH : (step + 1) * BATCH]
        drawn = generator.integers(0, max(len(task.others), 1), OTHERS if len(task.others) else 0)
        loss = _loss(network, head, lesson, (rows, drawn), int(generator.integers(2)))
        optimiser.zero_grad(set_to_none=True)
        torch.autograd.backward(loss)
        optimiser.step()
        losses.append(loss.item())
        percent = 1 + 97 * done // total
        if done % every == 0 or done == total:
            val = validation(network, task, lesson.spec)
            yield Point("learn", percent, 100, "network", {}, 0, float(np.mean(losses)), val)
            losses = []
        else:
            # A place to stop, also where an epoch takes an hour.
            yield Progress("learn", percent, 100, sentence("network"))


def _imprinted(lesson: _Lesson) -> MVAm:
    """Return the margin loss with each person's agent at the mean of the embeddings at the start."""
    head = MVAm(int(lesson.labels.max()) + 1, lesson.learnt.shape[2], s=SCALE, m=MARGIN, t=RAISED)
    head = head.to(lesson.labels.device)
    sums = torch.zeros_like(head.weight.data).index_add_(0, lesson.labels, lesson.learnt[0])
    head.weight.data = functional.normalize(sums)
    return head


def _optimiser(network: nn.Module, head: MVAm, share: float, rate: float) -> torch.optim.Optimizer:
    groups = [{"params": learning(network, share), "lr": rate}, {"params": head.parameters(), "lr": HEAD_RATE}]
    return torch.optim.AdamW(groups, weight_decay=DECAY)


def _loss(network: Rows, head: MVAm, lesson: _Lesson, drawn: tuple[np.ndarray, np.ndarray], mirrored: int) -> Tensor:
    """Return the loss of a batch: the margin loss of named faces, and how far all faces went from where they were.

    `drawn` are rows of named and of other crops.
    """
    rows, others = drawn
    crops = np.concatenate([lesson.task.crops[rows], lesson.task.others[others]])
    placed = functional.normalize(network(_tensor(crops, lesson.spec, lesson.labels.device, mirrored)))
    there = lesson.learnt[mirrored][rows]
    if len(others):
        there = torch.cat([there, lesson.others[mirrored][others]])
    gone = away(placed, there)
    held = gone[: len(rows)].mean()
    if len(others):
        held = held + gone[len(rows) :].mean()
    loss: Tensor = head(placed[: len(rows)], lesson.labels[rows]) + HOLD * held
    return loss


def _tensor(crops: Image, spec: InputSpec, device: torch.device, mirrored: int) -> Tensor:
    tensor = torch.from_numpy(to_tensor(crops, spec)).to(device)
    return tensor.flip(3) if mirrored else tensor


def _both_ways(network: Rows, crops: Image, spec: InputSpec) -> Workflow[Tensor]:
    """Return unit embeddings (2, n, d) of crops as they are and mirrored."""
    ways = []
    for mirrored in range(2):
        parts = [torch.empty(0, 0)]
        for begin in range(0, len(crops), BATCH):
            parts.append(embedded(network, crops[begin : begin + BATCH], spec, mirrored))
            yield Progress("learn", 0, 100, sentence("reading faces"))
        ways.append(torch.cat(parts[1:] or parts))
    return torch.stack(ways)


@torch.no_grad()
def embedded(network: Rows, crops: Image, spec: InputSpec, mirrored: int = 0) -> Tensor:
    """Return unit embeddings (n, d) on the network's device."""
    device = next(network.parameters()).device
    return functional.normalize(network(_tensor(crops, spec, device, mirrored)))


def validation(network: Rows, task: NetworkTask, spec: InputSpec) -> float:
    """Return the share of pairs of unseen faces told right; NaN where there are none."""
    if not len(task.unseen):
        return float("nan")
    parts = [embedded(network, task.unseen[at : at + BATCH], spec) for at in range(0, len(task.unseen), BATCH)]
    vectors = torch.cat(parts).cpu().numpy()
    placed = Placed(np.arange(len(vectors)), task.unseen_people, vectors, vectors)
    known = np.unique(task.unseen_people)
    return Verification(placed, known, 0).figures(np.ones(len(known)))[1]


def _check(network: nn.Module) -> None:
    if not all(torch.isfinite(weight).all() for weight in network.parameters()):
        raise ModelError(sentence("Training the network further came to numbers without meaning; nothing was written."))
