"""The grammar of `kinfolk export`."""

from pathlib import Path
from typing import TYPE_CHECKING

from engine.cli.grammar import add_command, add_json, command
from engine.words import sentence

if TYPE_CHECKING:
    from engine.cli.grammar import Subparsers


def add_export(commands: "Subparsers") -> None:
    """Add `export xmp`, `csv`, `json` and `folder`."""
    export = add_command(
        commands, "export", sentence("export names to files beside the photos, lists of faces, or photos of people")
    )
    forms = export.add_subparsers(title=sentence("what to write"), metavar="WHAT", required=True)
    _add_xmp(forms)
    for form in ("csv", "json"):
        listing = add_command(
            forms, form, sentence("list people and faces, their boxes and who named them, as {form}", form=form.upper())
        )
        listing.add_argument(
            "file", nargs="?", type=Path, metavar="FILE", help=sentence("a new file (default: print the list)")
        )
        listing.set_defaults(run=command("export", "listing"), form=form)
    folder = add_command(
        forms, "folder", sentence("put the photos of certain people into a folder; nothing is overwritten")
    )
    folder.add_argument(
        "--person",
        action="append",
        required=True,
        metavar="PERSON",
        help=sentence("only photos with this person; repeat for photos with all of several people"),
    )
    folder.add_argument(
        "--without", action="append", metavar="PERSON", help=sentence("no photos with this person; can be repeated")
    )
    folder.add_argument("target", type=Path, metavar="TARGET", help=sentence("the folder"))
    how = folder.add_mutually_exclusive_group()
    how.add_argument("--copy", action="store_true", help=sentence("copy the files (the default)"))
    how.add_argument("--link", action="store_true", help=sentence("make symbolic links instead"))
    add_json(folder)
    folder.set_defaults(run=command("export", "folder"))


def _add_xmp(forms: "Subparsers") -> None:
    xmp = add_command(
        forms, "xmp", sentence("write the names you gave or confirmed into sidecar files (XMP) beside the photos")
    )
    xmp.add_argument(
        "--person",
        action="append",
        metavar="PERSON",
        help=sentence("only this person, by number or name; can be repeated"),
    )
    xmp.add_argument(
        "--folder",
        action="append",
        type=Path,
        metavar="DIR",
        help=sentence("only photos in this folder; can be repeated"),
    )
    xmp.add_argument("--mp", action="store_true", help=sentence("also write face regions as Microsoft programs do"))
    xmp.add_argument(
        "--keywords", action="store_true", help=sentence("also write names as keywords, by themselves and under People")
    )
    xmp.add_argument(
        "--embed", action="store_true", help=sentence("write into the photos themselves, with exiftool; needs --yes")
    )
    xmp.add_argument(
        "--yes",
        action="store_true",
        help=sentence("really write into the photos; each original is kept as NAME_original"),
    )
    add_json(xmp)
    xmp.set_defaults(run=command("export", "xmp"))
