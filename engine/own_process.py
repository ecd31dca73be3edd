"""Processes of this very program, however it came here: by an installer of packages, or built whole (PyInstaller)."""

import importlib
import os
import sys
from pathlib import Path

CHILD = "--child-process"
"""The first word for a built program that is to be such a process; `resources/packaging/start.py` looks for it."""

_ROOT = Path(__file__).resolve().parents[1]
_START = "import sys; sys.path[:0] = [sys.argv[1]]; from engine.own_process import be_child; be_child(sys.argv[2:])"
_ADDED = ("LD_LIBRARY_PATH", "LIBPATH", "DYLD_LIBRARY_PATH")


def is_built() -> bool:
    """Say whether this is the program built whole, whose interpreter takes no code and no packages of others."""
    return bool(getattr(sys, "frozen", False))


def own_command(module: str, function: str, *words: str) -> list[str]:
    """Return the command of a process that calls a function without arguments, with these words after `sys.argv[0]`."""
    start = [CHILD] if is_built() else ["-c", _START, str(_ROOT)]
    return [sys.executable, *start, module, function, *words]


def be_child(words: list[str]) -> None:
    """Be the process that `own_command` describes: a module, a function, and the words for it."""
    module, function, *sys.argv[1:] = words
    getattr(importlib.import_module(module), function)()


def forget_own_libraries() -> None:
    """Let programs of the system that are started from here load the system's libraries, not those built in.

    PyInstaller's start keeps the variable that it changes under another name. This process has read its own already.
    """
    for name in _ADDED:
        before = os.environ.pop(f"{name}_ORIG", None)
        if before is not None:
            os.environ[name] = before
        elif is_built():
            os.environ.pop(name, None)
