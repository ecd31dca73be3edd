"""The trainer's commands. They are offered by name, and torch is imported when one of them runs."""

import importlib
import importlib.util
import sys
from dataclasses import dataclass

from engine.errors import ModelError, UsageError
from engine.extras import installing
from engine.words import Sentence, sentence


@dataclass(frozen=True, slots=True)
class Command:
    """A command, whose module is imported only when it is called; `summary` stands in the list of all commands.

    Called with the words after its name it returns its exit code; KinfolkError for what a person can act on.
    """

    module: str
    needs: tuple[str, ...]
    summary: Sentence

    def __call__(self, argv: list[str]) -> int:
        """Import the module and run it."""
        missing = [each for each in self.needs if importlib.util.find_spec(each) is None]
        if missing:
            raise ModelError(
                sentence(
                    "This command needs packages that are not installed: {packages}.", packages=", ".join(missing)
                ),
                installing("train"),
            )
        code: int = importlib.import_module(f"trainer.commands.{self.module}").run(argv)
        return code


train = Command("train", ("torch", "matplotlib", "tensorboardX"), sentence("train a network that tells people apart"))
evaluate = Command("evaluate", ("matplotlib", "sklearn"), sentence("measure how well a model tells people apart"))
toy = Command(
    "toy",
    ("torch", "matplotlib", "sklearn"),
    sentence("show what a loss does, with handwritten digits in two dimensions"),
)
backbones = Command("backbones", ("torch",), sentence("list the networks that can be trained"))

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
