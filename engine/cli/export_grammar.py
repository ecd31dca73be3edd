"""The grammar of `kinfolk export`."""

from pathlib import Path
from typing import TYPE_CHECKING

from engine.cli.grammar import command

if TYPE_CHECKING:
    from engine.cli.grammar import Subparsers


def add_export(commands: "Subparsers") -> None:
    """Add `export xmp`, `csv`, `json` and `folder`."""
    export = commands.add_parser("export", help="write names beside photos, lists of faces, or copies of photos")
    forms = export.add_subparsers(title="what to write", metavar="WHAT", required=True)
    _add_xmp(forms)
    for form in ("csv", "json"):
        listing = forms.add_parser(form, help=f"people, faces, boxes and who said so, as {form.upper()}")
        listing.add_argument("file", nargs="?", type=Path, metavar="FILE", help="a new file (default: print it)")
        listing.set_defaults(run=command("export", "listing"), form=form)
    folder = forms.add_parser("folder", help="put the photos of people into a folder; nothing is overwritten")
    folder.add_argument(
        "--person", action="append", required=True, metavar="PERSON", help="all of these; may be given again"
    )
    folder.add_argument("--without", action="append", metavar="PERSON", help="none of these")
    folder.add_argument("target", type=Path, metavar="TARGET", help="the folder")
    how = folder.add_mutually_exclusive_group()
    how.add_argument("--copy", action="store_true", help="copy the files (the default)")
    how.add_argument("--link", action="store_true", help="make symbolic links instead")
    folder.add_argument("--json", action="store_true", help="print the figures as one line of JSON")
    folder.set_defaults(run=command("export", "folder"))


def _add_xmp(forms: "Subparsers") -> None:
    xmp = forms.add_parser("xmp", help="write the names that you gave or confirmed into sidecars (XMP) beside photos")
    xmp.add_argument(
        "--person", action="append", metavar="PERSON", help="only this one, by number or name; may be given again"
    )
    xmp.add_argument(
        "--folder", action="append", type=Path, metavar="DIR", help="only photos below it; may be given again"
    )
    xmp.add_argument("--mp", action="store_true", help="also write Microsoft's regions")
    xmp.add_argument("--keywords", action="store_true", help="also write names as keywords, alone and below People")
    xmp.add_argument("--embed", action="store_true", help="write into the photos, through exiftool; needs --yes")
    xmp.add_argument("--yes", action="store_true", help="do write into the photos; each is kept as NAME_original")
    xmp.add_argument("--json", action="store_true", help="print the figures as one line of JSON")
    xmp.set_defaults(run=command("export", "xmp"))
