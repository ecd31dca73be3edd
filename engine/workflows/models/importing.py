"""Importing a model: what its file is, how it reads pixels, and a card that says so. Nothing half-done is left."""

import hashlib
import shutil
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

import numpy as np

from engine.errors import ModelError, UsageError
from engine.faces.detect import open_detector
from engine.faces.reading import open_reader
from engine.library.library import Library
from engine.library.models import embedder_name
from engine.models.card import Crop, Decoder, InputSpec, ModelCard, ModelKind
from engine.models.catalog import DEFAULT_EMBEDDER, Catalog, ModelState, file_state
from engine.models.conversion import Converted, convert
from engine.models.drafts import draft_folder, keep_draft
from engine.models.graph_facts import GraphFacts, graph_facts
from engine.models.import_sources import (
    INSIGHTFACE_LICENCE,
    ModelSource,
    attributes_input,
    import_sources,
    insightface_input,
)
from engine.models.runtimes.protocol import GraphError
from engine.progress import Progress, Workflow
from engine.words import following, sentence
from engine.workflows.models.preprocessing import Finding, examples_of, find_preprocessing

UNSTATED = "not stated"
LOOK = 320
"""Pixels of the blank picture with which a detector is tried."""


@dataclass(frozen=True, slots=True)
class Imported:
    """A model in the catalog, how it was found to read pixels, and what else to say; `in_use`: of the library here."""

    card: ModelCard
    finding: Finding | None = None
    note: str = ""
    in_use: bool = False


@dataclass(frozen=True, slots=True)
class ImportSummary:
    """What was imported, and a sentence for each file of a folder that was left out."""

    models: tuple[Imported, ...]
    left_out: tuple[str, ...] = ()


def import_models(
    library: Library, models: Path, path: Path, name: str | None = None, licence: str | None = None
) -> Workflow[ImportSummary]:
    """Import a model file, a run's folder or a pack of files into the folder `models`.

    Each is tried before it is kept: its graph is opened and run, and where it is not known how it reads pixels, that is
    found on faces of the library. A file that a card describes already is put into that card's place, and one that was
    imported before is measured anew, unless it is to have a name of its own. The name of a model whose file is gone is
    free again. Of a folder, files that are no models of Kinfolk's are left out. Raises UsageError for a name that is
    taken and for another licence than the card's that a file is put in place for, ModelError for a file that cannot be
    used.
    """
    sources, catalog = import_sources(path, name), Catalog(models)
    before = _described(catalog, sources) if name is None else None
    if before is not None and (catalog.ships(before.name) or catalog.state(before) is not ModelState.READY):
        return ImportSummary((_placed(library, catalog, before, sources[0], licence),))
    if before is not None:
        return ImportSummary(((yield from _measured_again(library, catalog, before, sources[0], licence)),))
    lost = _lost(catalog)
    taken = {card.name for card in catalog.cards()} - lost.keys()
    for source in sources:
        if source.name in taken or (models / f"{source.name}.onnx").exists():
            raise UsageError(
                sentence("There is a model named '{name}' already.", name=source.name),
                sentence("Choose another --name."),
            )
    done, left_out = list[Imported](), list[str]()
    for source in sources:
        try:
            done.append((yield from _import_one(library, models, source, licence, lost.get(source.name))))
        except ModelError as error:
            if len(sources) == 1:
                raise
            left_out.append(error.message)
    if not done:
        raise ModelError(sentence("{path} holds no model that Kinfolk can use.", path=path), following(*left_out))
    return ImportSummary(tuple(done), tuple(left_out))


def _described(catalog: Catalog, sources: list[ModelSource]) -> ModelCard | None:
    """Return the card that describes the one file that is to be imported, one whose file lacks first; None for none.

    What was learnt is never measured anew.
    """
    if len(sources) != 1 or not sources[0].path.is_file():
        return None
    path = sources[0].path
    alike = [card for card in catalog.cards() if not card.base and file_state(card, path) is ModelState.READY]
    lacking = (card for card in alike if catalog.state(card) is not ModelState.READY)
    return next(chain(lacking, (card for card in alike if card.learned is None)), None)


def _lost(catalog: Catalog) -> dict[str, ModelCard]:
    """Return the user's own models whose file is gone, by name: what is imported under such a name takes that place."""
    own = (card for card in catalog.cards() if not card.base and not catalog.ships(card.name))
    return {card.name: card for card in own if catalog.state(card) is ModelState.MISSING}


def _used(library: Library, catalog: Catalog) -> set[str]:
    """Return the names of the model whose vectors are compared and of the one that makes them."""
    used = embedder_name(library) or DEFAULT_EMBEDDER
    return {used, *(card.base for card in catalog.cards() if card.name == used)}


def _placed(library: Library, catalog: Catalog, card: ModelCard, source: ModelSource, licence: str | None) -> Imported:
    if catalog.state(card) is ModelState.READY:
        raise UsageError(
            sentence("This file is the model {model}, which is here already.", model=card.name),
            sentence("It is listed as {model}.", model=card.name),
        )
    if licence is not None and licence != card.licence:
        raise UsageError(
            sentence("The licence of {model} is on its card: {licence}.", model=card.name, licence=card.licence),
            sentence("Leave --licence out."),
        )
    with draft_folder(catalog.folder) as draft:
        shutil.copyfile(source.path, draft / card.file)
        (draft / card.file).replace(catalog.path(card))
    said = sentence("This file is known as {model}; how it reads pixels is on its card.", model=card.name)
    return Imported(card, note=said, in_use=card.name in _used(library, catalog))


