"""Every loss on one bench: the same small network, budget and seeds, judged on people that it never saw.

    python benchmarks/losses.py run ../shared/data/faces/glint_aligned112 WORK
    python benchmarks/losses.py table ../shared/data/faces/glint_aligned112 WORK

The first trains (about ten minutes on two cores; it goes on where it was stopped), the second prints the table.

Ten people with 60 crops each are cut into three parts; each part is held out once, whole, and the network learns from
the other two with three seeds: nine trainings a loss, and every person is judged by models that have not seen them. A
seed gives all losses the same start of the network and the same batches. Nothing is tuned: all losses have one learning
rate, and those with a scale have s = 16.

Intervals are percentiles over draws, with return, of the people within each part and of the seeds; differences to plain
softmax use the same draws for both. "Real" asks more than that interval: the difference must exceed so many standard
errors as Bonferroni's rule wants for as many comparisons as the table has.
"""

import argparse
import sys
import time
from pathlib import Path
from statistics import NormalDist

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from engine.geometry import Image
from engine.strict_toml import Origin, read_table
from trainer.backbones import BACKBONES, Backbone
from trainer.batch_choice import make_batches
from trainer.config import TrainingConfig
from trainer.data.augment import Augmentation
from trainer.data.crop_folder import CropFolder
from trainer.data.faces import ChosenFaces, numbered
from trainer.distributed import Group
from trainer.embedding import embed_source
from trainer.evaluation.pairs import Pairs, all_pairs
from trainer.evaluation.verification import RankedPairs
from trainer.feeding import Batch, Feed, Reading
from trainer.losses import CLASSIFICATION
from trainer.optim import descend, set_rate
from trainer.schedules import rate_factor
from trainer.state import TrainingState, begin

PARTS = 3
SEEDS = 3
STEPS = 120
ROUNDS = 1_000
BASELINE = "softmax"
UNTRAINED = "(untrained network)"
SCALE: dict[str, object] = {"s": 16.0}
WITHOUT_SCALE = ("softmax", "c_contrastive", "c_triplet", "sphereface")
LOSSES: dict[str, tuple[str, dict[str, object]]] = {
    **{name: (name, {} if name in WITHOUT_SCALE else SCALE) for name in CLASSIFICATION},
    "focal, arc": ("focal", {**SCALE, "margin": "arc"}),
    "ohem, arc": ("ohem", {**SCALE, "margin": "arc"}),
    "mv_arc, fixed": ("mv_arc", {**SCALE, "weighting": "fixed"}),
    "center + softmax": ("center", {}),
    "center + arcface": ("center", {"join": "arcface", "join_options": SCALE}),
    "triplet, semihard": ("triplet", {"mining": "semihard"}),
    "triplet, batch_hard": ("triplet", {"mining": "batch_hard"}),
    "contrastive": ("contrastive", {}),
    "semi_siamese": ("semi_siamese", SCALE),
}
Figures = NDArray[np.float64]


class SmallNet(Backbone):
    """(B, 3, 56, 56) → (B, dim): four convolutions of stride 2, 0.23 million parameters."""

    input_size = 56

    def __init__(self, dim: int) -> None:
        super().__init__(dim)
        layers: list[nn.Module] = []
        into = 3
        for out in (16, 32, 64, 128):
            layers += [nn.Conv2d(into, out, 3, 2, 1, bias=False), nn.BatchNorm2d(out), nn.PReLU(out)]
            into = out
        self.layers = nn.Sequential(*layers, nn.Flatten(), nn.Linear(128 * 4 * 4, dim), nn.BatchNorm1d(dim))

    def forward(self, crops: Tensor) -> Tensor:
        """Return embeddings (B, dim) of crops (B, 3, 56, 56)."""
        embeddings: Tensor = self.layers(crops)
        return embeddings


class Held:
    """A crop folder whose pictures are kept in memory."""

    def __init__(self, root: Path) -> None:
        folder = CropFolder(root)
        self.faces = folder.faces
        self._crops: list[Image] = [folder.crop(index) for index in range(len(self.faces))]

    def crop(self, index: int) -> Image:
        """Return the crop (112, 112, 3)."""
        return self._crops[index]


def parts_of(source: Held) -> list[NDArray[np.int64]]:
    """Return the positions of the faces of each part; a person is in one part alone."""
    names, labels = numbered(source.faces)
    order = np.random.default_rng(0).permutation(len(names))
    return [np.flatnonzero(np.isin(labels, order[part::PARTS])) for part in range(PARTS)]


def config_of(loss: tuple[str, dict[str, object]], seed: int) -> TrainingConfig:
    """Return the one configuration of all losses."""
    table = {
        "data": {"path": "unused"},
        "model": {"backbone": "small", "dimension": 64},
        "loss": {"name": loss[0], "options": loss[1]},
        "batch": {"people": 6, "faces": 4},
        "optimiser": {"name": "adamw", "learning_rate": 2e-3, "weight_decay": 0.05},
        "schedule": {"name": "cosine", "warm_up": 20},
        "steps": STEPS,
        "seed": seed,
    }
    return read_table(TrainingConfig, table, Origin("benchmarks/losses.py"))


def trained(source: Held, kept: NDArray[np.int64], config: TrainingConfig) -> Backbone:
    """Train on the kept faces and return the network."""
    learnt = ChosenFaces(source, kept)
    names, labels = numbered(learnt.faces)
    state = begin(config, names, Group(0, 1, torch.device("cpu")), None)
    feed = Feed(Reading(learnt, labels, Augmentation(flip=0.5, occlusion=0.2), config.seed))
    with feed.batches(make_batches(config.batch, labels, config.seed), 0) as batches:
        for batch in batches:
            step(state, batch)
            if state.step == config.steps:
                return state.backbone
    raise AssertionError("batches have no end")


