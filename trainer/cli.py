"""The trainer's commands. They are offered by name, and torch is imported when one of them runs."""

import importlib
import importlib.util
import sys
from collections.abc import Callable

from engine.errors import ModelError, UsageError
from engine.extras import installing
from engine.words import sentence

Command = Callable[[list[str]], int]
"""From the words after the command's name to its exit code; KinfolkError for what a person can act on."""


def _command(module: str, needs: tuple[str, ...]) -> Command:
    """Return a function that imports the command's module only when it is called."""

    def run(argv: list[str]) -> int:
        missing = [each for each in needs if importlib.util.find_spec(each) is None]
        if missing:
            raise ModelError(
                sentence(
                    "This command needs packages that are not installed: {packages}.", packages=", ".join(missing)
                ),
                installing("train"),
            )
        code: int = importlib.import_module(f"trainer.commands.{module}").run(argv)
        return code

    return run


train = _command("train", ("torch", "matplotlib", "tensorboardX"))
evaluate = _command("evaluate", ("matplotlib", "sklearn"))
toy = _command("toy", ("torch", "matplotlib", "sklearn"))
backbones = _command("backbones", ("torch",))

COMMANDS: dict[str, Command] = {
    "train": train,
    "evaluate": evaluate,
    "toy": toy,
    "backbones": backbones,
}


def main(argv: list[str] | None = None) -> int:
    """Run one of the commands: what `python -m trainer` (and so torchrun) starts."""
    words = sys.argv[1:] if argv is None else argv
    if not words or words[0] not in COMMANDS:
        raise UsageError(
            sentence("The trainer has no such command."),
            sentence("Its commands: {commands}.", commands=", ".join(COMMANDS)),
        )
    return COMMANDS[words[0]](words[1:])
