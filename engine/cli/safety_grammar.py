"""The grammar of backups, the ways back, and what goes for good."""

from pathlib import Path
from typing import TYPE_CHECKING

from engine.cli.grammar import add_command, add_json, command
from engine.words import sentence

if TYPE_CHECKING:
    from engine.cli.grammar import Subparsers


def add_safety(commands: "Subparsers") -> None:
    """Add `backup`, `restore`, `erase`, `forget` and `forget-photos`."""
    backup = add_command(commands, "backup", sentence("make a backup of the library, even while it is in use"))
    backup.add_argument(
        "path",
        nargs="?",
        type=Path,
        metavar="PATH",
        help=sentence("a new file, or a folder (default: the folder of backups)"),
    )
    backup.set_defaults(run=command("safety", "backup"))
    restore = add_command(commands, "restore", sentence("restore the library from a backup; the present state is kept"))
    restore.add_argument(
        "backup", nargs="?", type=Path, metavar="BACKUP", help=sentence("the backup (default: the newest intact one)")
    )
    how = restore.add_mutually_exclusive_group()
    how.add_argument("--list", action="store_true", help=sentence("only list the backups"))
    how.add_argument(
        "--salvage", action="store_true", help=sentence("instead, save what can still be read of a damaged library")
    )
    restore.set_defaults(run=command("safety", "put_back"))
    for saving in (backup, restore):
        add_json(saving)
    erase = add_command(
        commands, "erase", sentence("permanently erase all faces, names, answers, pictures and backups")
    )
    erase.add_argument("--yes", action="store_true", help=sentence("do it; this cannot be undone"))
    erase.set_defaults(run=command("safety", "erase"))
    forget = add_command(
        commands, "forget", sentence("permanently erase all that is known about a person, and all backups")
    )
    forget.add_argument("person", metavar="PERSON", help=sentence("the number or name of the person"))
    forget.add_argument("--yes", action="store_true", help=sentence("do it without a question; this cannot be undone"))
    forget.set_defaults(run=command("safety", "forget"))
    photos = add_command(
        commands, "forget-photos", sentence("forget photos whose files are gone; first says what would be lost")
    )
    photos.add_argument(
        "folders",
        nargs="*",
        type=Path,
        metavar="FOLDER",
        help=sentence("only photos in these folders (default: in all)"),
    )
    photos.add_argument(
        "--deleted", action="store_true", help=sentence("they were deleted: forget them; this cannot be undone")
    )
    add_json(photos)
    photos.set_defaults(run=command("deleted_photos", "run"))
