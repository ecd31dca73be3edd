"""`kinfolk models list | fetch | verify`."""

import argparse
from collections.abc import Mapping

from engine.cli.codes import MODEL_KINDS, MODEL_STATES, YES
from engine.cli.display import open_display
from engine.cli.opening import open_library, places_of, settings_of
from engine.cli.output import put_json, put_line, put_table, say, say_error
from engine.cli.running import run_workflow
from engine.errors import KinfolkError
from engine.library.models import vector_counts
from engine.models.card import ModelCard, ModelKind
from engine.models.catalog import Catalog, ModelState
from engine.models.fetch import fetch as fetch_model
from engine.models.fetch import verify as verify_model
from engine.words import Sentence, counted, sentence
from engine.workflows.embedding.in_use import ages_card, cards_in_use

COLUMNS = {
    "name": sentence("NAME"),
    "kind": sentence("KIND"),
    "state": sentence("STATE"),
    "in_use": sentence("IN USE"),
    "faces": sentence("FACES"),
    "calibrated": sentence("CALIBRATED"),
    "size": sentence("SIZE"),
    "licence": sentence("LICENCE"),
    "origin": sentence("ORIGIN"),
}
"""The columns of `models list` and their headings."""


def show(arguments: argparse.Namespace) -> int:
    """List every model with its licence, whether its file is here, and how many faces have a vector of it."""
    catalog = Catalog(places_of(arguments).models)
    used, counted = _library_view(arguments, catalog)
    rows = [_row(catalog, card, used, counted) for card in catalog.cards()]
    if arguments.json:
        put_json(rows)
    else:
        put_table(list(COLUMNS.values()), ([_shown(row[name], name) for name in COLUMNS] for row in rows))
    for warning in catalog.warnings:
        say(warning)
    known = {card.key for card in catalog.cards()}
    for key, faces in counted.items():
        if key not in known:
            _tell_old_vectors(key.partition("@")[0], faces)
    return 0


def fetch(arguments: argparse.Namespace) -> int:
    """Download models, saying from where, how large and under which licence."""
    catalog = Catalog(places_of(arguments).models)
    for card in _chosen(catalog, arguments):
        say(about(card))
        path = run_workflow(fetch_model(card, catalog.folder), open_display())
        print(path)
    return 0


def verify(arguments: argparse.Namespace) -> int:
    """Check that files are the ones that their cards describe; the first wrong one is an error."""
    catalog = Catalog(places_of(arguments).models)
    for card in _chosen(catalog, arguments):
        put_line(sentence("{file}: correct", file=verify_model(card, catalog.folder)))
    return 0


def about(card: ModelCard) -> Sentence:
    """Return what a model is, how large and under which licence."""
    return sentence(
        "{model}: {kind}, {size:.1f} MB, licence {licence}",
        model=card.name,
        kind=MODEL_KINDS[card.kind],
        size=card.size / 1e6,
        licence=card.licence,
    )


def _tell_old_vectors(model: str, faces: int) -> None:
    say(
        counted(
            "{count:,} face has a vector made with another file of {model}.",
            "{count:,} faces have vectors made with another file of {model}.",
            count=faces,
            model=model,
        )
    )
    say(sentence("To delete them: {command}", command=f"kinfolk models forget {model}"))


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
        return sentence("{size:.1f} MB", size=value / 1e6)
    if isinstance(value, ModelKind):
        return MODEL_KINDS[value]
    if isinstance(value, ModelState):
        return MODEL_STATES[value]
    return (YES if value else "") if isinstance(value, bool) else value
