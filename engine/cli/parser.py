"""The grammar of the command line. Commands are named, not imported, so that `--help` stays quick."""

import argparse
import importlib
import os
from collections.abc import Callable
from importlib.metadata import EntryPoint, entry_points, version
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

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
    parser.set_defaults(run=_command("window", "run"))
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    _add_scan(commands)
    _add_listings(commands)
    _add_cluster(commands)
    _add_questions(commands)
    _add_edits(commands)
    _add_models(commands)
    _add_embed(commands)
    _add_safety(commands)
    doctor = commands.add_parser("doctor", help="check this machine, the models and the library")
    doctor.add_argument("--json", action="store_true", help="print JSON")
    doctor.set_defaults(run=_command("doctor", "run"))
    _add_plugged(commands)
    return parser


if TYPE_CHECKING:
    Subparsers: TypeAlias = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 it has no public name


def _add_scan(commands: "Subparsers") -> None:
    scan = commands.add_parser("scan", help="find the faces in photo folders and group them into people")
    scan.add_argument(
        "paths", nargs="*", type=Path, metavar="PATH", help="folders; none means every folder scanned before"
    )
    scan.add_argument("--json", action="store_true", help="print the summary as one line of JSON")
    reading = scan.add_mutually_exclusive_group()
    reading.add_argument("--retry", action="store_true", help="read the photos again that could not be read")
    reading.add_argument("--again", action="store_true", help="read all photos in these folders again, changed or not")
    scan.add_argument(
        "--moved-from", type=Path, metavar="OLD", help="the folder that lies at PATH now and did so at OLD before"
    )
    _add_computing(scan)
    scan.set_defaults(run=_command("scan", "run"))


def _add_listings(commands: "Subparsers") -> None:
    photos = commands.add_parser("photos", help="list photos")
    photos.add_argument("--problems", action="store_true", help="only those that could not be read, with the reason")
    photos.set_defaults(run=_command("listings", "photos"))
    faces = commands.add_parser("faces", help="list faces")
    faces.add_argument("--person", metavar="ID", help="only the faces of this person")
    faces.set_defaults(run=_command("listings", "faces"))
    people = commands.add_parser("people", help="list people, named ones first, then the largest groups")
    people.set_defaults(run=_command("listings", "people"))
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
    cluster.set_defaults(run=_command("cluster", "run"))


def _add_questions(commands: "Subparsers") -> None:
    suggestions = commands.add_parser("suggestions", help="list the questions whose answers settle most faces")
    suggestions.add_argument("--limit", type=int, default=50, metavar="N", help="at most so many (default: 50)")
    suggestions.set_defaults(run=_command("suggestions", "run"))
    split = commands.add_parser("split", help="propose which faces of a person are somebody else")
    split.add_argument("person", metavar="PERSON")
    split.add_argument("faces", metavar="FACE", nargs="*", help="two or more wrong faces; none: parts by likeness")
    split.add_argument(
        "--k", type=int, metavar="K", help="how many people it is (without faces; proposed if not given)"
    )
    split.add_argument("--apply", action="store_true", help="make people of the parts; can be undone")
    split.set_defaults(run=_command("suggestions", "split"))
    for command in (suggestions, split):
        command.add_argument("--json", action="store_true", help="print JSON")


def _add_edits(commands: "Subparsers") -> None:
    name = commands.add_parser("name", help="name a person; all faces of an unnamed group are confirmed")
    name.add_argument("person", metavar="PERSON", help="the person's number")
    name.add_argument("name", metavar="NAME")
    name.set_defaults(run=_command("edits", "name"))
    merge = commands.add_parser("merge", help="make several people one")
    merge.add_argument("into", metavar="INTO", help="the person who stays")
    merge.add_argument("others", metavar="FROM", nargs="+", help="people who become the same person")
    merge.set_defaults(run=_command("edits", "merge"))
    for verb, text in (("confirm", "say that faces are a person"), ("reject", "say that faces are not a person")):
        answer = commands.add_parser(verb, help=text)
        answer.add_argument("person", metavar="PERSON")
        answer.add_argument("faces", metavar="FACE", nargs="+")
        answer.set_defaults(run=_command("edits", verb))
    distinct = commands.add_parser("distinct", help="say that two people are two; they are never proposed as one again")
    distinct.add_argument("person", metavar="PERSON")
    distinct.add_argument("other", metavar="OTHER")
    distinct.set_defaults(run=_command("edits", "distinct"))
    for verb in ("undo", "redo"):
        step = commands.add_parser(verb, help=f"{verb} the last edit")
        step.set_defaults(run=_command("edits", verb))


