"""Making a copy of an embedder in eight-bit numbers, which most processors compute faster."""

from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass, replace

import numpy as np

from engine.errors import ModelError, UsageError
from engine.faces.embed import open_embedder
from engine.faces.letterbox import to_tensor
from engine.geometry import Image
from engine.library.library import Library
from engine.library.models import photos_to_embed
from engine.models.card import ModelCard
from engine.models.catalog import Catalog
from engine.models.drafts import card_like, draft_folder, keep_draft
from engine.models.fetch import fetch
from engine.models.prepare import as_published
from engine.models.runtimes.choosing import AGREES_ROUNDED, FASTER
from engine.models.runtimes.eight_bits import WEIGHT_BITS
from engine.models.runtimes.eight_bits_task import quantise_beside
from engine.models.session import PLAIN, Running
from engine.paths import Places
from engine.progress import Progress, Workflow
from engine.settings import Settings
from engine.words import counted, sentence
from engine.workflows.embedding.cutting import CutPhoto, cut_photo
from engine.workflows.models.benching import Bench, bench

MEASURED, HELD_OUT = 200, 100
"""Faces by which the ranges of numbers are set, and others by which the copy is judged; of fewer faces a third."""

LEAST_FACES = 60
"""So many faces are needed in all."""

LEAST_LIKENESS = 0.99
"""The least mean cosine between a face's vectors by the copy and by the model. SFace's copies come to 0.995 and more on
faces like those by which they were made, and tell as many pairs apart; one that was made by the largest values came to
0.989 and told 6 in 1,000 fewer apart (benchmarks/RESULTS.md, Runtimes)."""


@dataclass(frozen=True, slots=True)
class Quantised:
    """A copy that is in the catalogue now: of which model, by how many faces its numbers were set, and its judgement.

    `likeness` is the mean cosine to the model's vectors over `held_out` other faces, `speed` how many times as fast as
    the model it is here.
    """

    card: ModelCard
    model: str
    faces: int
    held_out: int
    likeness: float
    speed: float


def quantise_model(
    library: Library, card: ModelCard, places: Places, settings: Settings, name: str | None = None
) -> Workflow[Quantised]:
    """Make the copy `name` (the model's own with "_int8") of an embedder, by the faces of the library.

    What similarities mean is taken over from the model: two faces are as alike by the copy. Where products of bytes
    overflow here, it is made once more, with weights of seven bits. Nothing is kept where it is not clearly faster
    here, or too unlike. Raises UsageError for a model of which no copy is made and for a name that is taken, ModelError
    where there are too few faces, or the copy is refused.
    """
    name = name or f"{card.name}_int8"
    _check(card, name, Catalog(places.models))
    yield from fetch(card, places.models)
    crops = yield from _crops(library, card)
    measured = min(MEASURED, len(crops) * 2 // 3)
    yield Progress("quantise", 0, None, name)
    with draft_folder(places.models) as draft:
        published = draft / "published.onnx"
        published.write_bytes(as_published(card, places.models))
        graph = draft / f"{name}.onnx"
        samples = [to_tensor(crop[None], card.input) for crop in crops[:measured]]
        for bits in WEIGHT_BITS:
            with closing(quantise_beside(published, graph, samples, weight_bits=bits)) as steps:
                for _ in steps:
                    yield Progress("quantise", 0, None, name)
            copy = _card(card, name, graph.read_bytes(), measured, bits)
            yield Progress("quantise", 1, None, name)
            found = bench(copy, draft, settings.running)
            if not _overflows(found, settings.running):
                break
        speed = _speed(found) / _speed(bench(card, places.models, settings.running))
        if speed < FASTER:
            raise _refused(copy, sentence("here it is {speed:.2f} times as fast", speed=speed))
        yield Progress("quantise", 2, None, name)
        held_out = crops[measured:]
        ours = open_embedder(copy, draft, running=settings.running).embed(held_out)
        likeness = float((ours * open_embedder(card, places.models, running=PLAIN).embed(held_out)).sum(1).mean())
        if likeness < LEAST_LIKENESS:
            raise _refused(copy, sentence("its vectors have a likeness of {likeness:.4f}", likeness=likeness))
        keep_draft(copy, draft, places.models)
    return Quantised(copy, card.name, measured, len(held_out), likeness, speed)


def _check(card: ModelCard, name: str, catalog: Catalog) -> None:
    if card.base or card.quantised:
        raise UsageError(
            sentence("{model} has no network of its own that could be copied.", model=card.name)
            if card.base
            else sentence("{model} computes in eight-bit numbers already.", model=card.name),
            sentence("Name the model {model}.", model=card.base or card.quantised),
        )
    if name in {one.name for one in catalog.cards()} or (catalog.folder / f"{name}.onnx").exists():
        raise UsageError(
            sentence("There is a model named '{name}' already.", name=name),
            sentence("Choose another --name."),
        )


def _crops(library: Library, card: ModelCard) -> Generator[Progress, None, Image]:
    """Return what the model sees of faces of the library, evenly mixed, at most so many as are looked at."""
    photos, wanted = photos_to_embed(library, ""), MEASURED + HELD_OUT
    taken: list[Image] = []
    for place in np.random.default_rng(0).permutation(len(photos)):
        yield Progress("crops", len(taken), wanted, card.name)
        if isinstance(cut := cut_photo(photos[place], card.input.crop), CutPhoto):
            taken.extend(cut.crops)
        if len(taken) >= wanted:
            break
    if len(taken) < LEAST_FACES:
        raise ModelError(
            counted(
                "The photos that can be read show {count:,} face; it takes {least}.",
                "The photos that can be read show {count:,} faces; it takes {least}.",
                count=len(taken),
                least=LEAST_FACES,
            ),
            sentence("Scan more photos first."),
        )
    return np.stack(taken[:wanted])


def _card(card: ModelCard, name: str, data: bytes, faces: int, bits: int) -> ModelCard:
    weights = "" if bits == WEIGHT_BITS[0] else f" with weights of {bits} bits"
    origin = f"made here of {card.name} and {faces} faces, in eight-bit numbers{weights}; {card.origin}"
    return replace(card_like(card, name, data), quantised=card.name, origin=origin)


def _overflows(found: Bench, running: Running) -> bool:
    """Say whether a wanted way would be faster than the one that is used, did it compute the same."""
    least = _speed(found)
    return any(
        not one.failure and running.wants(one.way) and one.per_second > least and one.agreement < AGREES_ROUNDED
        for one in found.tried
    )


def _speed(found: Bench) -> float:
    """Return how many faces a second a thread embeds here, in the way that would be chosen."""
    used = found.of(found.way)
    return used.per_second if used is not None else 0.0


def _refused(copy: ModelCard, reason: str) -> ModelError:
    return ModelError(
        sentence(
            "The copy of {model} in eight-bit numbers was not kept: {reason}.", model=copy.quantised, reason=reason
        ),
        sentence("It helps most processors, by OpenVINO; 'kinfolk models bench' says what runs models here."),
    )
