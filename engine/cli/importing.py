"""`kinfolk models import`: a model of one's own, from a file or a folder."""

import argparse

from engine.cli.codes import MODEL_KINDS
from engine.cli.display import open_display
from engine.cli.opening import open_library, places_of
from engine.cli.output import put_json, say
from engine.cli.running import run_workflow
from engine.models.card import InputSpec, ModelKind, Normalise
from engine.models.import_sources import INSIGHTFACE_LICENCE, slug
from engine.models.insightface_packs import pack_named
from engine.paths import real_path
from engine.scan.quiet_decoders import quiet_libraries
from engine.words import Sentence, sentence
from engine.workflows.models.importing import Imported, import_models
from engine.workflows.models.packs import NOTICE, check_fetching, import_pack
from engine.workflows.models.preprocessing import Finding


def run(arguments: argparse.Namespace) -> int:
    """Import, and say how each model was found to read pixels and what to do next."""
    name = slug(arguments.name) if arguments.name else None
    models, pack = places_of(arguments).models, pack_named(arguments.path)
    if pack is not None:
        check_fetching(pack, agreed=arguments.yes)
    with open_library(arguments) as library, quiet_libraries():
        if pack is not None:
            steps = import_pack(library, models, pack, name, arguments.licence)
        else:
            steps = import_models(library, models, real_path(arguments.path), name, arguments.licence)
        summary = run_workflow(steps, open_display())
    for imported in summary.models:
        _tell(imported)
    for reason in summary.left_out:
        say(sentence("Left out: {reason}", reason=reason))
    if arguments.json:
        put_json([_row(imported) for imported in summary.models])
    return 0


def _tell(imported: Imported) -> None:
    card = imported.card
    say(
        sentence(
            "Imported {model}: {kind}, {size:.1f} MB, licence: {licence}.",
            model=card.name,
            kind=MODEL_KINDS[card.kind],
            size=card.size / 1e6,
            licence=card.licence,
        )
    )
    if card.licence == INSIGHTFACE_LICENCE:
        say(NOTICE)
    if imported.finding is not None:
        _tell_finding(imported.finding)
    if imported.note:
        say(imported.note)
    if imported.in_use:
        return
    if card.kind is not ModelKind.DETECTOR:
        say(sentence("To use it: {command}", command=f"kinfolk models use {card.name}"))
    else:
        line = f'detector = "{card.name}"'
        say(sentence("To use it, add {line} to the settings, or choose it in the window.", line=line))


def _tell_finding(found: Finding) -> None:
    say(sentence("It was tried on {basis}.", basis=found.basis.words))
    say(
        sentence(
            "Best: {way}; equal error rate {rate:.2%}, d' {apart:.2f}.",
            way=worded(found.best.spec),
            rate=found.best.error,
            apart=found.best.apart,
        )
    )
    say(
        sentence(
            "Second best: {way}; equal error rate {rate:.2%}, d' {apart:.2f}.",
            way=worded(found.next.spec),
            rate=found.next.error,
            apart=found.next.apart,
        )
    )
    if not found.sure:
        say(sentence("This is too close to be sure."))
        say(sentence("Confirm faces of more people, and import the file again."))


def worded(spec: InputSpec) -> Sentence:
    """Return how pixels are read in a few words."""
    if spec.normalise is Normalise.PER_IMAGE:
        return sentence(
            "{order}, each image by its own mean and deviation, crop {crop}", order=spec.order, crop=spec.crop
        )
    return sentence(
        "{order}, (v − {mean:g}) / {deviation:g}, crop {crop}",
        order=spec.order,
        mean=spec.mean[0],
        deviation=spec.deviation[0],
        crop=spec.crop,
    )


def _row(imported: Imported) -> dict[str, object]:
    card, found = imported.card, imported.finding
    return {
        "name": card.name,
        "kind": card.kind,
        "dimension": card.dimension,
        "licence": card.licence,
        "order": card.input.order,
        "mean": list(card.input.mean),
        "deviation": list(card.input.deviation),
        "normalise": card.input.normalise,
        "crop": card.input.crop,
        "error": round(found.best.error, 5) if found else None,
        "next_error": round(found.next.error, 5) if found else None,
        "sure": found.sure if found else True,
    }
