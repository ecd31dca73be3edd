"""The grammar of questions and answers: suggestions, names, merges, yes and no, and the way back."""

from typing import TYPE_CHECKING

from engine.cli.grammar import add_command, add_json, command, number
from engine.words import sentence

if TYPE_CHECKING:
    from engine.cli.grammar import Subparsers

PERSON = sentence("the number of the person")
FACES = sentence("the numbers of the faces")


def add_questions(commands: "Subparsers") -> None:
    """Add `suggestions`, `page` and `split`."""
    suggestions = add_command(
        commands, "suggestions", sentence("list the questions whose answers settle the most faces")
    )
    suggestions.add_argument(
        "--limit", type=number, default=50, metavar="N", help=sentence("at most this many (default: 50)")
    )
    suggestions.add_argument(
        "--person", metavar="PERSON", help=sentence("only those about this person, by number or name")
    )
    suggestions.add_argument(
        "--less-likely",
        action="store_true",
        help=sentence("those, too, to which a yes is unlikely, down to one in thirty"),
    )
    suggestions.set_defaults(run=command("suggestions", "run"))
    page = add_command(
        commands, "page", sentence("say that a photo is a page with several pictures, such as a scan or a collage")
    )
    page.add_argument("photo", metavar="PHOTO", help=sentence("the number of the photo"))
    page.add_argument("--ordinary", action="store_true", help=sentence("it is not: its faces are different people"))
    page.set_defaults(run=command("suggestions", "page"))
    split = add_command(commands, "split", sentence("propose which faces of a person are somebody else"))
    split.add_argument("person", metavar="PERSON", help=PERSON)
    split.add_argument(
        "faces", metavar="FACE", nargs="*", help=sentence("two or more wrong faces (default: split by likeness)")
    )
    split.add_argument(
        "--k",
        type=number,
        metavar="K",
        help=sentence("how many people these are (without faces; proposed if not given)"),
    )
    split.add_argument("--apply", action="store_true", help=sentence("make a person of each part; can be undone"))
    split.set_defaults(run=command("suggestions", "split"))
    for either in (suggestions, split):
        add_json(either)


def add_edits(commands: "Subparsers") -> None:
    """Add `name`, `merge`, `confirm`, `reject`, `distinct`, `undo` and `redo`."""
    name = add_command(commands, "name", sentence("name a person; in an unnamed group, this confirms all faces"))
    name.add_argument("person", metavar="PERSON", help=PERSON)
    name.add_argument("name", metavar="NAME", help=sentence("the name; an empty one takes the name away"))
    name.set_defaults(run=command("edits", "name"))
    merge = add_command(commands, "merge", sentence("make several people one"))
    merge.add_argument("into", metavar="INTO", help=sentence("the person who stays"))
    merge.add_argument(
        "others", metavar="FROM", nargs="+", help=sentence("people who become part of the person who stays")
    )
    merge.set_defaults(run=command("edits", "merge"))
    texts = (
        ("confirm", sentence("say that faces are a certain person")),
        ("reject", sentence("say that faces are not a certain person")),
    )
    for verb, text in texts:
        answer = add_command(commands, verb, text)
        answer.add_argument("person", metavar="PERSON", help=PERSON)
        answer.add_argument("faces", metavar="FACE", nargs="+", help=FACES)
        answer.set_defaults(run=command("edits", verb))
    distinct = add_command(
        commands, "distinct", sentence("say that two people are different; they are never proposed as one again")
    )
    distinct.add_argument("person", metavar="PERSON", help=PERSON)
    distinct.add_argument("other", metavar="OTHER", help=sentence("the number of the other person"))
    distinct.set_defaults(run=command("edits", "distinct"))
    for verb, text in (("undo", sentence("undo the last edit")), ("redo", sentence("redo the last undone edit"))):
        add_command(commands, verb, text).set_defaults(run=command("edits", verb))
