"""Everything that changes while a run trains, and how it is kept and taken up again."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import torch
from torch import Tensor, nn

from engine.errors import UsageError
from engine.strict_toml import toml_text
from engine.words import sentence
from trainer.backbones import Backbone
from trainer.checkpoint import (
    BEST,
    FORMAT,
    LAST,
    Checkpoint,
    load_checkpoint,
    random_state,
    restore_random,
    save_checkpoint,
)
from trainer.compatible import Companion
from trainer.config import TrainingConfig
from trainer.distributed import Group, mean_over, wait_for_all
from trainer.errors import enough_memory
from trainer.fine_tuning.holding import HeldToStart, KeptShare, StillNorms
from trainer.fine_tuning.layers import hold_first
from trainer.imported import Start, names_run, read_start
from trainer.last_layer import LastLayerFirst, check_alone, is_first, renew_last_layer
from trainer.optim import Shards, make_optimiser, make_scaler
from trainer.quickest import Quickened, quicken
from trainer.recogniser import Recogniser, compiled, make_backbone, make_head, spread
from trainer.sections import FurtherConfig, SpeedConfig
from trainer.weight_average import MovingAverage, meant_for_use


@dataclass(slots=True)
class TrainingState:
    """`model` is called by the loop; it holds `backbone` and `head`. `people` is a digest of their names.

    `mined` holds the triplets (T, 3) mined offline last, `best` is the lowest equal error rate of a validation so far
    and `stale` how many came since. `quick` says how the steps were made fast.
    """

    config: TrainingConfig
    group: Group
    backbone: Backbone
    head: nn.Module
    model: nn.Module
    average: MovingAverage
    optimiser: torch.optim.Optimizer
    scaler: torch.amp.GradScaler
    first: LastLayerFirst
    still: StillNorms
    quick: Quickened
    people: str
    step: int = 0
    best: float = float("inf")
    stale: int = 0
    mined: Tensor = field(default_factory=lambda: torch.empty(0, 3, dtype=torch.int64))

    def save(self, folder: Path, name: str = LAST) -> None:
        """Write a checkpoint. With a sharded head every process writes its part first, then rank 0 makes it count."""
        parts = self.group.size if self.config.head.sharded else 1
        if parts > 1:
            save_checkpoint(folder / part_name(name, self.group.rank, self.step), self._checkpoint())
            wait_for_all(self.group)
        if self.group.leads:
            save_checkpoint(folder / name, self._checkpoint())
        wait_for_all(self.group)
        if parts > 1:
            for old in folder.glob(part_name(name, self.group.rank, "*")):
                if old.name != part_name(name, self.group.rank, self.step):
                    old.unlink()

    def resume(self, folder: Path) -> None:
        """Go on from the last checkpoint of a run with the same configuration."""
        held = load_checkpoint(folder / LAST)
        if self.config.head.sharded and self.group.size > 1:
            held = load_checkpoint(folder / part_name(LAST, self.group.rank, held["step"]))
        if held["config"] != resumable(self.config):
            raise UsageError(
                sentence("The run in {folder} has another configuration.", folder=folder),
                sentence("Begin a new run for the changed one."),
            )
        if held["people"] != self.people:
            raise UsageError(
                sentence("The run in {folder} was of other people.", folder=folder),
                sentence("Begin a new run for the changed faces."),
            )
        self.backbone.load_state_dict(held["backbone"])
        self.head.load_state_dict(held["head"])
        self.average.load_state_dict(held["average"])
        self.optimiser.load_state_dict(held["optimiser"])
        self.scaler.load_state_dict(held["scaler"])
        restore_random(held["random"])
        self.step, self.best, self.stale, self.mined = held["step"], held["best"], held["stale"], held["mined"]

    def shards(self) -> Shards:
        """Return what the processes hold apart: the agents of a sharded head."""
        if not self.config.head.sharded or self.group.size == 1:
            return Shards()
        return Shards(tuple(self.head.parameters()), lambda square: mean_over(square, self.group) * self.group.size)

    def _checkpoint(self) -> Checkpoint:
        return Checkpoint(
            format=FORMAT,
            step=self.step,
            people=self.people,
            config=resumable(self.config),
            backbone=self.backbone.state_dict(),
            average=self.average.state_dict(),
            head=self.head.state_dict(),
            optimiser=self.optimiser.state_dict(),
            scaler=self.scaler.state_dict(),
            mined=self.mined,
            random=random_state(),
            best=self.best,
            stale=self.stale,
        )


def begin(
    config: TrainingConfig, names: Sequence[str], group: Group, companion: Companion | None, start: Start | None = None
) -> TrainingState:
    """Build network, loss and optimiser from the configuration's seed alone, on the group's device.

    `start` is the imported network that the run starts from, if any. On a GPU a few steps are taken to find what makes
    the others fast; nothing that is learnt follows from them.
    """
    check_alone(config, group)
    torch.manual_seed(config.seed)
    further = config.further or FurtherConfig(frozen_norms=False)
    with enough_memory(sentence("the network and its loss on {device}", device=str(group.device))):
        backbone = _network(config, start)
        hold_first(backbone, further.freeze)
        head = make_head(config, backbone, len(names), group)
        reads = backbone.input_size, backbone.channels
        held = HeldToStart(backbone, further.hold, config.precision) if further.hold else None
        recogniser = Recogniser(backbone, head, config.precision, companion, reads, held=held).to(group.device)
        kept = KeptShare(backbone, further.kept) if further.kept < 1 else None
        quick = quicken(recogniser, config, group)
    model = spread(recogniser, group)
    if quick.way.compiled:
        recogniser.backbone = compiled(recogniser.backbone)
    return TrainingState(
        config=config,
        group=group,
        backbone=backbone,
        head=head,
        model=model,
        average=MovingAverage(backbone, config.average, kept),
        optimiser=make_optimiser((backbone, head), config.optimiser),
        scaler=make_scaler(group.device, config.precision),
        first=LastLayerFirst(backbone, config),
        still=StillNorms(recogniser if further.frozen_norms else backbone, every=further.frozen_norms),
        quick=quick,
        people=hashlib.sha256("\n".join(names).encode()).hexdigest(),
    )


def _network(config: TrainingConfig, start: Start | None) -> Backbone:
    """Return the network with the weights that it starts from."""
    backbone = make_backbone(config.model) if start is None else read_start(start)
    named = config.model.start_from
    if named is not None and (start is None or names_run(named)):
        _start_from(backbone, Path(named))
    if is_first(config, 0):
        renew_last_layer(backbone)
    return backbone


def _start_from(backbone: Backbone, run: Path) -> None:
    try:
        backbone.load_state_dict(trained(run).weights)
    except RuntimeError as error:
        raise UsageError(
            sentence("The weights of {folder} do not fit this network.", folder=run),
            sentence("Set model.backbone and model.dimension to that run's."),
        ) from error


@dataclass(frozen=True, slots=True)
class Trained:
    """Weights that are meant for use, and after how many steps they were so."""

    weights: dict[str, Tensor]
    steps: int


def trained(run: Path) -> Trained:
    """Return what a run came to: the best validated weights, else the last; averaged where the run says so."""
    held = load_checkpoint(run / (BEST if (run / BEST).exists() else LAST))
    return Trained(meant_for_use(held["average"], held["backbone"]), held["step"])


def resumable(config: TrainingConfig) -> str:
    """Return the configuration as text, without what a resumed run may change: its length and how it is made fast."""
    text = toml_text(replace(config, speed=SpeedConfig()))
    return "\n".join(line for line in text.splitlines() if not line.startswith("steps = "))


def part_name(name: str, rank: int, step: int | str) -> str:
    """Return the file name of one process's part of a checkpoint."""
    return f"{Path(name).stem}.rank{rank}.step{step}.pt"
