"""`kinfolk models list | fetch | verify`."""

import argparse

from engine.cli.display import open_display
from engine.cli.opening import places_of
from engine.cli.output import put_json, put_table, say
from engine.cli.running import run_workflow
from engine.models.card import ModelCard
from engine.models.catalog import Catalog
from engine.models.fetch import fetch as fetch_model
from engine.models.fetch import verify as verify_model


def show(arguments: argparse.Namespace) -> int:
    """List every model with its licence and whether its file is here."""
    catalog = Catalog(places_of(arguments).models)
    if arguments.json:
        put_json([_row(catalog, card) for card in catalog.cards()])
    else:
        head = ("NAME", "KIND", "SIZE", "LICENCE", "STATE", "ORIGIN")
        put_table(
            head,
            (
                (card.name, card.kind, f"{card.size / 1e6:.1f} MB", card.licence, catalog.state(card), card.origin)
                for card in catalog.cards()
            ),
        )
    return 0


def fetch(arguments: argparse.Namespace) -> int:
    """Download models, saying from where, how large and under which licence."""
    catalog = Catalog(places_of(arguments).models)
    for card in _chosen(catalog, arguments):
        say(f"{card.name}: {card.kind}, {card.size / 1e6:.1f} MB, licence {card.licence}")
        path = run_workflow(fetch_model(card, catalog.folder), open_display())
        print(path)
    return 0


def verify(arguments: argparse.Namespace) -> int:
    """Check that files are the ones that their cards describe; the first wrong one is an error."""
    catalog = Catalog(places_of(arguments).models)
    for card in _chosen(catalog, arguments):
        print(f"{verify_model(card, catalog.folder)}: right")
    return 0


def _chosen(catalog: Catalog, arguments: argparse.Namespace) -> list[ModelCard]:
    return [catalog.card(name) for name in arguments.names] if arguments.names else catalog.defaults()


def _row(catalog: Catalog, card: ModelCard) -> dict[str, object]:
    return {
        "name": card.name,
        "kind": card.kind,
        "size": card.size,
        "licence": card.licence,
        "origin": card.origin,
        "state": catalog.state(card),
        "path": str(catalog.path(card)),
    }
