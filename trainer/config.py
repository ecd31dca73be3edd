"""What a training run is asked to do: one TOML file, read into frozen dataclasses. Nothing here imports torch."""

from dataclasses import dataclass, field
from pathlib import Path

from engine.errors import UsageError
from trainer.choices import (
    BatchKind,
    CompatibleMethod,
    MiningChoice,
    OptimiserName,
    Precision,
    ScheduleName,
    SourceKind,
    SplitChoice,
)
from trainer.data.shared_people import LEAST_LIKENESS

Options = dict[str, object]
"""Options of a loss or an augmentation as TOML writes them; whoever takes them checks them."""


@dataclass(frozen=True, slots=True)
class DataConfig:
    """The faces to learn from, and those kept away from training for validation.

    `path` is a folder of people's folders, a train.rec, or for the kind "library" a library.sqlite or its data folder.
    `held_out` is the share of people kept away, whole; with `split` "events" the share of events (days, occasions), so
    that held-out people are mostly learnt too: validation then says how well they are known again, not strangers.
    People of the set `test` are taken out by name; with `overlap_model`, a card's name, also those whose mean
    embedding by that model has a cosine of `overlap_likeness` or more with a person's of the test set. Its default was
    measured with SFace. `augmentation` holds options of `trainer.data.augment`.
    """

    path: Path
    kind: SourceKind = SourceKind.CROPS
    held_out: float = 0.1
    split: SplitChoice = SplitChoice.PEOPLE
    test: Path | None = None
    test_kind: SourceKind = SourceKind.CROPS
    overlap_model: str = ""
    overlap_likeness: float = LEAST_LIKENESS
    augmentation: Options = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ModelConfig:
    """The network, the length of its embeddings, and optionally weights of an earlier run to start from."""

    backbone: str = "mobilefacenet"
    dimension: int = 128
    start_from: Path | None = None


@dataclass(frozen=True, slots=True)
class LossConfig:
    """A key of `trainer.losses.LOSSES` and the options of that loss."""

    name: str = "arcface"
    options: Options = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BatchConfig:
    """A batch over all processes of the run together.

    "people": `faces` faces of each of `people` people; "shuffled": people × faces faces of anybody, each once an epoch;
    "facenet": as "people" where they have so many, and `negatives` faces of others.
    """

    kind: BatchKind = BatchKind.PEOPLE
    people: int = 16
    faces: int = 4
    negatives: int = 0


@dataclass(frozen=True, slots=True)
class MiningConfig:
    """Offline mining (FaceNet, section 3.2): every `every` steps triplets are picked from all training faces.

    They take the place of `batch`: a batch is then of people × faces faces, a third of them anchors. Every 0: never.
    """

    every: int = 0
    choice: MiningChoice = MiningChoice.SEMI_HARD
    margin: float = 0.2
    subset: int = 20_000


@dataclass(frozen=True, slots=True)
class OptimiserConfig:
    """`learning_rate` is the highest one; `clip` is the largest norm of all gradients together, 0 for no clipping."""

    name: OptimiserName = OptimiserName.SGD
    learning_rate: float = 0.1
    momentum: float = 0.9
    weight_decay: float = 5e-4
    clip: float = 5.0


@dataclass(frozen=True, slots=True)
class ScheduleConfig:
    """`warm_up` steps rise linearly from 0; `milestones` (steps) and `factor` serve `step`, `power` serves `poly`."""

    name: ScheduleName = ScheduleName.COSINE
    warm_up: int = 0
    milestones: tuple[int, ...] = ()
    factor: float = 0.1
    power: float = 2.0


@dataclass(frozen=True, slots=True)
class ValidationConfig:
    """Every `every` steps the held-out people are verified; `patience` checks without a gain end the run, 0 never."""

    every: int = 500
    patience: int = 0


@dataclass(frozen=True, slots=True)
class HeadConfig:
    """Class-sharded head over the processes of one run; `sampling_rate` is the share of negative classes per step."""

    sharded: bool = False
    sampling_rate: float = 1.0


@dataclass(frozen=True, slots=True)
class SpeedConfig:
    """How a run is made fast. It changes no batch, so a run that is resumed may have it otherwise.

    `workers` processes read crops, −1 for what suits the machine, 0 for threads of the training process. Every
    `losses_every` steps figures are read from a GPU, which waits for it. `compile` lets torch translate the network
    (minutes at the start; needs a C++ compiler on the CPU). `tf32` rounds convolutions in float32 to 10 bits on GPUs
    that can.
    """

    workers: int = -1
    losses_every: int = 20
    compile: bool = False
    tf32: bool = True


