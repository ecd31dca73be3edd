"""Converters of other packages, which make ONNX graphs of files that need more than the engine has, such as torch.

Entry points of the group `kinfolk.converters`: a file's ending without its dot, or "run" for a folder, → a function
from the file and the path of the graph to be written to `Converted`. They raise ModelError for what they cannot read.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import entry_points
from pathlib import Path

from engine.errors import ModelError
from engine.extras import installing
from engine.models.card import InputSpec
from engine.similarity import Calibration
from engine.words import sentence

GROUP = "kinfolk.converters"
RUN = "run"


@dataclass(frozen=True, slots=True)
class Converted:
    """What a graph was made of: the length of its embeddings, where it comes from, and what is known of its use.

    `note` is a sentence for whoever imports it, empty where there is nothing to say.
    """

    dimension: int
    origin: str
    input: InputSpec | None = None
    calibration: Calibration | None = None
    licence: str = ""
    note: str = ""


Convert = Callable[[Path, Path], Converted]


def convertible() -> frozenset[str]:
    """Return the endings of files that converters are offered for."""
    return frozenset(point.name for point in entry_points(group=GROUP))


def convert(path: Path, target: Path, kind: str) -> Converted:
    """Write the graph of a model file of this kind to `target`.

    Raises ModelError where no package converts such files, or the one that does lacks what it needs.
    """
    found = [point for point in entry_points(group=GROUP) if point.name == kind]
    if not found:
        raise ModelError(
            sentence("Nothing that is installed converts {name}.", name=path.name),
            sentence("Import an ONNX file instead."),
        )
    try:
        made: Convert = found[0].load()
    except ImportError as error:
        raise ModelError(
            sentence(
                "Converting {name} needs what is not installed: {package}.", name=path.name, package=str(error.name)
            ),
            installing("train"),
        ) from error
    return made(path, target)
