"""The map as it lies beside the library: which face is where, by which model.

It says which faces are alike, so it is its owner's alone and goes with what it was made of.
"""

import os
import zipfile
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.errors import LibraryError
from engine.private_files import new_private_file
from engine.words import sentence, system_reason

UNREADABLE = (OSError, EOFError, ValueError, KeyError, zipfile.BadZipFile)
"""What reading a file raises that is no map, or none any more."""

ROUNDING = np.float32
"""Places are kept as they are painted."""


@dataclass(frozen=True, slots=True)
class KeptMap:
    """Faces by rising id, (n,), with their places (n, 2) float32, and the `key` of the model that compared them."""

    model: str
    face_ids: NDArray[np.int64]
    points: NDArray[np.float32]


def map_path(library: Path) -> Path:
    """Return where the map of the library in this file lies."""
    return library.with_name(f"{library.stem}.map.npz")


def load_map(library: Path, model: str) -> KeptMap | None:
    """Return the map of a library's file; None where there is none, of another model, or none that can be read."""
    try:
        # Opened here: numpy leaves a file open that is no archive.
        with map_path(library).open("rb") as stream, np.load(stream, allow_pickle=False) as file:
            kept = KeptMap(str(file["model"]), file["face_ids"].astype(np.int64), file["points"].astype(ROUNDING))
    except UNREADABLE:
        return None
    fits = kept.face_ids.ndim == 1 and kept.points.shape == (len(kept.face_ids), 2)
    sound = fits and bool(np.isfinite(kept.points).all() and (np.diff(kept.face_ids) > 0).all())
    return kept if sound and kept.model == model else None


def save_map(library: Path, kept: KeptMap) -> None:
    """Keep a map in place of the one before. Where nothing can be written, it is made again the next time."""
    path = map_path(library)
    unfinished = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        unfinished.unlink(missing_ok=True)
        new_private_file(unfinished)
        with unfinished.open("wb") as file:
            np.savez(file, model=np.array(kept.model), face_ids=kept.face_ids, points=kept.points.astype(ROUNDING))
        unfinished.replace(path)
    except OSError:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)


def delete_map(library: Path) -> None:
    """Delete the map of a library's file, and what an interrupted writing left. Raises LibraryError where it stays."""
    path = map_path(library)
    try:
        for file in (path, *path.parent.glob(f"{path.name}.*")):
            file.unlink(missing_ok=True)
    except OSError as error:
        message = sentence(
            "The map of faces {path} cannot be removed: {reason}.", path=path, reason=system_reason(error)
        )
        raise LibraryError(message, sentence("Remove the file yourself.")) from error


def forget_on_map(library: Path, faces: Collection[int]) -> None:
    """Take faces off the map that are no more, or are compared no more. Raises LibraryError where they stay."""
    path = map_path(library)
    if not faces or not path.exists():
        return
    try:
        with path.open("rb") as stream, np.load(stream, allow_pickle=False) as file:
            model, ids, points = str(file["model"]), file["face_ids"], file["points"]
    except UNREADABLE:
        delete_map(library)
        return
    stays = ~np.isin(ids, np.fromiter(faces, np.int64))
    if stays.all():
        return
    # Where the shorter one cannot be written, none is left.
    delete_map(library)
    save_map(library, KeptMap(model, ids[stays], points[stays]))