@dataclass(frozen=True, slots=True)
class CompatibleConfig:
    """An older model, a run's folder or a card's name, with whose embeddings the new ones stay comparable.

    Its term is added to the loss `weight` times; `margin` is the triplets', on squared distances. For the first
    `last_layer_first` steps the last layer alone is trained, from new weights: FaceNet's way from one network to the
    next, for which `model.start_from` names weights worth keeping.
    """

    model: str
    method: CompatibleMethod = CompatibleMethod.BOTH
    weight: float = 1.0
    margin: float = 0.2
    last_layer_first: int = 0


@dataclass(frozen=True, slots=True)
class TrainingConfig:
    """Everything that a run depends on, besides the faces themselves and the number of processes.

    `average` is the decay of the moving average of the weights (EMA), 0 for none; the average is what is validated
    and exported. `checkpoint_every` counts steps.
    """

    data: DataConfig
    model: ModelConfig = field(default_factory=ModelConfig)
    loss: LossConfig = field(default_factory=LossConfig)
    batch: BatchConfig = field(default_factory=BatchConfig)
    mining: MiningConfig = field(default_factory=MiningConfig)
    optimiser: OptimiserConfig = field(default_factory=OptimiserConfig)
    schedule: ScheduleConfig = field(default_factory=ScheduleConfig)
    validation: ValidationConfig = field(default_factory=ValidationConfig)
    head: HeadConfig = field(default_factory=HeadConfig)
    compatible: CompatibleConfig | None = None
    speed: SpeedConfig = field(default_factory=SpeedConfig)
    seed: int = 0
    steps: int = 10_000
    precision: Precision = Precision.FLOAT32
    average: float = 0.0
    checkpoint_every: int = 1_000

    def __post_init__(self) -> None:
        for key, good, needed in _ranges(self):
            if not good:
                raise UsageError(f"The setting '{key}' is out of range.", f"It has to be {needed}.")


def _ranges(config: TrainingConfig) -> list[tuple[str, bool, str]]:
    """Return (key, whether it is in range, the range) of every number."""
    data, optimiser, schedule, batch = config.data, config.optimiser, config.schedule, config.batch
    return [
        ("data.held_out", 0 <= data.held_out < 1, "from 0 to below 1"),
        ("data.overlap_model", data.test is not None or not data.overlap_model, "empty unless data.test names a set"),
        ("data.overlap_likeness", 0 < data.overlap_likeness <= 1, "above 0, at most 1"),
        ("model.dimension", config.model.dimension > 0, "positive"),
        ("batch.people", batch.people > 0, "positive"),
        ("batch.faces", batch.faces > 0, "positive"),
        ("batch.negatives", batch.negatives >= 0, "0 or more"),
        ("batch.negatives", batch.kind is BatchKind.FACENET or batch.negatives == 0, "0 unless batch.kind is facenet"),
        ("mining.every", config.mining.every >= 0, "0 (never) or more"),
        ("mining.margin", config.mining.margin > 0, "positive"),
        ("mining.subset", config.mining.subset >= 3, "3 or more"),
        ("optimiser.learning_rate", optimiser.learning_rate > 0, "positive"),
        ("optimiser.momentum", 0 <= optimiser.momentum < 1, "from 0 to below 1"),
        ("optimiser.weight_decay", optimiser.weight_decay >= 0, "0 or more"),
        ("optimiser.clip", optimiser.clip >= 0, "0 (no clipping) or more"),
        ("schedule.warm_up", 0 <= schedule.warm_up <= config.steps, "from 0 to the number of steps"),
        ("schedule.milestones", sorted(schedule.milestones) == [*schedule.milestones], "rising"),
        ("schedule.factor", 0 < schedule.factor <= 1, "above 0, at most 1"),
        ("schedule.power", schedule.power > 0, "positive"),
        ("validation.every", config.validation.every > 0, "positive"),
        ("validation.patience", config.validation.patience >= 0, "0 (never) or more"),
        ("head.sampling_rate", 0 < config.head.sampling_rate <= 1, "above 0, at most 1"),
        ("compatible.weight", config.compatible is None or config.compatible.weight > 0, "positive"),
        ("compatible.margin", config.compatible is None or config.compatible.margin > 0, "positive"),
        ("compatible.last_layer_first", _may_be_first(config), "0 or more, and 0 unless model.start_from names a run"),
        ("speed.workers", -1 <= config.speed.workers <= 256, "from -1 (what suits the machine) to 256"),
        ("speed.losses_every", 1 <= config.speed.losses_every <= 10_000, "from 1 to 10,000"),
        ("steps", config.steps > 0, "positive"),
        ("average", 0 <= config.average < 1, "from 0 (none) to below 1"),
        ("checkpoint_every", config.checkpoint_every > 0, "positive"),
    ]


def _may_be_first(config: TrainingConfig) -> bool:
    first = 0 if config.compatible is None else config.compatible.last_layer_first
    return first == 0 or (first > 0 and config.model.start_from is not None)
