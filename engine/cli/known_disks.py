"""Asks on the command line whether a folder that is at another place now is the one that was known."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from engine.cli.output import say
from engine.errors import UsageError
from engine.library.library import Library
from engine.library.relocating import move_folder, note_other_folder, part_folders
from engine.workflows.scan.known_again import Likeness, disks_to_ask


def ask_about_disks(library: Library, arguments: argparse.Namespace) -> None:
    """Ask, once for each, where somebody sits at a terminal; with --yes, or without one, the scan takes them for known.

    The scan then says what it did and how to take it back.
    """
    if arguments.not_moved_from is not None:
        _part(library, arguments.not_moved_from, arguments.paths)
    if arguments.yes or arguments.json or not (sys.stdin.isatty() and sys.stderr.isatty()):
        return
    for likeness in disks_to_ask(library, arguments.paths):
        if _is_same(likeness):
            move_folder(library, likeness.folder.id, likeness.path)
        else:
            note_other_folder(library, likeness.folder.id, likeness.path)


def _is_same(likeness: Likeness) -> bool:
    say(f"{likeness.path} looks like {likeness.folder.path}, which is not there now.")
    print("Is it the same folder? [Y/n] ", end="", file=sys.stderr, flush=True)
    answer = sys.stdin.readline().strip().lower()
    while answer not in ("", "y", "yes", "n", "no"):
        say("Type y if it is the same folder, n if it is another one.")
        answer = sys.stdin.readline().strip().lower()
    return answer in ("", "y", "yes")


def _part(library: Library, old: Path, paths: Sequence[Path]) -> None:
    if len(paths) != 1:
        raise UsageError("Say which folder is another one.", "kinfolk scan --not-moved-from OLD NEW")
    part_folders(library, old, paths[0])
