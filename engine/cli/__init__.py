"""The command line: every subcommand works without a screen and imports nothing heavy before it must."""

import signal
import sys

INTERRUPTED = 130
"""The exit code of a command that Ctrl-C ended."""


def main(argv: list[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 failed, 2 wrong use, 130 interrupted."""
    try:
        # Here, because Ctrl-C may come while the grammar is being imported, too.
        from engine.cli.command import run_command

        return run_command(argv)
    except KeyboardInterrupt:
        # One more while the interpreter ends would make it die of the signal instead of returning the code.
        if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            signal.signal(signal.SIGINT, signal.SIG_IGN)
        print("Interrupted.", file=sys.stderr)
        return INTERRUPTED
