"""Within which bounds the numbers of a training configuration lie. Nothing here imports torch."""

from engine.words import sentence
from trainer.choices import BatchKind
from trainer.sections import Sections

IMPORTED = "imported"
"""The backbone of a run that starts from an imported network."""

_FIRST = sentence("0 or more, and 0 unless model.start_from names a run of a network of ours")


def ranges(config: Sections) -> list[tuple[str, bool, str]]:
    """Return (key, whether it is in range, the range) of every number."""
    data, optimiser, schedule, batch = config.data, config.optimiser, config.schedule, config.batch
    return [
        *_starting_ranges(config),
        ("data.held_out", 0 <= data.held_out < 1, sentence("from 0 to below 1")),
        (
            "data.overlap_model",
            data.test is not None or not data.overlap_model,
            sentence("empty unless data.test names a set"),
        ),
        ("data.overlap_likeness", 0 < data.overlap_likeness <= 1, sentence("above 0, at most 1")),
        ("model.dimension", config.model.dimension > 0, sentence("positive")),
        ("batch.people", batch.people > 0, sentence("positive")),
        ("batch.faces", batch.faces > 0, sentence("positive")),
        ("batch.negatives", batch.negatives >= 0, sentence("0 or more")),
        (
            "batch.negatives",
            batch.kind is BatchKind.FACENET or batch.negatives == 0,
            sentence("0 unless batch.kind is facenet"),
        ),
        ("mining.every", config.mining.every >= 0, sentence("0 (never) or more")),
        ("mining.margin", config.mining.margin > 0, sentence("positive")),
        ("mining.subset", config.mining.subset >= 3, sentence("3 or more")),
        ("optimiser.learning_rate", optimiser.learning_rate > 0, sentence("positive")),
        ("optimiser.momentum", 0 <= optimiser.momentum < 1, sentence("from 0 to below 1")),
        ("optimiser.weight_decay", optimiser.weight_decay >= 0, sentence("0 or more")),
        ("optimiser.clip", optimiser.clip >= 0, sentence("0 (no clipping) or more")),
        ("schedule.warm_up", 0 <= schedule.warm_up <= config.steps, sentence("from 0 to the number of steps")),
        ("schedule.milestones", sorted(schedule.milestones) == [*schedule.milestones], sentence("rising")),
        ("schedule.factor", 0 < schedule.factor <= 1, sentence("above 0, at most 1")),
        ("schedule.power", schedule.power > 0, sentence("positive")),
        ("validation.every", config.validation.every > 0, sentence("positive")),
        ("validation.patience", config.validation.patience >= 0, sentence("0 (never) or more")),
        ("head.sampling_rate", 0 < config.head.sampling_rate <= 1, sentence("above 0, at most 1")),
        ("compatible.weight", config.compatible is None or config.compatible.weight > 0, sentence("positive")),
        ("compatible.margin", config.compatible is None or config.compatible.margin > 0, sentence("positive")),
        ("compatible.last_layer_first", _may_be_first(config), _FIRST),
        ("speed.workers", -1 <= config.speed.workers <= 256, sentence("from -1 (what suits the machine) to 256")),
        ("speed.losses_every", 1 <= config.speed.losses_every <= 10_000, sentence("from 1 to 10,000")),
        ("steps", config.steps > 0, sentence("positive")),
        ("average", 0 <= config.average < 1, sentence("from 0 (none) to below 1")),
        ("checkpoint_every", config.checkpoint_every > 0, sentence("positive")),
    ]


def _starting_ranges(config: Sections) -> list[tuple[str, bool, str]]:
    """Return the same of what the run starts from."""
    start, imported = config.model.start_from, config.model.backbone == IMPORTED
    named = sentence("the name or the ONNX file of a model where model.backbone is imported")
    found: list[tuple[str, bool, str]] = [("model.start_from", bool(start) or (start is None and not imported), named)]
    further = config.further
    if further is None:
        return found
    mixed = sentence("true where further.kept is below 1: averaged weights have no statistics of their own")
    return [
        *found,
        ("further", start is not None, sentence("left out unless model.start_from names what to train further")),
        ("further.freeze", 0 <= further.freeze <= 1, sentence("from 0 (all layers learn) to 1 (the last alone)")),
        (
            "further.frozen_norms",
            further.frozen_norms or not imported,
            sentence("true where model.backbone is imported"),
        ),
        ("further.frozen_norms", further.frozen_norms or further.kept == 1, mixed),
        ("further.hold", further.hold >= 0, sentence("0 (none) or more")),
        ("further.kept", 0 < further.kept <= 1, sentence("above 0, at most 1 (all of what was learnt)")),
    ]


def _may_be_first(config: Sections) -> bool:
    first = 0 if config.compatible is None else config.compatible.last_layer_first
    ours = config.model.start_from is not None and config.model.backbone != IMPORTED
    return first == 0 or (first > 0 and ours)
