"""The grammar of `kinfolk learn`."""

from typing import TYPE_CHECKING

from engine.cli.grammar import add_computing, command

if TYPE_CHECKING:
    from engine.cli.grammar import Subparsers


def add_learn(commands: "Subparsers") -> None:
    """Add `learn`."""
    learn = commands.add_parser(
        "learn", help="learn from the people you named, and say what it is worth on faces it did not see"
    )
    learn.add_argument(
        "what", nargs="?", choices=("albums",), help="albums: folders that are mostly one person name that person"
    )
    how = learn.add_mutually_exclusive_group()
    how.add_argument("--preview", action="store_true", help="only say what it is worth (the default)")
    how.add_argument("--apply", action="store_true", help="use what was learnt, where it gains; names stay as they are")
    how.add_argument("--undo", action="store_true", help="use the model again that was in use before, at once")
    learn.add_argument(
        "--level", type=int, choices=(1, 2), default=1, help="1: an adapter, seconds (default); 2: the network, hours"
    )
    learn.add_argument(
        "--freeze", type=float, metavar="SHARE", help="the share of the layers that stays as it is (level 2; 0.5)"
    )
    learn.add_argument("--epochs", type=int, metavar="N", help="how often all faces are gone through (level 2; 6)")
    learn.add_argument("--json", action="store_true", help="print the result as one line of JSON")
    add_computing(learn)
    learn.set_defaults(run=command("learn", "run"))
