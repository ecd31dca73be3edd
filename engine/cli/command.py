"""Runs one command and turns what can go wrong into a sentence and an exit code."""

import os
import sys

from engine.cli.output import say_error, spare_errors
from engine.cli.parser import build_parser
from engine.errors import KinfolkError
from engine.memory import give_back_at_once
from engine.system_libraries import missing_library


def run_command(argv: list[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 failed, 2 wrong use; KeyboardInterrupt passes."""
    spare_errors()
    give_back_at_once()
    try:
        arguments = build_parser().parse_args(argv)
        code = int(arguments.run(arguments))
        sys.stdout.flush()
    except KinfolkError as error:
        say_error(error)
        return error.exit_code
    except ImportError as error:
        if (spoken := missing_library(error)) is None:
            raise
        say_error(spoken)
        return spoken.exit_code
    except BrokenPipeError:
        # The reader of our output has gone, as `head` does.
        _drop_output()
        return 1
    except OSError as error:
        place = f" {error.filename}" if error.filename else ""
        say_error(KinfolkError(f"The system refuses{place}: {error.strerror}.", "Check the disk and its permissions."))
        try:
            sys.stdout.flush()
        except OSError:
            _drop_output()
        return KinfolkError.exit_code
    return code


def _drop_output() -> None:
    """Let what cannot be written go: the interpreter's last flush must neither complain nor change the exit code."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