def _measured_again(
    library: Library, catalog: Catalog, before: ModelCard, source: ModelSource, licence: str | None
) -> Workflow[Imported]:
    """Find out anew how a model reads pixels; where that is as before, its card stays, with what was measured."""
    if before.name in _used(library, catalog):
        raise UsageError(
            sentence("The model {name} is in use.", name=before.name),
            sentence("Use another one first: kinfolk models use NAME"),
        )
    named = replace(source, name=before.name)
    return (yield from _import_one(library, catalog.folder, named, licence or before.licence, before))


def _import_one(
    library: Library, models: Path, source: ModelSource, licence: str | None, before: ModelCard | None = None
) -> Workflow[Imported]:
    try:
        return (yield from _import_opened(library, models, source, licence, before))
    except GraphError as error:
        # Nothing of it is among the models that could be verified, and no other way to run it is asked for here.
        raise ModelError(error.message, sentence("Choose another file.")) from error


def _import_opened(
    library: Library, models: Path, source: ModelSource, licence: str | None, before: ModelCard | None
) -> Workflow[Imported]:
    yield Progress("import", 0, None, source.name)
    with draft_folder(models) as draft:
        graph = draft / f"{source.name}.onnx"
        converted = _graph(source, graph)
        # What is said of a file names the user's own, never its copy among drafts.
        facts = graph_facts(source.path if converted is None else graph)
        card = _card(source, graph, facts, converted, licence)
        finding = None
        if facts.decoder is Decoder.UNIT and _known_input(source, graph, facts, converted) is None:
            examples = examples_of(library, facts.side)
            finding = yield from find_preprocessing(card, draft, examples)
            card = replace(card, input=finding.best.spec)
        card = _tried(card, draft, facts)
        if before is not None and (card.sha256, card.input) == (before.sha256, before.input):
            card = replace(before, file=card.file, licence=card.licence)
        keep_draft(card, draft, models)
    return Imported(card, finding, converted.note if converted is not None else "")


def _graph(source: ModelSource, graph: Path) -> Converted | None:
    """Put the source's graph into its place; return what its converter says of it, if it needed one."""
    if source.kind != "onnx":
        return convert(source.path, graph, source.kind)
    shutil.copyfile(source.path, graph)
    return None


def _card(
    source: ModelSource, graph: Path, facts: GraphFacts, converted: Converted | None, licence: str | None
) -> ModelCard:
    data = graph.read_bytes()
    given = _known_input(source, graph, facts, converted)
    stated = converted.licence if converted is not None else source.licence
    return ModelCard(
        name=source.name,
        kind=facts.decoder.kind,
        decoder=facts.decoder,
        file=graph.name,
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        licence=licence or stated or UNSTATED,
        origin=converted.origin if converted is not None else f"imported from {source.path.name}",
        input=given or InputSpec(facts.side, facts.side, crop=_first_crop(facts), layout=facts.layout),
        dimension=facts.dimension,
        calibration=converted.calibration if converted is not None else None,
    )


def _known_input(source: ModelSource, graph: Path, facts: GraphFacts, converted: Converted | None) -> InputSpec | None:
    """Return how the model reads pixels where that is known: a detector's, a converter's, or InsightFace's way."""
    if facts.decoder is Decoder.GENDERAGE:
        return attributes_input(normalises=_normalises(graph))
    if facts.decoder is not Decoder.UNIT:
        return facts.detector_input
    if converted is not None:
        return converted.input
    if source.licence == INSIGHTFACE_LICENCE:
        return insightface_input(facts.side, normalises=_normalises(graph))
    return None


def _normalises(graph: Path) -> bool:
    """Say whether a graph begins by subtracting and multiplying, as InsightFace looks for in the first eight nodes."""
    import onnx

    first = [node.name for node in onnx.load(graph).graph.node[:8]]
    if "bn_data" in first[:3]:
        return True
    return any(name.startswith(("Sub", "_minus")) for name in first) and any(
        name.startswith(("Mul", "_mul")) for name in first
    )


def _first_crop(facts: GraphFacts) -> Crop:
    return Crop.BOX_160 if facts.side == Crop.BOX_160.side else Crop.ARCFACE_112


def _tried(card: ModelCard, folder: Path, facts: GraphFacts) -> ModelCard:
    """Run the model once and return its card.

    A detector that can only be run at the size that its file states is given that. Raises ModelError where the model
    cannot be run or gives what its card does not say.
    """
    if facts.decoder.kind is not ModelKind.DETECTOR:
        shaded = np.linspace(0, 255, card.input.width, dtype=np.uint8)
        blank = np.broadcast_to(shaded[None, None, :, None], (3, card.input.height, card.input.width, 3)).copy()
        open_reader(card, folder).read(blank)
        return card
    blank = np.zeros((LOOK, LOOK, 3), np.uint8)
    try:
        open_detector(card, folder).detect(blank)
    except ModelError:
        width, height = facts.stated
        if not (width and height):
            raise
        card = replace(card, input=replace(card.input, width=width, height=height))
        open_detector(card, folder).detect(blank)
    return card
