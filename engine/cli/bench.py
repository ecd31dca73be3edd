"""`kinfolk models bench`: how fast models run here, by what."""

import argparse

from engine.cli.codes import YES
from engine.cli.opening import open_library, places_of, settings_of
from engine.cli.output import put_json, put_table, say
from engine.models.card import ModelCard
from engine.models.catalog import Catalog
from engine.models.runtimes.trying import Tried
from engine.words import fill, sentence
from engine.workflows.embedding.in_use import cards_in_use
from engine.workflows.models.benching import Bench, bench

HEAD = (
    sentence("MODEL"),
    sentence("RUNTIME"),
    sentence("DEVICE"),
    sentence("PRECISION"),
    sentence("PER SECOND"),
    sentence("AGREEMENT"),
    sentence("USED"),
    sentence("FAILURE"),
)


def run(arguments: argparse.Namespace) -> int:
    """Measure every way of running the models, print it, and keep it: the fastest that agrees is used from now on."""
    places, settings = places_of(arguments), settings_of(arguments)
    catalog = Catalog(places.models)
    found = []
    for card in _cards(arguments, catalog):
        say(sentence("Measuring {model}; this takes a few seconds …", model=card.name))
        found.append(bench(card, catalog.folder, settings.running))
    if arguments.json:
        put_json([_as_json(one, tried) for one in found for tried in one.tried])
        return 0
    rows = [_row(one, tried) for one in found for tried in one.tried]
    put_table(HEAD, rows)
    return 0


def _cards(arguments: argparse.Namespace, catalog: Catalog) -> list[ModelCard]:
    if arguments.names:
        return [catalog.card(name) for name in arguments.names]
    if not places_of(arguments).library.exists():
        return catalog.defaults()
    with open_library(arguments) as library:
        return list(cards_in_use(library, catalog, settings_of(arguments)))


def _as_json(found: Bench, tried: Tried) -> dict[str, object]:
    way = tried.way
    return {
        "model": found.model,
        "runtime": way.runtime,
        "device": way.device,
        "precision": way.precision,
        "per_second": round(tried.per_second, 2),
        "agreement": round(tried.agreement, 6),
        "used": way == found.way,
        "failure": tried.failure,
    }


def _row(found: Bench, tried: Tried) -> tuple[object, ...]:
    way, used = tried.way, YES if tried.way == found.way else ""
    figures = (
        ("", "")
        if tried.failure
        else (fill("{speed:.1f}", speed=tried.per_second), fill("{share:.5f}", share=tried.agreement))
    )
    return found.model, way.runtime, way.device, way.precision, *figures, used, tried.failure
