"""Opening labelled faces by what a configuration or a command names."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from engine.errors import UsageError
from engine.faces.finder import FaceFinder, open_finder
from engine.models.catalog import Catalog
from engine.paths import Places
from engine.progress import Workflow
from engine.words import Sentence, counted, sentence
from trainer.choices import SourceKind
from trainer.data.aligning import AlignedPhotos, align_photos, align_set
from trainer.data.crop_folder import LIST_NAME, CropFolder
from trainer.data.faces import CROP_SIDE, FaceSource
from trainer.data.insightface_record import InsightFaceRecord
from trainer.data.listed_pairs import VerificationSet
from trainer.sections import DataConfig


@dataclass(frozen=True, slots=True)
class Opened:
    """Labelled faces, and sentences on what was left out on the way to them."""

    source: FaceSource
    notes: tuple[str, ...] = ()


def open_source(kind: SourceKind, path: Path, crops: Path, models: Path) -> Workflow[Opened]:
    """Open labelled faces; photos are aligned into the folder `crops` first, unless it holds them already.

    `path` is a folder of people's folders, a train.rec, or a library (see `write_library_crops`). `models` is where
    the detector lies. Raises UsageError where there is nothing of the kind, ModelError where photos need a detector
    that is not there.
    """
    if kind is SourceKind.RECORD:
        return Opened(InsightFaceRecord(path))
    if kind is SourceKind.LIBRARY:
        return (yield from _open_library(path, crops))
    if not path.is_dir():
        raise UsageError(
            sentence("{path} is not a folder.", path=path), sentence("Name a folder with one folder for each person.")
        )
    _check_people(path)
    if kind is SourceKind.CROPS:
        return Opened(CropFolder(path))
    if (crops / LIST_NAME).is_file():
        return _earlier(crops)
    summary = yield from align_photos(path, crops, default_finder(models))
    return Opened(CropFolder(crops), tuple(_left_out(summary)))


def crops_of(data: DataConfig, run: Path) -> Path:
    """Return where a run keeps crops that it cut itself: in its folder, or for a library's faces beside the library.

    There they are erased with the rest of it.
    """
    if data.kind is not SourceKind.LIBRARY:
        return run / "crops"
    folder = data.path if data.path.is_dir() else data.path.parent
    place = hashlib.sha256(str(run.resolve()).encode()).hexdigest()[:12]
    return Places(folder).crops / f"{run.resolve().name}-{place}"


def _open_library(path: Path, crops: Path) -> Workflow[Opened]:
    """Keep the faces as they are now: a library changes, and a run that is taken up again needs the same ones."""
    if (crops / LIST_NAME).is_file():
        return _earlier(crops)
    from trainer.library_source import write_library_crops  # others need neither SQLite nor its tables

    unreadable = yield from write_library_crops(path, crops)
    notes = (_unreadable(unreadable),) if unreadable else ()
    return Opened(CropFolder(crops), notes)


def _earlier(crops: Path) -> Opened:
    return Opened(CropFolder(crops), (sentence("The crops of an earlier run in {folder} were used.", folder=crops),))


def _unreadable(faces: int) -> Sentence:
    return counted(
        "{count:,} face whose photo cannot be read was left out.",
        "{count:,} faces whose photos cannot be read were left out.",
        count=faces,
    )


def open_pairs(pairs: VerificationSet, models: Path) -> Workflow[tuple[VerificationSet, tuple[str, ...]]]:
    """Align the pictures of a set of pairs where they are not crops; the notes say where no face was found."""
    if all(pairs.picture(index).shape[:2] == (CROP_SIDE, CROP_SIDE) for index in range(len(pairs.titles))):
        return pairs, ()
    aligned = yield from align_set(pairs, default_finder(models))
    count = len(aligned.without_face)
    return aligned.pairs, (_middles_used(count),) if count else ()


def _middles_used(pictures: int) -> Sentence:
    return counted(
        "In {count:,} picture no face was found, so its middle was used.",
        "In {count:,} pictures no face was found, so their middle was used.",
        count=pictures,
    )


def _left_out(summary: AlignedPhotos) -> Iterator[str]:
    if summary.without_face:
        yield counted(
            "{count:,} photo without a face was left out.",
            "{count:,} photos without a face were left out.",
            count=len(summary.without_face),
        )
    if summary.unreadable:
        yield counted(
            "{count:,} photo that cannot be read was left out.",
            "{count:,} photos that cannot be read were left out.",
            count=len(summary.unreadable),
        )
    if summary.several:
        yield counted(
            "{count:,} photo shows several faces; the largest was used.",
            "{count:,} photos show several faces; the largest was used in each.",
            count=len(summary.several),
        )


def default_finder(models: Path) -> FaceFinder:
    """Open Kinfolk's default detector, whose file must be in the folder `models`."""
    return open_finder(Catalog(models).default_detector(), models)


def _check_people(path: Path) -> None:
    """Raise UsageError for a person's folder that is empty; where a list names the people, folders mean nothing."""
    if (path / LIST_NAME).is_file():
        return
    people = [each for each in path.iterdir() if each.is_dir() and not each.name.startswith(".")]
    empty = [person for person in people if not any(person.iterdir())]
    if empty:
        raise UsageError(
            sentence(
                "People without faces in {path}: {count:,}, for example '{name}'.",
                path=path,
                count=len(empty),
                name=empty[0].name,
            ),
            sentence("Remove their folders."),
        )
