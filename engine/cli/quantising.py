"""`kinfolk models quantise`: a copy of a model in eight-bit numbers."""

import argparse

from engine.cli.display import open_display
from engine.cli.opening import open_library, places_of, settings_of
from engine.cli.output import put_json, put_line, say
from engine.cli.running import run_workflow
from engine.models.catalog import Catalog
from engine.models.import_sources import slug
from engine.scan.quiet_decoders import quiet_libraries
from engine.words import counted, sentence
from engine.workflows.embedding.in_use import embedder_in_use
from engine.workflows.models.quantising import Quantised, quantise_model
from engine.workflows.models.using import embedder_card


def run(arguments: argparse.Namespace) -> int:
    """Make the copy, and say how fast and how like the model it is; with --json that is the last line of stdout."""
    places, settings = places_of(arguments), settings_of(arguments)
    catalog = Catalog(places.models)
    name = slug(arguments.name) if arguments.name else None
    with open_library(arguments) as library, quiet_libraries():
        card = embedder_card(catalog, arguments.model) if arguments.model else embedder_in_use(library, catalog)
        made = run_workflow(quantise_model(library, card, places, settings, name), open_display())
    if arguments.json:
        put_json(_row(made))
    else:
        _tell(made)
    return 0


def _tell(made: Quantised) -> None:
    put_line(
        sentence(
            "Made {copy} of {model}: {speed:.1f} times as fast here, {size:.1f} MB.",
            copy=made.card.name,
            model=made.model,
            speed=made.speed,
            size=made.card.size / 1e6,
        )
    )
    say(
        counted(
            "Likeness of its vectors to those of {model}: {likeness:.4f} ({count:,} face that it was not made by).",
            "Likeness of its vectors to those of {model}: {likeness:.4f} ({count:,} faces that it was not made by).",
            count=made.held_out,
            likeness=made.likeness,
            model=made.model,
        )
    )
    if made.card.calibration is not None:
        say(sentence("What similarities mean was taken over from {model}.", model=made.model))
    say(sentence("To use it: {command}", command=f"kinfolk models use {made.card.name}"))


def _row(made: Quantised) -> dict[str, object]:
    return {
        "name": made.card.name,
        "model": made.model,
        "size": made.card.size,
        "faces": made.faces,
        "held_out": made.held_out,
        "likeness": round(made.likeness, 5),
        "speed": round(made.speed, 2),
    }
