"""The grammar of `kinfolk learn`."""

from typing import TYPE_CHECKING

from engine.cli.grammar import add_command, add_computing, add_json, command, number, share
from engine.words import sentence

if TYPE_CHECKING:
    from engine.cli.grammar import Subparsers


def add_learn(commands: "Subparsers") -> None:
    """Add `learn`."""
    learn = add_command(
        commands,
        "learn",
        sentence("learn from the people you have named, and say what this is worth on faces not learnt from"),
    )
    learn.add_argument(
        "what",
        nargs="?",
        choices=("albums",),
        help=sentence("albums: name people after folders that show mostly one person"),
    )
    how = learn.add_mutually_exclusive_group()
    how.add_argument("--preview", action="store_true", help=sentence("only say what it is worth (the default)"))
    how.add_argument(
        "--apply", action="store_true", help=sentence("use what was learnt if it is better; names stay as they are")
    )
    how.add_argument("--undo", action="store_true", help=sentence("go back at once to the model used before"))
    learn.add_argument(
        "--level",
        type=number,
        choices=(1, 2),
        default=1,
        help=sentence(
            "1: train an adapter, in seconds to minutes (default); 2: train the network, in minutes to hours"
        ),
    )
    learn.add_argument(
        "--freeze",
        type=share,
        metavar="SHARE",
        help=sentence("share of the layers to leave unchanged (level 2; default: 0.5)"),
    )
    learn.add_argument(
        "--epochs",
        type=number,
        metavar="N",
        help=sentence("how many times to go through all faces (level 2; default: 6)"),
    )
    add_json(learn)
    add_computing(learn)
    learn.set_defaults(run=command("learn", "run"))
