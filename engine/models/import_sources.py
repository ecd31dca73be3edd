"""What lies at the path that a user names for import: one model file, a run of the trainer, or a pack of files."""

import re
from dataclasses import dataclass
from pathlib import Path

from engine.errors import UsageError
from engine.models.card import ColourOrder, Crop, InputSpec
from engine.models.conversion import RUN, convertible
from engine.words import sentence

INSIGHTFACE_PACKS = frozenset({"antelopev2", "buffalo_l", "buffalo_m", "buffalo_s", "buffalo_sc"})
"""InsightFace's model packs (https://github.com/deepinsight/insightface/tree/master/model_zoo)."""

INSIGHTFACE_LICENCE = "non-commercial research only (InsightFace)"

PICKLES = frozenset({"pkl", "pickle", "joblib", "npy"})


@dataclass(frozen=True, slots=True)
class ModelSource:
    """A file to import, or a run's folder; `kind` is its ending, or "run"."""

    path: Path
    kind: str
    name: str
    licence: str = ""


def import_sources(path: Path, name: str | None) -> list[ModelSource]:
    """Return what there is to import at a path, under names that cards may have; `name` takes the place of the file's.

    Raises UsageError where there is nothing that can be imported.
    """
    if path.is_dir():
        return _folder(path, name)
    if not path.is_file():
        raise UsageError(
            sentence("There is no file or folder {path}.", path=path),
            sentence("Name an ONNX file, a file of weights, or a folder."),
        )
    kind = path.suffix.lower().removeprefix(".")
    if kind in PICKLES:
        raise UsageError(
            sentence("{path} may hold code, which Kinfolk never runs.", path=path),
            sentence("Export the network as ONNX."),
        )
    if kind != "onnx" and kind not in convertible():
        known = ", ".join(f".{each}" for each in sorted({"onnx", *convertible()} - {RUN}))
        raise UsageError(
            sentence("{path} is not of a kind that Kinfolk imports.", path=path),
            sentence("Known are {known}.", known=known),
        )
    return [ModelSource(path, kind, name or slug(path.stem))]


def looks_like_model(path: Path) -> bool:
    """Say whether somebody who drops this file or folder means a model: by its ending, or by the files in it."""
    if path.is_dir():
        return any(path.glob("*.onnx")) or _is_run(path)
    return path.suffix.lower().removeprefix(".") in {"onnx", *convertible()} - {RUN}


def insightface_input(side: int, *, normalises: bool) -> InputSpec:
    """Return how InsightFace feeds its recognisers (its `arcface_onnx.py`): RGB, ±1 unless the graph does that."""
    mean, deviation = ((0.0,) * 3, (1.0,) * 3) if normalises else ((127.5,) * 3, (127.5,) * 3)
    return InputSpec(side, side, mean, deviation, ColourOrder.RGB, Crop.ARCFACE_112)


def attributes_input(*, normalises: bool) -> InputSpec:
    """Return how InsightFace feeds its attributes models (its `attribute.py`): ±1 by 128 unless the graph does that."""
    mean, deviation = ((0.0,) * 3, (1.0,) * 3) if normalises else ((127.5,) * 3, (128.0,) * 3)
    side = Crop.SQUARE_96.side
    return InputSpec(side, side, mean, deviation, ColourOrder.RGB, Crop.SQUARE_96)


def slug(text: str) -> str:
    """Return a text as a name that a card may have."""
    return re.sub(r"[^a-z0-9_.-]+", "-", text.lower()).strip("-._") or "model"


def _folder(path: Path, name: str | None) -> list[ModelSource]:
    if _is_run(path):
        return [ModelSource(path, RUN, name or slug(path.resolve().name))]
    files = sorted(path.glob("*.onnx"))
    if not files:
        raise UsageError(
            sentence("The folder {path} holds no ONNX files and is no run's.", path=path),
            sentence("Name the model's file."),
        )
    pack = path.resolve().name
    licence = INSIGHTFACE_LICENCE if pack in INSIGHTFACE_PACKS else ""
    return [ModelSource(file, "onnx", f"{name or slug(pack)}_{slug(file.stem)}", licence) for file in files]


def _is_run(path: Path) -> bool:
    """Say whether a folder is one that the trainer filled."""
    return (path / "config.toml").is_file() and any(path.glob("*.pt"))
