"""`kinfolk models calibrate`: measure what a model's similarities mean."""

import argparse

from engine.cli.display import open_display
from engine.cli.opening import open_library, places_of, settings_of
from engine.cli.output import put_json, say
from engine.cli.running import run_workflow
from engine.models.catalog import Catalog
from engine.paths import real_path
from engine.scan.quiet_decoders import quiet_libraries
from engine.workflows.embedding.calibrating import MeasuredCard
from engine.workflows.models.calibrating import calibrate_on_folder, calibrate_on_library
from engine.workflows.models.using import embedder_card
from engine.workflows.scan.only_scan import only_scan


def run(arguments: argparse.Namespace) -> int:
    """Measure, write the card, and say how sure it is."""
    measured = _measured(arguments)
    calibration = measured.card.calibration
    if arguments.json:
        put_json(
            {
                "model": measured.card.name,
                "people": measured.people,
                "equal_error_rate": round(measured.equal_error_rate, 5),
                "provisional": calibration is not None and calibration.provisional,
            }
        )
    elif calibration is not None:
        print(
            f"{measured.card.name}: two faces are as likely one person as two at a similarity of "
            f"{calibration.similarity_of(0.5):.3f}; equal error rate {measured.equal_error_rate:.2%} on "
            f"{measured.people:,} people."
        )
    if not measured.confirmed:
        say("Too few people are confirmed, so the groups as they stand were taken for people.")
    if calibration is not None and calibration.provisional:
        say("It is provisional, and is measured again by itself when more people are confirmed.")
    return 0


def _measured(arguments: argparse.Namespace) -> MeasuredCard:
    places, settings = places_of(arguments), settings_of(arguments)
    card = embedder_card(Catalog(places.models), arguments.name)
    with quiet_libraries():
        if arguments.data is not None:
            folder = real_path(arguments.data)
            return run_workflow(calibrate_on_folder(card, folder, places, settings), open_display())
        with open_library(arguments) as library, only_scan(places.data):
            return run_workflow(calibrate_on_library(library, card, places, settings), open_display())
