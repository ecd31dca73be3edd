"""`kinfolk models calibrate`: measure what a model's similarities mean."""

import argparse

from engine.cli.display import open_display
from engine.cli.opening import open_library, places_of, settings_of
from engine.cli.output import put_json, put_line, say
from engine.cli.running import run_workflow
from engine.models.catalog import Catalog
from engine.paths import real_path
from engine.scan.quiet_decoders import quiet_libraries
from engine.words import counted, sentence
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
        put_line(
            counted(
                "{model}: at a similarity of {similarity:.3f}, two faces are as likely to be one person as two. "
                "Equal error rate: {rate:.2%}, measured on {count:,} person.",
                "{model}: at a similarity of {similarity:.3f}, two faces are as likely to be one person as two. "
                "Equal error rate: {rate:.2%}, measured on {count:,} people.",
                count=measured.people,
                model=measured.card.name,
                similarity=calibration.similarity_of(0.5),
                rate=measured.equal_error_rate,
            )
        )
    if not measured.confirmed:
        say(sentence("Too few people are confirmed, so the groups found so far were taken as people."))
    if calibration is not None and calibration.provisional:
        say(sentence("This is provisional. It is measured again automatically once more people are confirmed."))
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
