"""Asks on the command line whether a folder that is at another place now is the one that was known."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from engine.cli.asking import asked, somebody_sits_there
from engine.cli.output import say
from engine.errors import UsageError
from engine.library.library import Library
from engine.library.relocating import move_folder, note_other_folder, part_folders
from engine.words import sentence
from engine.workflows.scan.known_again import Likeness, disks_to_ask


def ask_about_disks(library: Library, arguments: argparse.Namespace) -> None:
    """Ask, once for each, where somebody sits at a terminal; with --yes, or without one, the scan takes them for known.

    The scan then says what it did and how to take it back.
    """
    if arguments.not_moved_from is not None:
        _part(library, arguments.not_moved_from, arguments.paths)
    if arguments.yes or arguments.json or not somebody_sits_there():
        return
    for likeness in disks_to_ask(library, arguments.paths):
        if _is_same(likeness):
            move_folder(library, likeness.folder.id, likeness.path)
        else:
            note_other_folder(library, likeness.folder.id, likeness.path)


def _is_same(likeness: Likeness) -> bool:
    say(sentence("{path} looks like {known}, which is not there now.", path=likeness.path, known=likeness.folder.path))
    return asked(
        sentence("Is it the same folder? [Y/n]"),
        sentence("Type y if it is the same folder, or n if it is another one."),
        usual=True,
    )


def _part(library: Library, old: Path, paths: Sequence[Path]) -> None:
    if len(paths) != 1:
        raise UsageError(
            sentence("Name the one folder that is not the old one."),
            sentence("For example: {command}", command="kinfolk scan --not-moved-from OLD NEW"),
        )
    part_folders(library, old, paths[0])
