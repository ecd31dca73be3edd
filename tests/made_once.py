"""What takes seconds to make and is the same for many tests: made by one of the processes, copied by the tests."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock


def run_folder(factory: pytest.TempPathFactory) -> Path:
    """Return a folder that all processes of this run share, and no other run."""
    own = factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """Return the run's folder of this name, which `make` fills where no process has: whoever reads it changes nothing.

    It is filled under another name, so that one that is there is whole.
    """
    folder = run_folder(factory) / name
    with FileLock(folder.with_name(f"{name}.lock")):
        if not folder.exists():
            draft = folder.with_name(f"{name}.draft")
            shutil.rmtree(draft, ignore_errors=True)
            draft.mkdir()
            make(draft)
            draft.rename(folder)
    return folder
