"""The grammar of `kinfolk models` and `kinfolk embed`."""

from pathlib import Path
from typing import TYPE_CHECKING

from engine.cli.grammar import add_command, add_computing, add_json, command
from engine.words import sentence

if TYPE_CHECKING:
    from engine.cli.grammar import Subparsers

EMBEDDER = sentence("an embedder from `models list`")


def add_models(commands: "Subparsers") -> None:
    """Add `models` and `embed`."""
    models = add_command(
        commands, "models", sentence("list, download, import, measure and choose the models that compare faces")
    )
    verbs = models.add_subparsers(title=sentence("what to do"), metavar="VERB", required=True)
    listing = add_command(verbs, "list", sentence("show every model, its licence and whether it is on this machine"))
    listing.set_defaults(run=command("models", "show"))
    _add_use(verbs)
    _add_forget(verbs)
    bench = add_command(
        verbs, "bench", sentence("measure what runs the models here, and use the fastest that gives the same results")
    )
    bench.add_argument(
        "names", nargs="*", metavar="NAME", help=sentence("names from `models list` (default: the models in use)")
    )
    bench.set_defaults(run=command("bench", "run"))
    _add_files(verbs)
    _add_calibrate(verbs)
    _add_quantise(verbs)
    _add_import(verbs)
    for parser in (listing, bench):
        add_json(parser)
    _add_embed(commands)


def _add_use(verbs: "Subparsers") -> None:
    use = add_command(verbs, "use", sentence("compare faces with another model; first says which faces would move"))
    use.add_argument("name", metavar="NAME", help=EMBEDDER)
    how = use.add_mutually_exclusive_group()
    how.add_argument(
        "--preview",
        action="store_true",
        help=sentence("prepare everything and say who would move, but keep the old model"),
    )
    how.add_argument("--regroup", action="store_true", help=sentence("also regroup all faces with it, as one edit"))
    add_json(use)
    add_computing(use)
    use.set_defaults(run=command("using", "use"))


def _add_forget(verbs: "Subparsers") -> None:
    forget = add_command(verbs, "forget", sentence("delete the vectors that a model has made; they can be made again"))
    forget.add_argument("name", metavar="NAME", help=sentence("a name from `models list`"))
    add_json(forget)
    forget.set_defaults(run=command("using", "forget"))


def _add_files(verbs: "Subparsers") -> None:
    texts = (
        ("fetch", sentence("download models")),
        ("verify", sentence("check that the files of the models are intact")),
    )
    for verb, text in texts:
        several = add_command(verbs, verb, text)
        several.add_argument(
            "names", nargs="*", metavar="NAME", help=sentence("names from `models list` (default: the default models)")
        )
        several.set_defaults(run=command("models", verb))


def _add_calibrate(verbs: "Subparsers") -> None:
    calibrate = add_command(verbs, "calibrate", sentence("measure what a model's similarities mean"))
    calibrate.add_argument("name", metavar="NAME", help=EMBEDDER)
    calibrate.add_argument(
        "--data",
        type=Path,
        metavar="PATH",
        help=sentence("a folder with one folder for each person (default: the people of the library)"),
    )
    add_json(calibrate)
    add_computing(calibrate)
    calibrate.set_defaults(run=command("calibrate", "run"))


def _add_quantise(verbs: "Subparsers") -> None:
    quantise = add_command(
        verbs, "quantise", sentence("make a copy of a model in eight-bit numbers, faster on most processors")
    )
    quantise.add_argument(
        "model", nargs="?", metavar="NAME", help=sentence("an embedder from `models list` (default: the one in use)")
    )
    quantise.add_argument(
        "--name", metavar="NAME", help=sentence("the copy's name (default: the model's name and _int8)")
    )
    add_json(quantise)
    add_computing(quantise)
    quantise.set_defaults(run=command("quantising", "run"))


def _add_import(verbs: "Subparsers") -> None:
    importing = add_command(
        verbs, "import", sentence("add a model of your own: an ONNX file, weights, a pack or a training run")
    )
    importing.add_argument(
        "path", type=Path, metavar="FILE_OR_FOLDER", help=sentence("or the name of one of InsightFace's packs")
    )
    importing.add_argument(
        "--yes", action="store_true", help=sentence("download such a pack; it is for non-commercial research only")
    )
    importing.add_argument("--name", metavar="NAME", help=sentence("the model's name (default: the file's name)"))
    importing.add_argument("--licence", metavar="TEXT", help=sentence("the licence under which it may be used"))
    add_json(importing)
    importing.set_defaults(run=command("importing", "run"))


def _add_embed(commands: "Subparsers") -> None:
    embed = add_command(
        commands, "embed", sentence("make the vectors that known faces lack, without looking for faces again")
    )
    embed.add_argument(
        "--model", metavar="NAME", help=sentence("an embedder from `models list` (default: the one in use)")
    )
    add_json(embed)
    add_computing(embed)
    embed.set_defaults(run=command("using", "embed"))
