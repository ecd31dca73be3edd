"""`kinfolk models list | fetch | verify`."""

import argparse
from collections.abc import Mapping

from engine.cli.display import open_display
from engine.cli.opening import open_library, places_of, settings_of
from engine.cli.output import put_json, put_table, say, say_error
from engine.cli.running import run_workflow
from engine.errors import KinfolkError
from engine.library.models import vector_counts
from engine.models.card import ModelCard
from engine.models.catalog import Catalog
from engine.models.fetch import fetch as fetch_model
from engine.models.fetch import verify as verify_model
from engine.workflows.embedding.in_use import ages_card, cards_in_use


def show(arguments: argparse.Namespace) -> int:
    """List every model with its licence, whether its file is here, and how many faces have a vector of it."""
    catalog = Catalog(places_of(arguments).models)
    used, counted = _library_view(arguments, catalog)
    rows = [_row(catalog, card, used, counted) for card in catalog.cards()]
    if arguments.json:
        put_json(rows)
    else:
        columns = ("name", "kind", "state", "in_use", "faces", "calibrated", "size", "licence", "origin")
        put_table(
            [column.upper() for column in columns], ([_shown(row[name], name) for name in columns] for row in rows)
        )
    for warning in catalog.warnings:
        say(warning)
    known = {card.key for card in catalog.cards()}
    for key, faces in counted.items():
        if key not in known:
            name = key.partition("@")[0]
            say(
                f"{faces:,} faces have a vector of another file of {name}. Drop them with: kinfolk models forget {name}"
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


def _library_view(arguments: argparse.Namespace, catalog: Catalog) -> tuple[frozenset[str], Mapping[str, int]]:
    """Return the names of the models in use and the number of faces by vector key; no library is made for it."""
    if not places_of(arguments).library.exists():
        return frozenset(card.name for card in catalog.defaults()), {}
    with open_library(arguments) as library:
        counted = vector_counts(library)
        try:
            cards = cards_in_use(library, catalog, settings_of(arguments))
        except KinfolkError as error:
            # What is listed is how to find out of this.
            say_error(error)
            return frozenset(), counted
        told = ages_card(library, catalog)
    return frozenset(card.name for card in (*cards, told) if card is not None), counted


def _row(catalog: Catalog, card: ModelCard, used: frozenset[str], counted: Mapping[str, int]) -> dict[str, object]:
    calibration = card.calibration
    return {
        "name": card.name,
        "kind": card.kind,
        "state": catalog.state(card),
        "dimension": card.dimension,
        "licence": card.licence,
        "calibrated": calibration is not None and not calibration.complaint(),
        "in_use": card.name in used,
        "faces": counted.get(card.key, 0),
        "size": card.size,
        "origin": card.origin,
        "path": str(catalog.path(card)),
    }


def _shown(value: object, column: str) -> object:
    """Return a value as a table shows it."""
    if column == "size" and isinstance(value, int):
        return f"{value / 1e6:.1f} MB"
    return ("yes" if value else "") if isinstance(value, bool) else value
