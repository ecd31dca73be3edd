"""The words that a training configuration chooses among. Nothing here imports torch."""

from enum import StrEnum


class SourceKind(StrEnum):
    """Where faces with names come from.

    People's folders of aligned crops or of photos, InsightFace's train.rec, or the named people of a Kinfolk library.
    """

    CROPS = "crops"
    PHOTOS = "photos"
    RECORD = "record"
    LIBRARY = "library"


class NewRecipe(StrEnum):
    """What a new recipe is for: the people of a library, a folder of people's folders, a record file."""

    LIBRARY = "library"
    FOLDER = "folder"
    RECORD = "record"


class SplitChoice(StrEnum):
    """What is held out whole: people, or events (days, occasions) of people who may be learnt from others."""

    PEOPLE = "people"
    EVENTS = "events"


class OptimiserName(StrEnum):
    """How weights follow gradients."""

    SGD = "sgd"
    ADAMW = "adamw"
    ADAGRAD = "adagrad"


class ScheduleName(StrEnum):
    """How the learning rate falls after the warm-up."""

    CONSTANT = "constant"
    STEP = "step"
    COSINE = "cosine"
    POLY = "poly"


class Precision(StrEnum):
    """In what the backbone computes; the loss is always computed in float32."""

    FLOAT32 = "float32"
    BF16 = "bf16"
    FP16 = "fp16"


class Compile(StrEnum):
    """Whether torch translates the network: where a measurement says that it pays, always, never."""

    AUTO = "auto"
    ON = "on"
    OFF = "off"


class BatchKind(StrEnum):
    """How a batch is drawn."""

    PEOPLE = "people"
    SHUFFLED = "shuffled"
    FACENET = "facenet"


class MiningChoice(StrEnum):
    """Which negatives are mined offline."""

    SEMI_HARD = "semihard"
    HARDEST = "hardest"


class CompatibleMethod(StrEnum):
    """What pulls new embeddings towards the space of an old model."""

    TRIPLETS = "triplets"
    AGENTS = "agents"
    BOTH = "both"
