"""What every part of the command line's grammar uses. Commands are named, not imported: `--help` stays quick."""

import argparse
import importlib
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from engine.words import sentence

if TYPE_CHECKING:
    Subparsers: TypeAlias = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 it has no public name


def command(module: str, function: str) -> Callable[[argparse.Namespace], int]:
    """Return a function that imports the command's module, one of `engine.cli`, only when it is called."""

    def run(arguments: argparse.Namespace) -> int:
        return int(getattr(importlib.import_module(f"engine.cli.{module}"), function)(arguments))

    return run


def add_command(commands: "Subparsers", name: str, text: str) -> argparse.ArgumentParser:
    """Add a command, which the list of commands and its own help describe in the same words."""
    return commands.add_parser(name, help=text, description=text)


def add_json(parser: argparse.ArgumentParser) -> None:
    """Add `--json`; what it prints is the same in every language."""
    parser.add_argument("--json", action="store_true", help=sentence("print the result as one line of JSON"))


def number(text: str) -> int:
    """Read an option's whole number. Raises ArgumentTypeError, which names no type of Python."""
    try:
        return int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(_not_a_number(text)) from None


def share(text: str) -> float:
    """Read an option's number, which may have a fraction. Raises ArgumentTypeError."""
    try:
        return float(text)
    except ValueError:
        raise argparse.ArgumentTypeError(_not_a_number(text)) from None


def add_computing(parser: argparse.ArgumentParser) -> None:
    """Add what commands that run models have in common."""
    parser.add_argument(
        "--runtime", metavar="NAME", help=sentence("what runs the models: auto, onnxruntime, openvino, ...")
    )
    parser.add_argument(
        "--precision", metavar="NAME", help=sentence("the kind of numbers: auto, float32, bfloat16, float16")
    )
    parser.add_argument(
        "--providers", metavar="NAMES", help=sentence("onnxruntime's devices, in order: cpu, cuda, coreml, ...")
    )
    parser.add_argument(
        "--threads", type=number, metavar="N", help=sentence("threads that work on photos (default: one per core)")
    )


def _not_a_number(text: str) -> str:
    return sentence("'{text}' is not a number", text=text).told()
