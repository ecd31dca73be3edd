"""What a training run is asked to do: one TOML file, read into frozen dataclasses. Nothing here imports torch."""

from dataclasses import dataclass, field
from pathlib import Path

from trainer.choices import (
    BatchKind,
    CompatibleMethod,
    Compile,
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
    """The network, the length of its embeddings, and optionally what to start from.

    `start_from` names the folder of an earlier run with the same network; or, for the backbone "imported", an embedder
    by its card's name or its ONNX file, whose layers are then trained.
    """

    backbone: str = "mobilefacenet"
    dimension: int = 128
    start_from: str | None = None


@dataclass(frozen=True, slots=True)
class FurtherConfig:
    """How a network that can something already is trained further without forgetting it.

    `freeze` is the share of the layers with weights, from the pixels on, that stay as they are; 1: all but the last.
    With `frozen_norms` batch normalisations keep their statistics. `hold` is the weight of 1 − cosine to the embedding
    at the start (distillation). `kept` is the share of the way from the starting weights that is validated, exported
    and used; the run itself goes on from where it is.
    """

    freeze: float = 0.0
    frozen_norms: bool = True
    hold: float = 0.0
    kept: float = 1.0


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
    (minutes at the start; needs a C++ compiler on the CPU); "auto" tries it on a GPU, in runs that are long enough,
    and keeps it where it is faster (`trainer.quickest`). `tf32` allows convolutions in float32 to be rounded to 10 bits
    on GPUs where that is faster.
    """

    workers: int = -1
    losses_every: int = 20
    compile: Compile = Compile.AUTO
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
class Sections:
    """Everything that a run depends on, besides the faces themselves and the number of processes.

    `average` is the decay of the moving average of the weights (EMA), 0 for none; the average is what is validated
    and exported. `checkpoint_every` counts steps.
    """

    data: DataConfig
    model: ModelConfig = field(default_factory=ModelConfig)
    further: FurtherConfig | None = None
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
