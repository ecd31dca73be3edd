"""What lies in the folders now against what the library knows: new, changed, moved, missing, unchanged."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from engine.errors import KinfolkError
from engine.library.folders import folders
from engine.library.indexing import KnownPhoto, known_photos, mark_found, mark_missing, note_change_times
from engine.library.library import Library
from engine.library.states import PhotoState
from engine.progress import Progress, Workflow
from engine.scan.decode import can_be_read
from engine.scan.diff import Difference, KnownFile, compare
from engine.scan.packages import package_has_come
from engine.scan.walk import FoundFile, LeftOut, WalkProblem, walk
from engine.workflows.scan.moved import follow_moves
from engine.workflows.scan.roots import Root

REPORT_EVERY = 250
"""Files between two reports of the walk."""

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
    `left_out` counts the pictures that the walk passed over, by the reason (`scan.closed_folders.Why`).
    `warnings` are sentences about folders that could not be seen; their photos are neither missing nor unchanged.
    """

    found: int = 0
    new: int = 0
    changed: int = 0
    moved: int = 0
    missing: int = 0
    unchanged: int = 0
    broken: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    unread: list[Unread] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def survey(library: Library, roots: Sequence[Root], again: Collection[PhotoState] = ()) -> Workflow[Survey]:
    """Walk the roots and note in the library what moved, went and came back.

    Photos whose state is in `again` are to be read again although they did not change.
    """
    result = Survey()
    seen: list[tuple[Root, Difference, dict[int, KnownPhoto]]] = []
    skip = [row.path for row in folders(library)]
    for root in roots:
        files, unseen = yield from _walk(root, skip, result)
        known = {photo.id: photo for photo in known_photos(library, root.folder_id) if root.holds(photo.relpath)}
        before = [
            KnownFile(photo.id, photo.relpath, photo.size, photo.mtime_ns, photo.ctime_ns) for photo in known.values()
        ]
        difference = compare(before, files, unseen)
        note_change_times(library, _unnoted(difference, files))
        seen.append((root, difference, known))
    result.moved = yield from follow_moves(library, [(root, difference) for root, difference, _ in seen])
    for root, difference, known in seen:
        _note(library, difference, known)
        _count(root, difference, known, frozenset(again) | UNFINISHED, result)
    return result


def _walk(root: Root, skip: Collection[Path], result: Survey) -> Workflow[tuple[list[FoundFile], list[str]]]:
    """Return the files below the root and the subtrees that could not be seen, relative to the root's folder."""
    files: list[FoundFile] = []
    unseen: list[str] = []
    try:
        entries = walk(root.path, skip=[path for path in skip if path != root.path])
    except KinfolkError as error:
        result.warnings.append(f"{error} Its photos stay as they are.")
        return files, [root.within]
    for entry in entries:
        relpath = root.relpath(entry.relpath)
        if isinstance(entry, WalkProblem):
            unseen.append(relpath)
            result.warnings.append(f"{root.folder / relpath}: {entry.reason}")
            continue
        if isinstance(entry, LeftOut):
            result.left_out[entry.why] += entry.count
            continue
        files.append(replace(entry, relpath=relpath))
        if len(files) % REPORT_EVERY == 0:
            yield Progress("walk", result.found + len(files))
    result.found += len(files)
    yield Progress("walk", result.found)
    return files, unseen


def _unnoted(difference: Difference, files: Sequence[FoundFile]) -> dict[int, int | None]:
    """Return when unchanged files last changed of which the library does not know it, by photo id."""
    unknown = {file.relpath: file.photo_id for file in difference.unchanged if file.ctime_ns is None}
    return {unknown[file.relpath]: file.ctime_ns for file in files if file.relpath in unknown}


def _note(library: Library, difference: Difference, known: dict[int, KnownPhoto]) -> None:
    """Write down which photos are missing now and which are back."""
    gone = [file.photo_id for file in difference.missing if known[file.photo_id].state != PhotoState.MISSING]
    there = [*difference.unchanged, *(before for before, _ in difference.changed)]
    back = [file.photo_id for file in there if known[file.photo_id].state == PhotoState.MISSING]
    mark_missing(library, gone)
    mark_found(library, back)


def _count(
    root: Root, difference: Difference, known: dict[int, KnownPhoto], again: frozenset[PhotoState], result: Survey
) -> None:
    """Add the root's files to the result; a known file that was never read to its end counts as new."""
    result.missing += len(difference.missing)
    result.new += len(difference.new)
    result.changed += len(difference.changed)
    result.unread += [Unread(root, file) for file in difference.new]
    for before, file in difference.changed:
        photo = known[before.photo_id]
        # Not the file that ended an earlier scan, if one did: it begins anew.
        known_hash = None if photo.state in again else photo.content_hash
        result.unread.append(Unread(root, file, known_hash))
    for before in difference.unchanged:
        photo = known[before.photo_id]
        never_read = photo.content_hash is None and photo.problem is None
        result.new += never_read
        result.unchanged += not never_read
        if never_read or photo.state in again or _is_mended(root, photo):
            file = FoundFile(before.relpath, before.size, before.mtime_ns, before.ctime_ns)
            state = photo.state if photo.state in UNFINISHED else PhotoState.NEW
            result.unread.append(Unread(root, file, state=state))
        else:
            result.broken += photo.problem is not None


def _is_mended(root: Root, photo: KnownPhoto) -> bool:
    """Say whether a photo could not be read for a reason outside its file that is no more: a permission, a package."""
    if photo.problem is None:
        return False
    if photo.content_hash is None:
        return can_be_read(root.folder / photo.relpath)
    return package_has_come(photo.problem)
