"""`kinfolk` without a command."""

import argparse

from engine.cli.output import say


def run(_arguments: argparse.Namespace) -> int:
    """Say that there is no window yet, and how to scan."""
    say("Kinfolk's window is not built yet.")
    say("Scan from here instead: kinfolk scan FOLDER    (kinfolk --help lists every command)")
    return 0
