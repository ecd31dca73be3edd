"""`kinfolk desktop`: an entry in the menu of applications."""

import argparse
import sys

from engine.cli.output import say
from engine.desktop_entry import data_home, install, own_program, remove
from engine.errors import UsageError


def run(arguments: argparse.Namespace) -> int:
    """Write the entry or, asked to, delete it, and say so."""
    if sys.platform in ("win32", "darwin"):
        raise UsageError("This system has no such entries.", "Start Kinfolk by the command kinfolk.")
    if arguments.remove:
        say("Kinfolk is no longer among the applications." if remove(data_home()) else "There was no entry.")
        return 0
    options = ["--data-dir", arguments.data_dir.expanduser().absolute()] if arguments.data_dir else []
    entry = install(data_home(), [own_program(), *options])
    say(f"Kinfolk is among the applications now ({entry}). Take it out with: kinfolk desktop --remove")
    return 0
