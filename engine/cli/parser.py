"""The grammar of the command line. Commands are named, not imported, so that `--help` stays quick."""

import argparse
import os
from collections.abc import Callable
from importlib.metadata import EntryPoint, entry_points, version
from pathlib import Path
from typing import TYPE_CHECKING

from engine.cli.export_grammar import add_export
from engine.cli.grammar import add_computing, command
from engine.cli.learn_grammar import add_learn
from engine.cli.naming_grammar import add_naming
from engine.cli.safety_grammar import add_safety

if TYPE_CHECKING:
    from engine.cli.grammar import Subparsers

COMMAND_GROUP = "kinfolk.commands"
"""Entry points of this group are commands of other packages: name → function from the remaining words to exit code."""


def build_parser() -> argparse.ArgumentParser:
    """Return the parser; the chosen command's function is in `run`."""
    parser = argparse.ArgumentParser(
        prog="kinfolk",
        description="Finds the people in your photo collection, on your own machine.",
        epilog="Without a command, kinfolk opens its window.",
    )
    parser.add_argument("--version", action="version", version=f"kinfolk {version('kinfolk')}")
    parser.add_argument("--data-dir", type=Path, metavar="DIR", help="where the library, models and settings are kept")
    parser.set_defaults(run=command("window", "run"))
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    _add_scan(commands)
    _add_listings(commands)
    _add_cluster(commands)
    _add_questions(commands)
    _add_edits(commands)
    add_naming(commands)
    add_export(commands)
    _add_models(commands)
    _add_embed(commands)
    add_learn(commands)
    add_safety(commands)
    desktop = commands.add_parser("desktop", help="put Kinfolk among the applications of this desktop (Linux)")
    desktop.add_argument("--remove", action="store_true", help="take it out again")
    desktop.set_defaults(run=command("desktop", "run"))
    doctor = commands.add_parser("doctor", help="check this machine, the models and the library")
    doctor.add_argument("--json", action="store_true", help="print JSON")
    doctor.set_defaults(run=command("doctor", "run"))
    _add_plugged(commands)
    return parser


def _add_scan(commands: "Subparsers") -> None:
    scan = commands.add_parser("scan", help="find the faces in photo folders and group them into people")
    scan.add_argument(
        "paths", nargs="*", type=Path, metavar="PATH", help="folders; none means every folder scanned before"
    )
    scan.add_argument("--json", action="store_true", help="print the summary as one line of JSON")
    reading = scan.add_mutually_exclusive_group()
    reading.add_argument("--retry", action="store_true", help="read the photos again that could not be read")
    reading.add_argument("--again", action="store_true", help="read all photos in these folders again, changed or not")
    scan.add_argument("--yes", action="store_true", help="take a folder that looks like one that is away for that one")
    places = scan.add_mutually_exclusive_group()
    places.add_argument(
        "--not-moved-from", type=Path, metavar="OLD", help="the folder at PATH is another than the one that lay at OLD"
    )
    places.add_argument(
        "--moved-from", type=Path, metavar="OLD", help="the folder that lies at PATH now and did so at OLD before"
    )
    scan.add_argument("--cluster", metavar="HOST:PORT", help="let the workers of a Ray cluster read the photos")
    add_computing(scan)
    scan.set_defaults(run=command("scan", "run"))


def _add_listings(commands: "Subparsers") -> None:
    photos = commands.add_parser("photos", help="list photos")
    photos.add_argument("--problems", action="store_true", help="only those that could not be read, with the reason")
    photos.set_defaults(run=command("listings", "photos"))
    who = photos.add_mutually_exclusive_group()
    who.add_argument("--unnamed", action="store_true", help="only those with somebody who has no name yet")
    who.add_argument("--nobody", action="store_true", help="only those with nobody in sight")
    faces = commands.add_parser("faces", help="list faces")
    which = faces.add_mutually_exclusive_group()
    which.add_argument("--person", metavar="PERSON", help="only the faces of this person, by number or name")
    which.add_argument("--aside", action="store_true", help="those that were set aside instead")
    faces.set_defaults(run=command("listings", "faces"))
    people = commands.add_parser("people", help="list people, named ones first, then the largest groups")
    people.set_defaults(run=command("listings", "people"))
    for listing in (photos, faces, people):
        listing.add_argument("--json", action="store_true", help="print a JSON array")


