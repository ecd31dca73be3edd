"""What every runtime offers."""

import re
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from engine.errors import ModelError
from engine.models.runtimes.running import Way

Tensor = NDArray[np.float32]

_PREPARED = re.compile(r"\.[0-9a-f]{12}\.p\d+\.[0-9a-f]{12}\.onnx$")
"""What `prepare` adds to a model's name."""


class GraphError(ModelError):
    """A graph cannot be loaded or run here, whatever else its model is."""


def spoken_name(graph: Path) -> str:
    """Return what a user knows a graph by: its model's name where `prepare` wrote it, else the file's."""
    return _PREPARED.sub("", graph.name)


class Shapes(StrEnum):
    """How many shapes of input a graph will see: of an embedder only the batch differs, a detector sees any size."""

    FEW = "few"
    MANY = "many"


def installed_version(*distributions: str) -> str | None:
    """Return the name and version of the first of these packages that is installed, None where none is.

    Nothing is imported.
    """
    for distribution in distributions:
        try:
            return f"{distribution} {version(distribution)}"
        except PackageNotFoundError:
            continue
    return None


class Runner(Protocol):
    """A graph that is ready to run; several threads may call it at once."""

    @property
    def way(self) -> Way:
        """How it runs."""

    @property
    def outputs(self) -> tuple[str, ...]:
        """The names of the graph's outputs, as its file has them."""

    @property
    def batch(self) -> int:
        """How many pictures of one shape go through at once best."""

    def run(self, tensor: Tensor) -> list[Tensor]:
        """Run the graph on its one input (float32) and return what it gives, float32, in the order of `outputs`.

        Raises ModelError where the runtime cannot.
        """


class Runtime(Protocol):
    """A library that runs graphs."""

    @property
    def name(self) -> str:
        """Our word for it, as the settings have it."""

    @property
    def remedy(self) -> str:
        """How it is installed."""

    def version(self) -> str | None:
        """Return its version without importing it, None where it is not installed."""

    def ways(self) -> tuple[Way, ...]:
        """Return the ways of running that it offers on this machine; ImportError where it cannot be loaded."""

    def open(self, graph: Path, way: Way, threads: int, shapes: Shapes) -> Runner:
        """Load a runnable graph; one call to it may use `threads` processor threads.

        Raises ModelError where it cannot be loaded or the device cannot be started.
        """
