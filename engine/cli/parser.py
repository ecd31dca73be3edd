"""The grammar of the command line. Commands are named, not imported, so that `--help` stays quick."""

import argparse
import os
from collections.abc import Callable
from importlib.metadata import EntryPoint, entry_points, version
from pathlib import Path
from typing import TYPE_CHECKING

from engine.cli.edits_grammar import add_edits, add_questions
from engine.cli.export_grammar import add_export
from engine.cli.grammar import add_command, add_computing, add_json, command, number
from engine.cli.help import Parser
from engine.cli.learn_grammar import add_learn
from engine.cli.models_grammar import add_models
from engine.cli.naming_grammar import add_naming
from engine.cli.safety_grammar import add_safety
from engine.words import sentence

if TYPE_CHECKING:
    from engine.cli.grammar import Subparsers

COMMAND_GROUP = "kinfolk.commands"
"""Entry points of this group are commands of other packages: name → function from the remaining words to exit code.

It may have a `summary`, a sentence for the list of commands; what it is in must be quick to import.
"""


def build_parser() -> argparse.ArgumentParser:
    """Return the parser; the chosen command's function is in `run`."""
    parser: argparse.ArgumentParser = Parser(
        prog="kinfolk",
        description=sentence("Finds the people in your photo collection, on your own machine."),
        epilog=sentence("Without a command, kinfolk opens its window."),
    )
    parser.add_argument(
        "--version",
        action="version",
        version=f"kinfolk {version('kinfolk')}",
        help=sentence("show the version number and exit"),
    )
    parser.add_argument(
        "--data-dir", type=Path, metavar="DIR", help=sentence("where the library, models and settings are kept")
    )
    parser.set_defaults(run=command("window", "run"))
    commands = parser.add_subparsers(title=sentence("commands"), metavar="COMMAND")
    _add_scan(commands)
    _add_listings(commands)
    _add_cluster(commands)
    add_questions(commands)
    add_edits(commands)
    add_naming(commands)
    add_export(commands)
    add_models(commands)
    add_learn(commands)
    add_safety(commands)
    desktop = add_command(commands, "desktop", sentence("add Kinfolk to the applications menu of this desktop (Linux)"))
    desktop.add_argument("--remove", action="store_true", help=sentence("remove it from the menu again"))
    desktop.set_defaults(run=command("desktop", "run"))
    doctor = add_command(commands, "doctor", sentence("check this machine, the models and the library"))
    add_json(doctor)
    doctor.set_defaults(run=command("doctor", "run"))
    _add_plugged(commands)
    return parser


def _add_scan(commands: "Subparsers") -> None:
    scan = add_command(commands, "scan", sentence("find the faces in photo folders and group them into people"))
    scan.add_argument(
        "paths", nargs="*", type=Path, metavar="PATH", help=sentence("folders (default: every folder scanned before)")
    )
    add_json(scan)
    reading = scan.add_mutually_exclusive_group()
    reading.add_argument(
        "--retry", action="store_true", help=sentence("try the photos again that could not be read before")
    )
    reading.add_argument(
        "--again", action="store_true", help=sentence("read all photos in these folders again, changed or not")
    )
    scan.add_argument(
        "--yes",
        action="store_true",
        help=sentence("if a folder looks like one that is not there now, take it for that one without asking"),
    )
    _add_moved(scan)
    scan.add_argument(
        "--cluster", metavar="HOST:PORT", help=sentence("let the workers of a Ray cluster read the photos")
    )
    add_computing(scan)
    scan.set_defaults(run=command("scan", "run"))


def _add_moved(scan: argparse.ArgumentParser) -> None:
    places = scan.add_mutually_exclusive_group()
    places.add_argument(
        "--not-moved-from",
        type=Path,
        metavar="OLD",
        help=sentence("the folder at PATH is not the one that used to be at OLD"),
    )
    places.add_argument(
        "--moved-from",
        type=Path,
        metavar="OLD",
        help=sentence("the folder at PATH is the one that used to be at OLD"),
    )


def _add_listings(commands: "Subparsers") -> None:
    photos = add_command(commands, "photos", sentence("list photos"))
    photos.add_argument(
        "--problems", action="store_true", help=sentence("only those that could not be read, with the reason")
    )
    photos.add_argument(
        "--person",
        action="append",
        metavar="PERSON",
        help=sentence("only those with this person, by number or name; can be repeated: with all of them"),
    )
    photos.add_argument("--year", type=int, metavar="YYYY", help=sentence("only those taken in this year"))
    photos.set_defaults(run=command("listings", "photos"))
    who = photos.add_mutually_exclusive_group()
    who.add_argument("--unnamed", action="store_true", help=sentence("only those with somebody who has no name yet"))
    who.add_argument("--nobody", action="store_true", help=sentence("only those without people"))
    faces = add_command(commands, "faces", sentence("list faces"))
    which = faces.add_mutually_exclusive_group()
    which.add_argument("--person", metavar="PERSON", help=sentence("only the faces of this person, by number or name"))
    which.add_argument("--aside", action="store_true", help=sentence("only the faces that were set aside"))
    faces.set_defaults(run=command("listings", "faces"))
    people = add_command(commands, "people", sentence("list people: those with names first, then the largest groups"))
    people.set_defaults(run=command("listings", "people"))
    for listing in (photos, faces, people):
        add_json(listing)


def _add_cluster(commands: "Subparsers") -> None:
    cluster = add_command(commands, "cluster", sentence("regroup all faces; first says what would change"))
    what = cluster.add_mutually_exclusive_group()
    what.add_argument("--preview", action="store_true", help=sentence("only say what would change (the default)"))
    what.add_argument("--apply", action="store_true", help=sentence("make these changes, as one edit; can be undone"))
    cluster.add_argument(
        "--algorithm",
        default="default",
        metavar="NAME",
        help=sentence("one of: {names}", names="default, average, dbscan, hdbscan, kmeans, whispers"),
    )
    cluster.add_argument(
        "--k", type=number, metavar="K", help=sentence("how many people there are (kmeans; proposed if not given)")
    )
    cluster.add_argument("--set", action="append", metavar="NAME=VALUE", help=sentence("a setting of the algorithm"))
    add_json(cluster)
    cluster.set_defaults(run=command("cluster", "run"))


def _add_plugged(commands: "Subparsers") -> None:
    """Offer the commands of other packages; each parses its own words, `--help` among them."""
    for point in entry_points(group=COMMAND_GROUP):
        # No prefix characters: every word, also one that begins with a dash, is the command's own.
        plugged = commands.add_parser(
            point.name,
            help=_summary(point),
            add_help=False,
            prefix_chars="\0",
        )
        plugged.add_argument("words", nargs=argparse.REMAINDER)
        plugged.set_defaults(run=_plugged_command(point))


def _summary(point: EntryPoint) -> str:
    """Return what a command of another package says of itself in the list of commands, or where it says more."""
    try:
        summary = getattr(point.load(), "summary", None)
    except ImportError:  # which is said when the command is called
        summary = None
    return summary or sentence("see `{command}`", command=f"kinfolk {point.name} --help")


def _plugged_command(point: EntryPoint) -> Callable[[argparse.Namespace], int]:
    def run(arguments: argparse.Namespace) -> int:
        if arguments.data_dir:
            os.environ["KINFOLK_DATA_DIR"] = str(arguments.data_dir)
        return int(point.load()(arguments.words))

    return run