def _add_cluster(commands: "Subparsers") -> None:
    cluster = commands.add_parser("cluster", help="group all faces anew: first see what would change")
    what = cluster.add_mutually_exclusive_group()
    what.add_argument("--preview", action="store_true", help="only say what would change (the default)")
    what.add_argument("--apply", action="store_true", help="do exactly that, as one edit that can be undone")
    cluster.add_argument(
        "--algorithm", default="default", metavar="NAME", help="default, average, dbscan, hdbscan, kmeans or whispers"
    )
    cluster.add_argument("--k", type=int, metavar="K", help="how many people there are (kmeans; proposed if not given)")
    cluster.add_argument("--set", action="append", metavar="NAME=VALUE", help="a setting of the algorithm")
    cluster.add_argument("--json", action="store_true", help="print JSON")
    cluster.set_defaults(run=command("cluster", "run"))


def _add_questions(commands: "Subparsers") -> None:
    suggestions = commands.add_parser("suggestions", help="list the questions whose answers settle most faces")
    suggestions.add_argument("--limit", type=int, default=50, metavar="N", help="at most so many (default: 50)")
    suggestions.set_defaults(run=command("suggestions", "run"))
    page = commands.add_parser("page", help="say that a photo is a page with several pictures, a scan or a collage")
    page.add_argument("photo", metavar="PHOTO", help="the photo's number")
    page.add_argument("--ordinary", action="store_true", help="it is not: its faces are several people")
    page.set_defaults(run=command("suggestions", "page"))
    split = commands.add_parser("split", help="propose which faces of a person are somebody else")
    split.add_argument("person", metavar="PERSON")
    split.add_argument("faces", metavar="FACE", nargs="*", help="two or more wrong faces; none: parts by likeness")
    split.add_argument(
        "--k", type=int, metavar="K", help="how many people it is (without faces; proposed if not given)"
    )
    split.add_argument("--apply", action="store_true", help="make people of the parts; can be undone")
    split.set_defaults(run=command("suggestions", "split"))
    for either in (suggestions, split):
        either.add_argument("--json", action="store_true", help="print JSON")


def _add_edits(commands: "Subparsers") -> None:
    name = commands.add_parser("name", help="name a person; all faces of an unnamed group are confirmed")
    name.add_argument("person", metavar="PERSON", help="the person's number")
    name.add_argument("name", metavar="NAME")
    name.set_defaults(run=command("edits", "name"))
    merge = commands.add_parser("merge", help="make several people one")
    merge.add_argument("into", metavar="INTO", help="the person who stays")
    merge.add_argument("others", metavar="FROM", nargs="+", help="people who become the same person")
    merge.set_defaults(run=command("edits", "merge"))
    for verb, text in (("confirm", "say that faces are a person"), ("reject", "say that faces are not a person")):
        answer = commands.add_parser(verb, help=text)
        answer.add_argument("person", metavar="PERSON")
        answer.add_argument("faces", metavar="FACE", nargs="+")
        answer.set_defaults(run=command("edits", verb))
    distinct = commands.add_parser("distinct", help="say that two people are two; they are never proposed as one again")
    distinct.add_argument("person", metavar="PERSON")
    distinct.add_argument("other", metavar="OTHER")
    distinct.set_defaults(run=command("edits", "distinct"))
    for verb in ("undo", "redo"):
        step = commands.add_parser(verb, help=f"{verb} the last edit")
        step.set_defaults(run=command("edits", verb))


