"""The grammar of what names come from, and of single faces and people."""

from pathlib import Path
from typing import TYPE_CHECKING

from engine.cli.edits_grammar import FACES
from engine.cli.grammar import add_command, add_json, command
from engine.words import sentence

if TYPE_CHECKING:
    from engine.cli.grammar import Subparsers


def add_naming(commands: "Subparsers") -> None:
    """Add `import`, `ignore`, `hide`, `cover`, `born` and `new-person`."""
    bringing = add_command(commands, "import", sentence("bring in names from another program"))
    bringing.add_argument(
        "source",
        metavar="SOURCE",
        help=sentence("one of: {names}", names="picasa, digikam, takeout, immich, photoprism, apple, lightroom"),
    )
    bringing.add_argument(
        "path", metavar="PATH", help=sentence("its folder, file or database; for Immich, its address will do as well")
    )
    bringing.add_argument("--preview", action="store_true", help=sentence("only say what would be imported"))
    bringing.add_argument(
        "--key-file", type=Path, metavar="FILE", help=sentence("a file with the key that Immich asks for")
    )
    add_json(bringing)
    bringing.set_defaults(run=command("bring", "run"))
    ignore = add_command(
        commands, "ignore", sentence("set faces aside: they belong to nobody and are no longer grouped")
    )
    ignore.add_argument("faces", metavar="FACE", nargs="+", help=FACES)
    ignore.add_argument("--restore", action="store_true", help=sentence("bring them back instead"))
    ignore.set_defaults(run=command("more_edits", "ignore"))
    hide = add_command(commands, "hide", sentence("hide people; their faces and answers stay"))
    hide.add_argument("people", metavar="PERSON", nargs="+", help=sentence("their numbers or names"))
    hide.add_argument("--show", action="store_true", help=sentence("show them again instead"))
    hide.set_defaults(run=command("more_edits", "hide"))
    cover = add_command(commands, "cover", sentence("choose the face that stands for a person"))
    cover.add_argument("person", metavar="PERSON", help=sentence("the number or name of the person"))
    cover.add_argument("face", metavar="FACE", help=sentence("the number of the face"))
    cover.set_defaults(run=command("more_edits", "cover"))
    born = add_command(commands, "born", sentence("note when a person was born"))
    born.add_argument("person", metavar="PERSON", help=sentence("the number or name of the person"))
    born.add_argument(
        "date",
        metavar="DATE",
        nargs="?",
        default="",
        help=sentence("1906, 1906-12 or 1906-12-09 (default: forget the date)"),
    )
    born.set_defaults(run=command("more_edits", "born"))
    founded = add_command(commands, "new-person", sentence("make faces a new person, whoever they belonged to"))
    founded.add_argument("faces", metavar="FACE", nargs="+", help=FACES)
    founded.add_argument("--name", metavar="NAME", help=sentence("the name of the new person"))
    add_json(founded)
    founded.set_defaults(run=command("more_edits", "new_person"))
