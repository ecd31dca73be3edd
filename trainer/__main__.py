"""`python -m trainer COMMAND …`, for `torchrun -m trainer train CONFIG.toml --run-folder DIR`."""

import sys

from engine.cli.help import translate_argparse
from engine.cli.language import choose_language
from engine.cli.output import say_error
from engine.errors import KinfolkError
from trainer.cli import main

if __name__ == "__main__":
    choose_language(())
    translate_argparse()
    try:
        sys.exit(main())
    except KinfolkError as error:
        say_error(error)
        sys.exit(error.exit_code)