def _add_models(commands: "Subparsers") -> None:
    models = commands.add_parser("models", help="list, fetch, import, measure and use the models that compare faces")
    verbs = models.add_subparsers(title="what to do", metavar="VERB", required=True)
    listing = verbs.add_parser("list", help="show every model, its licence and whether it is here")
    listing.add_argument("--json", action="store_true", help="print a JSON array")
    listing.set_defaults(run=command("models", "show"))
    _add_use(verbs)
    bench = verbs.add_parser("bench", help="measure what runs models on this machine, and use the fastest that agrees")
    bench.add_argument("names", nargs="*", metavar="NAME", help="names from `models list` (default: those in use)")
    bench.add_argument("--json", action="store_true", help="print a JSON array")
    bench.set_defaults(run=command("bench", "run"))
    for verb, text in (("fetch", "download models"), ("verify", "check that the files are the right ones")):
        several = verbs.add_parser(verb, help=text)
        several.add_argument(
            "names", nargs="*", metavar="NAME", help="names from `models list` (default: the default models)"
        )
        several.set_defaults(run=command("models", verb))


def _add_use(verbs: "Subparsers") -> None:
    use = verbs.add_parser("use", help="compare faces with another model: says first who would move")
    use.add_argument("name", metavar="NAME", help="an embedder from `models list`")
    how = use.add_mutually_exclusive_group()
    how.add_argument("--preview", action="store_true", help="embed and say who would move, but stay with the old model")
    how.add_argument("--regroup", action="store_true", help="also group all faces anew with it, as one edit")
    use.add_argument("--json", action="store_true", help="print the result as one line of JSON")
    add_computing(use)
    use.set_defaults(run=command("using", "use"))
    forget = verbs.add_parser("forget", help="delete the vectors that a model made; they can be made again")
    forget.add_argument("name", metavar="NAME")
    forget.add_argument("--json", action="store_true", help="print the result as one line of JSON")
    forget.set_defaults(run=command("using", "forget"))
    calibrate = verbs.add_parser("calibrate", help="measure what a model's similarities mean")
    calibrate.add_argument("name", metavar="NAME", help="an embedder from `models list`")
    calibrate.add_argument(
        "--data", type=Path, metavar="PATH", help="a folder of people, one folder each (default: the library's people)"
    )
    calibrate.add_argument("--json", action="store_true", help="print the result as one line of JSON")
    add_computing(calibrate)
    calibrate.set_defaults(run=command("calibrate", "run"))
    importing = verbs.add_parser("import", help="add a model of one's own: an ONNX file, weights, a pack or a run")
    importing.add_argument("path", type=Path, metavar="FILE_OR_FOLDER", help="or a pack of InsightFace's, by its name")
    importing.add_argument("--yes", action="store_true", help="fetch such a pack: for non-commercial research only")
    importing.add_argument("--name", metavar="NAME", help="the model's name (default: the file's)")
    importing.add_argument("--licence", metavar="TEXT", help="who may use it")
    importing.add_argument("--json", action="store_true", help="print a JSON array of what was imported")
    importing.set_defaults(run=command("importing", "run"))


def _add_embed(commands: "Subparsers") -> None:
    embed = commands.add_parser("embed", help="make the vectors that stored faces lack, without finding faces again")
    embed.add_argument("--model", metavar="NAME", help="an embedder from `models list` (default: the one in use)")
    embed.add_argument("--json", action="store_true", help="print the summary as one line of JSON")
    add_computing(embed)
    embed.set_defaults(run=command("using", "embed"))


def _add_plugged(commands: "Subparsers") -> None:
    """Offer the commands of other packages; each parses its own words, `--help` among them."""
    for point in entry_points(group=COMMAND_GROUP):
        # No prefix characters: every word, also one that begins with a dash, is the command's own.
        plugged = commands.add_parser(
            point.name, help=f"see `kinfolk {point.name} --help`", add_help=False, prefix_chars="\0"
        )
        plugged.add_argument("words", nargs=argparse.REMAINDER)
        plugged.set_defaults(run=_plugged_command(point))


def _plugged_command(point: EntryPoint) -> Callable[[argparse.Namespace], int]:
    def run(arguments: argparse.Namespace) -> int:
        if arguments.data_dir:
            os.environ["KINFOLK_DATA_DIR"] = str(arguments.data_dir)
        return int(point.load()(arguments.words))

    return run
