"""Runs one command and turns what can go wrong into a sentence and an exit code."""

import os
import sys
from collections.abc import Sequence

from engine.cli.help import translate_argparse
from engine.cli.language import choose_language
from engine.cli.output import say_error, spare_errors
from engine.cli.parser import build_parser
from engine.errors import KinfolkError
from engine.memory import give_back_at_once
from engine.system_libraries import missing_library
from engine.words import sentence, system_reason


def run_command(argv: list[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 failed, 2 wrong use; KeyboardInterrupt passes."""
    spare_errors()
    give_back_at_once()
    words = sys.argv[1:] if argv is None else argv
    choose_language(words)
    return answer(words)


def answer(words: Sequence[str]) -> int:
    """Do the same in the language that is in use already."""
    translate_argparse()
    try:
        arguments = build_parser().parse_args(words)
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
        say_error(_refused(error))
        try:
            sys.stdout.flush()
        except OSError:
            _drop_output()
        return KinfolkError.exit_code
    return code


def _refused(error: OSError) -> KinfolkError:
    reason, hint = system_reason(error), sentence("Check the disk and its permissions.")
    if not error.filename:
        return KinfolkError(sentence("The system reports an error: {reason}.", reason=reason), hint)
    message = sentence("The system reports an error for {file}: {reason}.", file=str(error.filename), reason=reason)
    return KinfolkError(message, hint)


def _drop_output() -> None:
    """Let what cannot be written go: the interpreter's last flush must neither complain nor change the exit code."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