def step(state: TrainingState, batch: Batch) -> None:
    """Take one step of the training loop, without its papers."""
    config = state.config
    set_rate(
        state.optimiser,
        config.optimiser.learning_rate * rate_factor(state.step, config.steps, config.schedule),
    )
    state.model.train()
    state.optimiser.zero_grad(set_to_none=True)
    loss, _ = state.model(batch.crops, batch.mirrored, batch.labels, None)
    if not torch.isfinite(loss):
        raise RuntimeError(f"{config.loss.name}: the loss of step {state.step + 1} is not a number")
    descend(loss, state.optimiser, state.scaler, config.optimiser.clip, state.shards())
    state.step += 1


def run(root: Path, work: Path) -> None:
    """Train whatever is not in the work folder yet and keep its embeddings of the held-out faces."""
    BACKBONES["small"] = SmallNet
    # Two threads for so small a network wait for each other more than they work.
    torch.set_num_threads(1)
    source = Held(root)
    parts = parts_of(source)
    work.mkdir(parents=True, exist_ok=True)
    for name, loss in {UNTRAINED: LOSSES[BASELINE], **LOSSES}.items():
        began, fresh = time.perf_counter(), 0
        for part, seed in np.ndindex(PARTS, SEEDS):
            path = work / f"{name}-{part}-{seed}.npy"
            if path.exists():
                continue
            config = config_of(loss, seed)
            kept = np.setdiff1d(np.arange(len(source.faces)), parts[part])
            if name == UNTRAINED:
                backbone = begin(config, ("a", "b"), Group(0, 1, torch.device("cpu")), None).backbone
            else:
                backbone = trained(source, kept, config)
            # Embeddings and not cosines of pairs: in which order pairs are listed must not matter between runs.
            np.save(path, embed_source(backbone, ChosenFaces(source, parts[part])))
            fresh += 1
        print(f"{name}: {fresh} trained in {time.perf_counter() - began:.0f} s", file=sys.stderr, flush=True)


def pairs_of(source: Held, held_out: NDArray[np.int64]) -> Pairs:
    """Return every pair of the faces of a part."""
    people = numbered(ChosenFaces(source, held_out).faces)[1]
    return all_pairs(people, 10**9, np.random.default_rng(0))


def figures_of(name: str, pairs: list[Pairs], draws: list[Figures], seeds: NDArray[np.int64], work: Path) -> Figures:
    """Return (draws + 1, 2): equal error rate and VAL at FAR 0.1, means over parts and seeds; row 0 draws all once."""
    values = np.empty((len(seeds), PARTS, SEEDS, 2))
    for part, seed in np.ndindex(PARTS, SEEDS):
        embeddings = np.load(work / f"{name}-{part}-{seed}.npy")
        ranked = RankedPairs(pairs[part], pairs[part].similarities(embeddings))
        for row, drawn in enumerate(draws[part]):
            roc = ranked.roc(drawn)
            values[row, part, seed] = (np.nan, np.nan) if roc is None else (roc.equal_error_rate(), roc.val_at(0.1))
    chosen = np.take_along_axis(values, seeds[:, None, :, None], axis=2)
    means: Figures = chosen.mean(axis=(1, 2))
    return means


def table(root: Path, work: Path) -> None:
    """Print the table as Markdown."""
    source = Held(root)
    pairs = [pairs_of(source, part) for part in parts_of(source)]
    generator = np.random.default_rng(0)
    draws = []
    for each in pairs:
        drawn = generator.multinomial(each.units, np.full(each.units, 1 / each.units), size=ROUNDS)
        # A draw of one person alone has no pair of two people; it is drawn again.
        while (bad := (drawn > 0).sum(axis=1) < 2).any():
            drawn[bad] = generator.multinomial(each.units, np.full(each.units, 1 / each.units), size=int(bad.sum()))
        draws.append(np.vstack([np.ones(each.units), drawn]))
    seeds = np.vstack([np.arange(SEEDS), generator.integers(0, SEEDS, (ROUNDS, SEEDS))])
    names = [UNTRAINED, *LOSSES]
    figures = {name: figures_of(name, pairs, draws, seeds, work) for name in names}
    factor = NormalDist().inv_cdf(1 - 0.05 / (2 * (len(names) - 1)))
    print(f"| loss | equal error rate | VAL at FAR 0.1 | error less {BASELINE}'s | real |\n|---|---|---|---|---|")
    for name in sorted(names, key=lambda name: figures[name][0, 0]):
        ours = figures[name]
        gap = ours[:, 0] - figures[BASELINE][:, 0]
        real = "" if name == BASELINE else "yes" if abs(gap[0]) > factor * gap[1:].std() else "no"
        difference = "" if name == BASELINE else shown(gap)
        print(f"| {name} | {shown(ours[:, 0])} | {shown(ours[:, 1])} | {difference} | {real} |")


def shown(values: Figures) -> str:
    """Return the figure and its 95 % interval."""
    low, high = np.nanquantile(values[1:], [0.025, 0.975])
    return f"{values[0]:.3f} [{low:.3f}, {high:.3f}]"


def main() -> None:
    """Run one of the two commands."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=["run", "table"])
    parser.add_argument("crops", type=Path, help="a folder of people's folders of aligned crops")
    parser.add_argument("work", type=Path, help="where embeddings are kept between the commands")
    words = parser.parse_args()
    (run if words.command == "run" else table)(words.crops, words.work)


if __name__ == "__main__":
    main()
