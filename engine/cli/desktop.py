"""`kinfolk desktop`: an entry in the menu of applications."""

import argparse
import sys

from engine.cli.output import say
from engine.desktop_entry import data_home, install, own_program, remove
from engine.errors import UsageError
from engine.words import sentence


def run(arguments: argparse.Namespace) -> int:
    """Write the entry or, asked to, delete it, and say so."""
    if sys.platform in ("win32", "darwin"):
        raise UsageError(
            sentence("This command is for Linux desktops only."), sentence("Start Kinfolk with the command kinfolk.")
        )
    if arguments.remove:
        if remove(data_home()):
            say(sentence("Kinfolk has been removed from the applications menu."))
        else:
            say(sentence("Kinfolk was not in the applications menu."))
        return 0
    options = ["--data-dir", arguments.data_dir.expanduser().absolute()] if arguments.data_dir else []
    entry = install(data_home(), [own_program(), *options])
    say(sentence("Kinfolk is in the applications menu now ({file}).", file=entry))
    say(sentence("To remove it: kinfolk desktop --remove"))
    return 0
