"""An imported embedder as a network of ours: a run starts from its layers, and is exported and used as others are.

A run keeps the graph and its card in its folder, so that it needs the model no more.
"""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn

from engine.errors import UsageError
from engine.models.card import (
    ColourOrder,
    Crop,
    InputSpec,
    Layout,
    ModelCard,
    ModelKind,
    Normalise,
    load_card,
    write_card,
)
from engine.models.catalog import Catalog, ModelState, file_state
from engine.models.fetch import fetch
from engine.models.prepare import prepare
from engine.progress import Workflow
from engine.words import sentence
from trainer.backbones import Backbone
from trainer.checkpoint import LAST
from trainer.data.faces import CROP_SIDE
from trainer.onnx_module import check_module, read_onnx
from trainer.preprocess import DEVIATION, MEAN
from trainer.ranges import IMPORTED
from trainer.sections import ModelConfig

FOLDER, GRAPH, CARD = "start", "network.onnx", "card.toml"
"""Where a run's folder holds what it started from."""


@dataclass(frozen=True, slots=True)
class Start:
    """An imported network's graph, and the card that says how it reads pixels."""

    graph: Path
    card: ModelCard

    def keep(self, run: Path) -> None:
        """Put both into a run's folder; nothing where they lie there."""
        kept = run / FOLDER
        if self.graph == kept / GRAPH:
            return
        kept.mkdir(parents=True, exist_ok=True)
        write_card(self.card, kept / CARD)
        shutil.copyfile(self.graph, kept / GRAPH)


class Rows(nn.Module):
    """A network as rows of embeddings (n, d) of tensors (n, 3, side, side), whatever layout the file asks for."""

    def __init__(self, network: nn.Module, layout: Layout) -> None:
        super().__init__()
        self.network = network
        self._turned = layout is Layout.NHWC

    def forward(self, tensor: Tensor) -> Tensor:
        """Return embeddings (n, d), not normalised."""
        found: Tensor = self.network(tensor.permute(0, 2, 3, 1) if self._turned else tensor)
        return found.flatten(1)


class Imported(Backbone):
    """Pixels as `preprocess.pixels_of` leaves them, brought to what the card asks for, through the imported layers.

    Batch normalisations keep the file's statistics. A card's `flip` is left to whoever embeds.
    """

    input_size = CROP_SIDE

    def __init__(self, network: nn.Module, card: ModelCard) -> None:
        super().__init__(card.dimension)
        self.rows = Rows(network, card.input.layout)
        # One convolution of 1 × 1 orders and scales: an operator that every reader of the exported graph knows.
        weight, bias = _reading(card.input)
        self.register_buffer("weight", weight)
        self.register_buffer("bias", bias)
        self._whitened = card.input.normalise is Normalise.PER_IMAGE

    def forward(self, crops: Tensor) -> Tensor:
        """Return embeddings (B, dim) of pixels (B, 3, 112, 112) float, about −1 to 1."""
        read = nn.functional.conv2d(crops, self.get_buffer("weight"), self.get_buffer("bias"))
        if self._whitened:
            axes = (1, 2, 3)
            deviation = read.std(axes, correction=0, keepdim=True)
            least = (read.shape[1] * read.shape[2] * read.shape[3]) ** -0.5
            read = (read - read.mean(axes, keepdim=True)) / deviation.clamp_min(least)
        embeddings: Tensor = self.rows(read)
        return embeddings


def _reading(spec: InputSpec) -> tuple[Tensor, Tensor]:
    """Return the weight (3, 3, 1, 1) and the bias (3,) that turn our pixels, in RGB, into the card's channels."""
    whitened = spec.normalise is Normalise.PER_IMAGE
    mean = torch.tensor((0.0,) * 3 if whitened else spec.mean, dtype=torch.float64)
    deviation = torch.tensor((1.0,) * 3 if whitened else spec.deviation, dtype=torch.float64)
    order = [2, 1, 0] if spec.order is ColourOrder.BGR else [0, 1, 2]
    weight = torch.eye(3, dtype=torch.float64)[order] * (DEVIATION / deviation)[:, None]
    return weight[:, :, None, None].float(), ((MEAN - mean) / deviation).float()


def read_start(start: Start) -> Imported:
    """Return the network, its weights those of the file; a ModelError says why it cannot be trained further."""
    module = read_onnx(start.graph)
    check_module(module, start.graph)
    return Imported(module, start.card)


