"""The command line: every subcommand works without a screen and imports nothing heavy before it must."""

import signal
import sys
from contextlib import suppress


def main(argv: list[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 failed, 2 wrong use, 128 + n where signal n ended it."""
    try:
        # Here, because Ctrl-C may come while the grammar is being imported, too.
        from engine.cli.command import run_command

        return run_command(argv)
    except KeyboardInterrupt as interrupt:
        # One more while the interpreter ends would make it die of the signal instead of returning the code.
        if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            signal.signal(signal.SIGINT, signal.SIG_IGN)
        with suppress(OSError):  # the terminal may be what has gone
            from engine.words import sentence

            print(sentence("Interrupted.").told(), file=sys.stderr)
        number = interrupt.args[0] if interrupt.args else signal.SIGINT
        return int(128 + number)
