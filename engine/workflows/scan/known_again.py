"""A disk that is at another place than before: its folders are known again by what lies in them."""

import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.library.folders import FolderRow, folders
from engine.library.indexing import KnownPhoto, known_photos
from engine.library.library import Library
from engine.library.relocating import move_folder, other_folders
from engine.library.states import PhotoState
from engine.paths import real_path
from engine.scan.found import found_file
from engine.scan.presence import is_gone
from engine.words import sentence

LOOKED_AT = 60
"""Photos of an absent folder that are looked for, evenly chosen."""

DEPTH = 4
"""How many of the absent folder's last names may lie below the folder that the user named."""

_ENOUGH = 0.9
"""The share of them that must be there: some may have been deleted meanwhile."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """An absent folder that a place looks like. `is_certain` where it is the very same files and no copy of them."""

    folder: FolderRow
    path: Path
    is_certain: bool


def disks_to_ask(library: Library, paths: Sequence[Path]) -> list[Likeness]:
    """Return the absent folders that lie at or below these paths now, to be asked about before a scan moves them.

    Those of which somebody said that they are others are not among them. Looks at 60 files a folder.
    """
    found = (likeness for path in paths for likeness in _likenesses(library, real_path(path)))
    return [likeness for likeness in found if likeness.is_certain]


def follow_disks(library: Library, path: Path) -> list[str]:
    """Move absent folders that lie at or below `path` now, and return a sentence for each, also for mere likenesses.

    What tells the same disk from a copy of it is when each file last changed, which no program can set. Where that is
    not known nothing is moved: the user has to say so. Nor is a folder moved of which it was said that it is another.
    """
    sentences = list[str]()
    for likeness in _likenesses(library, path):
        old = likeness.folder.path
        if likeness.is_certain:
            move_folder(library, likeness.folder.id, likeness.path)
            sentences.append(
                sentence(
                    "The folder {old} is at {new} now: its photos are known again. "
                    "Should it be another one: kinfolk scan --not-moved-from {quoted_old} {quoted_new}",
                    old=old,
                    new=likeness.path,
                    quoted_old=shlex.quote(str(old)),
                    quoted_new=shlex.quote(str(likeness.path)),
                )
            )
        else:
            sentences.append(
                sentence(
                    "{copy} looks like a copy of {old}, which is not there. If it is the same folder, "
                    "forget the copy and say so: kinfolk scan --moved-from OLD NEW",
                    copy=likeness.path,
                    old=old,
                )
            )
    return sentences


def _likenesses(library: Library, path: Path) -> Iterator[Likeness]:
    rows = folders(library)
    if any(path == row.path or row.path in path.parents for row in rows):
        return  # a place that is known already
    refused = other_folders(library)
    for row in rows:
        if not is_gone(row.path):
            continue
        photos = [photo for photo in known_photos(library, row.id) if photo.state != PhotoState.MISSING]
        sample = photos[:: max(1, len(photos) // LOOKED_AT)]
        names = row.path.parts
        for count in range(min(DEPTH, len(names) - 1) + 1):
            place = path.joinpath(*names[len(names) - count :])
            likeness = None if (row.id, place) in refused else _likeness(row, place, sample)
            if likeness is not None:
                yield likeness
                break


def _likeness(row: FolderRow, place: Path, sample: list[KnownPhoto]) -> Likeness | None:
    """Compare some of a folder's photos with the files of the same paths below another place."""
    alike = same = 0
    for photo in sample:
        try:
            file = found_file(photo.relpath, (place / photo.relpath).stat())
        except OSError:
            continue
        is_alike = (file.size, file.mtime_ns) == (photo.size, photo.mtime_ns)
        alike += is_alike
        same += is_alike and photo.ctime_ns is not None and photo.ctime_ns == file.ctime_ns
    if not sample or alike < _ENOUGH * len(sample):
        return None
    return Likeness(row, place, same >= _ENOUGH * len(sample))
