"""What lies in the folders now against what the library knows: new, changed, moved, missing, unchanged."""

import time
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from engine.errors import KinfolkError
from engine.library.folders import folders
from engine.library.indexing import (
    KnownPhoto,
    known_files,
    mark_found,
    mark_missing,
    note_change_times,
    unsettled_photos,
)
from engine.library.library import Library
from engine.library.missing import forget_unread
from engine.library.states import PhotoState
from engine.memory import many_rows
from engine.progress import Progress, Workflow
from engine.scan.diff import Comparison, Difference, KnownFile
from engine.scan.found import Found
from engine.scan.packages import package_has_come
from engine.scan.presence import is_empty_mount_point
from engine.scan.walk import FoundFile, FoundSidecar, LeftOut, WalkProblem, looked_at
from engine.words import following, sentence
from engine.workflows.naming.reading import SeenFolder
from engine.workflows.scan.moved import follow_moves
from engine.workflows.scan.roots import PHOTOS_STAY, Root

REPORT_EVERY = 0.1
"""Seconds between two reports of the walk: a disk may give 100,000 files in that time, or one, or no photo."""

UNFINISHED = frozenset({PhotoState.NEW, PhotoState.STARTED, PhotoState.SUSPECT})


@dataclass(frozen=True, slots=True)
class Unread:
    """A file that is to be read; `known_hash` is that of the content that was read before, None if never.

    `state` is NEW, or that of its photo: STARTED or SUSPECT where an earlier scan ended while it read this very file.
    """

    root: Root
    file: FoundFile
    known_hash: bytes | None = None
    state: PhotoState = PhotoState.NEW


@dataclass(slots=True)
class Survey:
    """How many files there are of each kind, and those that are to be read.

    `broken` are unchanged files that could not be read before and are not read again: what kept them from being read
    lies in the file, or has not changed.
    `turned` counts those that went since the last scan or came back.
    `left_out` counts the pictures that the walk passed over, by the reason (`scan.closed_folders.Why`).
    `seen` says what was seen of each folder, by its id.
    `warnings` are sentences about folders that could not be seen; their photos are neither missing nor unchanged.
    """

    found: int = 0
    new: int = 0
    changed: int = 0
    moved: int = 0
    missing: int = 0
    turned: int = 0
    unchanged: int = 0
    broken: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    unread: list[Unread] = field(default_factory=list)
    seen: dict[int, SeenFolder] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)


def survey(library: Library, roots: Sequence[Root], again: Collection[PhotoState] = ()) -> Workflow[Survey]:
    """Walk the roots and note in the library what moved, went and came back.

    Photos whose state is in `again` are to be read again although they did not change.
    """
    result = Survey()
    seen: list[tuple[Root, Difference]] = []
    skip, folder_ids = [row.path for row in folders(library)], {root.folder_id for root in roots}
    with many_rows():
        known = known_files(library, folder_ids)
    for root in roots:
        difference = yield from _difference(root, known[root.folder_id], skip, result)
        note_change_times(library, difference.change_times)
        seen.append((root, difference))
    del known
    result.moved = yield from follow_moves(library, seen)
    changed = [before.photo_id for _, difference in seen for before, _ in difference.changed]
    unsettled = unsettled_photos(library, folder_ids, changed)
    for root, difference in seen:
        result.turned += _note(library, difference, unsettled)
        _count(root, difference, unsettled, frozenset(again) | UNFINISHED, result)
    return result


def _difference(root: Root, known: Iterable[KnownFile], skip: Collection[Path], result: Survey) -> Workflow[Difference]:
    """Return what the root's files now are against what the library knows of those of its folder."""
    sidecars: list[FoundSidecar] = []
    comparison = Comparison((file for file in known if root.holds(file.relpath)) if root.within else known)
    unseen = yield from _walk(root, skip, comparison, sidecars, result)
    difference = comparison.end(unseen)
    here = SeenFolder.of(root.within, unseen, sidecars, _paths(difference))
    result.seen[root.folder_id] = result.seen[root.folder_id] | here if root.folder_id in result.seen else here
    return difference


def _paths(difference: Difference) -> Iterator[str]:
    """Yield the paths of the files that were found."""
    yield from (before.relpath for before in difference.unchanged)
    yield from (file.relpath for _, file in difference.changed)
    yield from (file.relpath for file in difference.new)


