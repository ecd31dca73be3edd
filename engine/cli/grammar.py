"""What every part of the command line's grammar uses. Commands are named, not imported: `--help` stays quick."""

import argparse
import importlib
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    Subparsers: TypeAlias = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 it has no public name


def command(module: str, function: str) -> Callable[[argparse.Namespace], int]:
    """Return a function that imports the command's module, one of `engine.cli`, only when it is called."""

    def run(arguments: argparse.Namespace) -> int:
        return int(getattr(importlib.import_module(f"engine.cli.{module}"), function)(arguments))

    return run


def add_computing(parser: argparse.ArgumentParser) -> None:
    """Add what commands that run models have in common."""
    parser.add_argument("--runtime", metavar="NAME", help="what runs models: auto, onnxruntime, openvino, ...")
    parser.add_argument("--precision", metavar="NAME", help="with which numbers: auto, float32, bfloat16, float16")
    parser.add_argument("--providers", metavar="NAMES", help="onnxruntime's devices, in order: cpu, cuda, coreml, ...")
    parser.add_argument("--threads", type=int, metavar="N", help="threads that work on photos (default: one per core)")
