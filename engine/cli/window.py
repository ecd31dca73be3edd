"""`kinfolk` without a command: opens the window, which registers itself, since the engine does not know it."""

import argparse
import os
from importlib.metadata import entry_points

from engine.errors import UsageError
from engine.words import sentence

WINDOW_GROUP = "kinfolk.window"
"""Entry points here are functions without arguments that open a window and return an exit code."""


def run(arguments: argparse.Namespace) -> int:
    """Open the window and return its exit code."""
    if arguments.data_dir:
        os.environ["KINFOLK_DATA_DIR"] = str(arguments.data_dir)
    for point in entry_points(group=WINDOW_GROUP):
        return int(point.load()())
    raise UsageError(sentence("This installation has no window."), sentence("`kinfolk --help` lists the commands."))