def _walk(
    root: Root, skip: Collection[Path], comparison: Comparison, sidecars: list[FoundSidecar], result: Survey
) -> Workflow[list[str]]:
    """Let the files below the root be compared, and return the subtrees that could not be seen; paths in its folder."""
    count, told, unseen = 0, time.monotonic(), list[str]()
    try:
        parts = looked_at(root.path, skip=[path for path in skip if path != root.path], patience=REPORT_EVERY / 2)
    except KinfolkError as error:
        result.warnings.append(following(error.whole(), PHOTOS_STAY))
        return [root.within]
    for part in parts:
        if time.monotonic() - told > REPORT_EVERY:
            yield Progress("walk", result.found + count)
            told = time.monotonic()
        files = [one for one in part if isinstance(one, FoundFile)]
        if root.within:
            files = [file._replace(relpath=root.relpath(file.relpath)) for file in files]
        comparison.take(files)
        count += len(files)
        if len(files) < len(part):
            unseen += _note_others(root, part, sidecars, result)
    if not count and not unseen and is_empty_mount_point(root.path):
        empty = sentence(
            "{path} is empty. If a disk belongs there, connect it: its photos stay as they are.", path=root.path
        )
        result.warnings.append(empty)
        unseen.append(root.within)
    result.found += count
    yield Progress("walk", result.found)
    return unseen


def _note_others(root: Root, part: Sequence[Found], sidecars: list[FoundSidecar], result: Survey) -> list[str]:
    """Take what a walk found besides photos, and return the subtrees that could not be seen; paths in the folder."""
    unseen: list[str] = []
    for entry in part:
        if isinstance(entry, FoundSidecar):
            sidecars.append(replace(entry, relpath=root.relpath(entry.relpath)))
        elif isinstance(entry, LeftOut):
            result.left_out[entry.why] += entry.count
        elif isinstance(entry, WalkProblem):
            relpath = root.relpath(entry.relpath)
            unseen.append(relpath)
            result.warnings.append(sentence("{path}: {reason}", path=root.folder / relpath, reason=entry.reason))
    return unseen


def _note(library: Library, difference: Difference, unsettled: dict[int, KnownPhoto]) -> int:
    """Write down which photos are missing now and which are back, and return how many they are.

    Those that were never read are no longer among the missing.
    """
    away = {photo.id for photo in unsettled.values() if photo.state == PhotoState.MISSING}
    lost = [file.photo_id for file in difference.missing]
    forgotten = forget_unread(library, lost).photos if lost else frozenset()
    difference.missing[:] = [file for file in difference.missing if file.photo_id not in forgotten]
    gone = [photo for photo in lost if photo not in away | forgotten]
    back = [file.photo_id for file in difference.unchanged if file.photo_id in away]
    back += [file.photo_id for file, _ in difference.changed if file.photo_id in away]
    mark_missing(library, gone)
    mark_found(library, back)
    return len(gone) + len(back) + len(forgotten)


def _count(
    root: Root, difference: Difference, unsettled: dict[int, KnownPhoto], again: frozenset[PhotoState], result: Survey
) -> None:
    """Add the root's files to the result; a known file that was never read to its end counts as new.

    Those that are not among the `unsettled` are SCANNED, and as they were.
    """
    result.missing += len(difference.missing)
    result.new += len(difference.new)
    result.changed += len(difference.changed)
    result.unread += [Unread(root, file) for file in difference.new]
    for before, file in difference.changed:
        photo = unsettled.get(before.photo_id)
        # Not the file that ended an earlier scan, if one did: it begins anew.
        known_hash = None if photo is None or photo.state in again else photo.content_hash
        result.unread.append(Unread(root, file, known_hash))
    doubted = difference.unchanged
    if PhotoState.SCANNED not in again:
        doubted = [before for before in difference.unchanged if before.photo_id in unsettled]
    result.unchanged += len(difference.unchanged) - len(doubted)
    for before in doubted:
        photo = unsettled.get(before.photo_id)
        never_read = photo is not None and photo.content_hash is None and photo.problem is None
        result.new += never_read
        result.unchanged += not never_read
        state = PhotoState.SCANNED if photo is None else photo.state
        if never_read or state in again or (photo is not None and _is_mended(root, photo)):
            file = FoundFile(before.relpath, before.size, before.mtime_ns, before.ctime_ns)
            result.unread.append(Unread(root, file, state=state if state in UNFINISHED else PhotoState.NEW))
        else:
            result.broken += photo is not None and photo.problem is not None


def _is_mended(root: Root, photo: KnownPhoto) -> bool:
    """Say whether a photo could not be read for a reason outside its file that is no more: a permission, a package."""
    if photo.problem is None:
        return False
    if photo.content_hash is None:
        from engine.scan.decode import can_be_read

        return can_be_read(root.folder / photo.relpath)
    return package_has_come(photo.problem)
