"""The grammar of backups, the ways back, and what goes for good."""

from pathlib import Path
from typing import TYPE_CHECKING

from engine.cli.grammar import command

if TYPE_CHECKING:
    from engine.cli.grammar import Subparsers


def add_safety(commands: "Subparsers") -> None:
    """Add `backup`, `restore`, `erase`, `forget` and `forget-photos`."""
    backup = commands.add_parser("backup", help="copy the library, while it may be in use")
    backup.add_argument("path", nargs="?", type=Path, metavar="PATH", help="a new file, or a folder (default: backups)")
    backup.set_defaults(run=command("safety", "backup"))
    restore = commands.add_parser("restore", help="put a backup in the library's place; what was there is kept")
    restore.add_argument("backup", nargs="?", type=Path, metavar="BACKUP", help="default: the newest sound one")
    how = restore.add_mutually_exclusive_group()
    how.add_argument("--list", action="store_true", help="only list the backups that there are")
    how.add_argument("--salvage", action="store_true", help="save what can still be read of a damaged library instead")
    restore.set_defaults(run=command("safety", "put_back"))
    for saving in (backup, restore):
        saving.add_argument("--json", action="store_true", help="print JSON")
    erase = commands.add_parser("erase", help="erase all faces, names, answers, pictures and backups for good")
    erase.add_argument("--yes", action="store_true", help="do it: it cannot be undone")
    erase.set_defaults(run=command("safety", "erase"))
    forget = commands.add_parser("forget", help="erase all that is known of one person, and every backup, for good")
    forget.add_argument("person", metavar="PERSON", help="the person's number")
    forget.set_defaults(run=command("safety", "forget"))
    photos = commands.add_parser("forget-photos", help="forget photos that are gone: says first what would go")
    photos.add_argument("folders", nargs="*", type=Path, metavar="FOLDER", help="only of these (default: of all)")
    photos.add_argument("--deleted", action="store_true", help="they were deleted: forget them; it cannot be undone")
    photos.add_argument("--json", action="store_true", help="print a JSON array")
    photos.set_defaults(run=command("deleted_photos", "run"))
