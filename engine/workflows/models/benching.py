"""How fast each runtime runs a model on this machine, and which one is used."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.errors import UsageError
from engine.faces.detect import detector_trial
from engine.faces.embed import embedder_trial
from engine.models.card import ModelCard, ModelKind
from engine.models.prepare import prepare, prepared
from engine.models.runtimes.choosing import Trial, best, known, measure, settled
from engine.models.runtimes.running import PLAIN_WAY, Running, Way
from engine.models.runtimes.trying import Tried
from engine.words import sentence


@dataclass(frozen=True, slots=True)
class Bench:
    """What was measured of one model: every way, and the one that is used as things are set."""

    model: str
    tried: tuple[Tried, ...]
    way: Way

    def of(self, way: Way) -> Tried | None:
        """Return what a way came to, None where it was not tried."""
        return next((tried for tried in self.tried if tried.way == way), None)


def bench(card: ModelCard, models: Path, running: Running) -> Bench:
    """Measure every way anew and keep what came of it; the model's file must lie in `models`.

    Raises UsageError for a model of a kind that is never measured.
    """
    trial = _trial(card)
    return _bench(card, measure(prepare(card, models), trial).tried, trial, running)


def benched(card: ModelCard, models: Path, running: Running) -> Bench | None:
    """Return what was measured before, None where nothing was; nothing is run for it."""
    graph = prepared(card, models)
    record = known(graph) if graph is not None else None
    return None if record is None else _bench(card, record.tried, _trial(card), running)


def _trial(card: ModelCard) -> Trial:
    if card.kind is ModelKind.ATTRIBUTES:
        raise UsageError(
            sentence("The model {model} is small and always run by onnxruntime.", model=card.name),
            sentence("Name another model."),
        )
    return embedder_trial(card) if card.kind is ModelKind.EMBEDDER else detector_trial(card)


def _bench(card: ModelCard, tried: Sequence[Tried], trial: Trial, running: Running) -> Bench:
    way = settled(running) or best(tried, running, trial.least(running)) or PLAIN_WAY
    return Bench(card.name, tuple(tried), way)