def _add_models(commands: "Subparsers") -> None:
    models = commands.add_parser("models", help="list, fetch, import, measure and use the models that compare faces")
    verbs = models.add_subparsers(title="what to do", metavar="VERB", required=True)
    listing = verbs.add_parser("list", help="show every model, its licence and whether it is here")
    listing.add_argument("--json", action="store_true", help="print a JSON array")
    listing.set_defaults(run=_command("models", "show"))
    _add_use(verbs)
    for verb, text in (("fetch", "download models"), ("verify", "check that the files are the right ones")):
        command = verbs.add_parser(verb, help=text)
        command.add_argument(
            "names", nargs="*", metavar="NAME", help="names from `models list` (default: the default models)"
        )
        command.set_defaults(run=_command("models", verb))


def _add_use(verbs: "Subparsers") -> None:
    use = verbs.add_parser("use", help="compare faces with another model: says first who would move")
    use.add_argument("name", metavar="NAME", help="an embedder from `models list`")
    how = use.add_mutually_exclusive_group()
    how.add_argument("--preview", action="store_true", help="embed and say who would move, but stay with the old model")
    how.add_argument("--regroup", action="store_true", help="also group all faces anew with it, as one edit")
    use.add_argument("--json", action="store_true", help="print the result as one line of JSON")
    _add_computing(use)
    use.set_defaults(run=_command("using", "use"))
    forget = verbs.add_parser("forget", help="delete the vectors that a model made; they can be made again")
    forget.add_argument("name", metavar="NAME")
    forget.add_argument("--json", action="store_true", help="print the result as one line of JSON")
    forget.set_defaults(run=_command("using", "forget"))
    calibrate = verbs.add_parser("calibrate", help="measure what a model's similarities mean")
    calibrate.add_argument("name", metavar="NAME", help="an embedder from `models list`")
    calibrate.add_argument(
        "--data", type=Path, metavar="PATH", help="a folder of people, one folder each (default: the library's people)"
    )
    calibrate.add_argument("--json", action="store_true", help="print the result as one line of JSON")
    _add_computing(calibrate)
    calibrate.set_defaults(run=_command("calibrate", "run"))
    importing = verbs.add_parser("import", help="add a model of one's own: an ONNX file, weights, a pack or a run")
    importing.add_argument("path", type=Path, metavar="FILE_OR_FOLDER")
    importing.add_argument("--name", metavar="NAME", help="the model's name (default: the file's)")
    importing.add_argument("--licence", metavar="TEXT", help="who may use it")
    importing.add_argument("--json", action="store_true", help="print a JSON array of what was imported")
    importing.set_defaults(run=_command("importing", "run"))


def _add_embed(commands: "Subparsers") -> None:
    embed = commands.add_parser("embed", help="make the vectors that stored faces lack, without finding faces again")
    embed.add_argument("--model", metavar="NAME", help="an embedder from `models list` (default: the one in use)")
    embed.add_argument("--json", action="store_true", help="print the summary as one line of JSON")
    _add_computing(embed)
    embed.set_defaults(run=_command("using", "embed"))


def _add_computing(command: argparse.ArgumentParser) -> None:
    command.add_argument("--providers", metavar="NAMES", help="where models run, in order: cpu, cuda, coreml, ...")
    command.add_argument("--threads", type=int, metavar="N", help="threads that work on photos (default: one per core)")


def _add_safety(commands: "Subparsers") -> None:
    backup = commands.add_parser("backup", help="copy the library, while it may be in use")
    backup.add_argument("path", nargs="?", type=Path, metavar="PATH", help="a new file, or a folder (default: backups)")
    backup.set_defaults(run=_command("safety", "backup"))
    restore = commands.add_parser("restore", help="put a backup in the library's place; what was there is kept")
    restore.add_argument("backup", nargs="?", type=Path, metavar="BACKUP", help="default: the newest sound one")
    how = restore.add_mutually_exclusive_group()
    how.add_argument("--list", action="store_true", help="only list the backups that there are")
    how.add_argument("--salvage", action="store_true", help="save what can still be read of a damaged library instead")
    restore.set_defaults(run=_command("safety", "put_back"))
    for command in (backup, restore):
        command.add_argument("--json", action="store_true", help="print JSON")
    erase = commands.add_parser("erase", help="erase all faces, names, answers, pictures and backups for good")
    erase.add_argument("--yes", action="store_true", help="do it: it cannot be undone")
    erase.set_defaults(run=_command("safety", "erase"))
    forget = commands.add_parser("forget", help="erase all that is known of one person, and every backup, for good")
    forget.add_argument("person", metavar="PERSON", help="the person's number")
    forget.set_defaults(run=_command("safety", "forget"))


def _command(module: str, function: str) -> Callable[[argparse.Namespace], int]:
    """Return a function that imports the command's module only when it is called."""

    def run(arguments: argparse.Namespace) -> int:
        return int(getattr(importlib.import_module(f"engine.cli.{module}"), function)(arguments))

    return run


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
