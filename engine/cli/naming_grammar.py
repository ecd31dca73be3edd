"""The grammar of what names come from, and of single faces and people."""

from pathlib import Path
from typing import TYPE_CHECKING

from engine.cli.grammar import command

if TYPE_CHECKING:
    from engine.cli.grammar import Subparsers


def add_naming(commands: "Subparsers") -> None:
    """Add `import`, `ignore`, `hide`, `cover`, `born` and `new-person`."""
    bringing = commands.add_parser("import", help="bring names from another program")
    bringing.add_argument(
        "source", metavar="SOURCE", help="picasa, digikam, takeout, immich, photoprism, apple or lightroom"
    )
    bringing.add_argument("path", metavar="PATH", help="its folder, file or database; of Immich also the address")
    bringing.add_argument("--preview", action="store_true", help="only say what would come of it")
    bringing.add_argument("--key-file", type=Path, metavar="FILE", help="holds the key that Immich asks for")
    bringing.add_argument("--json", action="store_true", help="print the figures as one line of JSON")
    bringing.set_defaults(run=command("bring", "run"))
    ignore = commands.add_parser("ignore", help="set faces aside: they are nobody's, and no longer grouped")
    ignore.add_argument("faces", metavar="FACE", nargs="+")
    ignore.add_argument("--restore", action="store_true", help="take them back in instead")
    ignore.set_defaults(run=command("more_edits", "ignore"))
    hide = commands.add_parser("hide", help="keep people out of sight; their faces and answers stay")
    hide.add_argument("people", metavar="PERSON", nargs="+", help="numbers or names")
    hide.add_argument("--show", action="store_true", help="bring them back instead")
    hide.set_defaults(run=command("more_edits", "hide"))
    cover = commands.add_parser("cover", help="choose the face that is shown for a person")
    cover.add_argument("person", metavar="PERSON", help="a number or a name")
    cover.add_argument("face", metavar="FACE")
    cover.set_defaults(run=command("more_edits", "cover"))
    born = commands.add_parser("born", help="note when a person was born: a year, a month or a day")
    born.add_argument("person", metavar="PERSON", help="a number or a name")
    born.add_argument(
        "date", metavar="DATE", nargs="?", default="", help="1906, 1906-12 or 1906-12-09; none forgets it"
    )
    born.set_defaults(run=command("more_edits", "born"))
    founded = commands.add_parser("new-person", help="make a new person of faces, wherever they were")
    founded.add_argument("faces", metavar="FACE", nargs="+")
    founded.add_argument("--name", metavar="NAME")
    founded.add_argument("--json", action="store_true", help="print JSON")
    founded.set_defaults(run=command("more_edits", "new_person"))