def kept_start(run: Path) -> Start | None:
    """Return what a run's folder holds of an imported start."""
    kept = run / FOLDER
    return Start(kept / GRAPH, load_card(kept / CARD)) if (kept / GRAPH).is_file() else None


def names_run(start_from: str) -> bool:
    """Say whether a run's folder is named, be it gone since, and not a model or a file."""
    path = Path(start_from)
    return path.is_absolute() and path.suffix.lower() not in {".onnx", ".h5"}


def find_start(config: ModelConfig, run: Path, models: Path) -> Workflow[Start | None]:
    """Return the imported network that the run in the folder `run` starts from, fetched where need be; None for ours.

    Raises UsageError where `start_from` names nothing that a run can start from, or the network is another one.
    """
    if config.start_from is None:
        return None
    # What an earlier run left that never came to a checkpoint is not this run's start.
    start = kept_start(run) if (run / LAST).exists() else None
    if start is None and names_run(config.start_from):
        if not Path(config.start_from).is_dir():
            raise UsageError(
                sentence("There is no run {path}.", path=str(config.start_from)),
                sentence("Correct model.start_from."),
            )
        start = kept_start(Path(config.start_from))
    elif start is None:
        start = yield from _from_models(config.start_from, Catalog(models))
    _check_network(config, start)
    return start


def _from_models(named: str, catalog: Catalog) -> Workflow[Start]:
    card, path = _card(named, catalog), Path(named)
    _check_card(card)
    onnx = card.file.endswith(".onnx")
    if onnx and path.is_file():
        return Start(path, card)
    yield from fetch(card, catalog.folder)
    return Start(catalog.path(card) if onnx else prepare(card, catalog.folder), card)


def _card(named: str, catalog: Catalog) -> ModelCard:
    """Return the card of a model's name, or of its file."""
    path = Path(named)
    cards = catalog.cards()
    if not path.is_file():
        if all(card.name != named for card in cards):
            known = ", ".join(sorted(card.name for card in cards if card.kind is ModelKind.EMBEDDER))
            raise UsageError(
                sentence("model.start_from is {model}: there is no such run, file or model.", model=named),
                sentence("Known models: {known}.", known=known),
            )
        return catalog.card(named)
    card = _of_file(path, cards)
    if card is None:
        hint = sentence("Import it first: kinfolk models import {path}", path=path)
        raise UsageError(sentence("No model card says how {path} reads a face.", path=path.name), hint)
    return card


def _of_file(path: Path, cards: Sequence[ModelCard]) -> ModelCard | None:
    alike = (card for card in cards if not card.base and card.kind is ModelKind.EMBEDDER)
    return next((card for card in alike if file_state(card, path) is ModelState.READY), None)


def _check_card(card: ModelCard) -> None:
    if card.kind is not ModelKind.EMBEDDER:
        raise UsageError(
            sentence("The model {model} is not an embedder.", model=card.name),
            sentence("Name an embedder."),
        )
    if card.base:
        message = sentence(
            "The model {model} is a map on the vectors of {base} and not a network of its own.",
            model=card.name,
            base=card.base,
        )
        raise UsageError(message, sentence("Start from {base}.", base=card.base))
    if card.input.crop is not Crop.ARCFACE_112:
        message = sentence(
            "The model {model} is shown {crop} crops, and a run learns from arcface112 ones.",
            model=card.name,
            crop=card.input.crop,
        )
        raise UsageError(message, sentence("Train it with `kinfolk learn --level 2`, which cuts the crops it needs."))


def _check_network(config: ModelConfig, start: Start | None) -> None:
    """See to it that the configuration says what network it is."""
    if (start is not None) != (config.backbone == IMPORTED):
        if start is None:
            raise UsageError(
                sentence("{path} is a run of one of Kinfolk's own networks.", path=str(config.start_from)),
                sentence("Name its own model.backbone."),
            )
        raise UsageError(
            sentence("{path} is an imported network.", path=str(config.start_from)),
            sentence('Set model.backbone to "{name}".', name=IMPORTED),
        )
    if start is not None and start.card.dimension != config.dimension:
        raise UsageError(
            sentence(
                "The embeddings of {model} have {dimension} numbers, and not {wanted}.",
                model=start.card.name,
                dimension=start.card.dimension,
                wanted=config.dimension,
            ),
            sentence("Set model.dimension to {dimension}.", dimension=start.card.dimension),
        )
