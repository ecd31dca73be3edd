"""Windows in processes of their own, over a data folder, without a screen."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SECONDS = 120
"""How long a process may take to start on a busy machine."""


def environment(data: Path, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("QT_", "DISPLAY", "WAYLAND"))}
    return {**kept, "QT_QPA_PLATFORM": "offscreen", "KINFOLK_DATA_DIR": str(data), **more}


@contextmanager
def started(data: Path, *words: str, **more: str) -> Iterator[subprocess.Popen[str]]:
    """Start Kinfolk without a command; it is ended with the test."""
    with running(data, "-m", "app", *words, **more) as process:
        yield process


@contextmanager
def running(data: Path, *words: str, **more: str) -> Iterator[subprocess.Popen[str]]:
    """Start Python with these words over a data folder, without a screen; it is ended with the test."""
    process = subprocess.Popen(
        [sys.executable, *words],
        env=environment(data, **more),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[3],
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()
