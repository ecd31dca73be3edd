"""Files that were moved or renamed: found again by their content, so that their photos keep everything."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.errors import PhotoError
from engine.library.folders import folders, forget_folders
from engine.library.indexing import KnownPhoto, Move, move_photos, photos_by_size
from engine.library.library import Library
from engine.library.states import PhotoState
from engine.pipeline import Stage, overlap
from engine.progress import Progress, Workflow
from engine.scan.diff import Difference, KnownFile, match_moves
from engine.scan.fingerprint import file_hash
from engine.scan.presence import is_gone, was_taken_away
from engine.scan.walk import FoundFile
from engine.workflows.scan.roots import Root

HASH_THREADS = 2
AHEAD = 16

Gone = dict[int, dict[int, KnownPhoto]]
"""Size in bytes → photo id → a photo whose content is no longer at its path."""


def follow_moves(library: Library, seen: Sequence[tuple[Root, Difference]]) -> Workflow[int]:
    """Give photos whose content turned up under another path that path; return how many.

    The differences are corrected: a moved file is neither new nor changed, its photo not missing, and a file that took
    the place of a moved one is new. Only files are read whose size is that of a photo that is no longer at its path. A
    folder that was moved or renamed is forgotten when all its photos have been found elsewhere.
    """
    gone = _gone_by_size(library, seen)
    moves: list[Move] = []
    left: set[int] = set()
    for root, difference in seen:
        there = [*difference.new, *(file for _, file in difference.changed)]
        hashed = yield from _hashed(root, [file for file in there if gone.get(file.size)])
        for before, file in match_moves(hashed, _as_files(gone)):
            photo = gone[before.size].pop(before.photo_id)
            if (photo.folder_id, photo.relpath) != (root.folder_id, file.relpath):
                moves.append(Move(photo.id, root.folder_id, file.relpath, file.size, file.mtime_ns, file.ctime_ns))
                left.add(photo.folder_id)
    if moves:
        move_photos(library, moves)
        forget_folders(library, [row.id for row in folders(library) if row.id in left and was_taken_away(row.path)])
        for root, difference in seen:
            _correct(root, difference, moves)
    return len(moves)


def _gone_by_size(library: Library, seen: Sequence[tuple[Root, Difference]]) -> Gone:
    """Return photos of any folder that are missing, or whose file has other content now, if a file might be theirs.

    Those of a folder that is away with its disk are not among them (a copy of them is a copy), nor are those that could
    not be seen. Those of a folder that was itself moved or renamed are.
    """
    sizes = {file.size for _, difference in seen for file in difference.new}
    sizes |= {file.size for _, difference in seen for _, file in difference.changed}
    if not sizes:
        return {}
    settled = {file.photo_id for _, difference in seen for file in (*difference.unchanged, *difference.unseen)}
    changed = {file.photo_id for _, difference in seen for file, _ in difference.changed}
    homes = {row.id: _Home(row.path, was_taken_away(row.path)) for row in folders(library)}
    gone: Gone = defaultdict(dict)
    for photo in (photo for photos in photos_by_size(library, sizes).values() for photo in photos):
        if photo.content_hash is None or photo.id in settled:
            continue
        if photo.id in changed or homes[photo.folder_id].has_lost(photo):
            gone[photo.size][photo.id] = photo
    return gone


@dataclass(frozen=True, slots=True)
class _Home:
    """Where a photo's folder lies, and whether it was itself moved, renamed or deleted."""

    path: Path
    taken_away: bool

    def has_lost(self, photo: KnownPhoto) -> bool:
        """Say whether the photo's file is certainly not at its path any more."""
        if self.taken_away:
            return True
        # While the folder itself is not there, nothing is known of what it holds.
        if is_gone(self.path):
            return False
        return photo.state == PhotoState.MISSING or is_gone(self.path / photo.relpath)


def _as_files(gone: Gone) -> list[tuple[KnownFile, bytes]]:
    return [
        (KnownFile(photo.id, photo.relpath, photo.size, photo.mtime_ns), photo.content_hash or b"")
        for photos in gone.values()
        for photo in photos.values()
    ]


def _hashed(root: Root, files: Sequence[FoundFile]) -> Workflow[list[tuple[FoundFile, bytes]]]:
    """Return the files with their content hashes; one that cannot be read is left for the scan to report."""

    def hash_all(batch: list[FoundFile]) -> list[tuple[FoundFile, bytes | None]]:
        return [(file, _hash_or_none(root, file)) for file in batch]

    hashed: list[tuple[FoundFile, bytes]] = []
    flow = overlap(files, [Stage("hash", hash_all, HASH_THREADS, waiting=AHEAD)], ahead=AHEAD)
    for done, result in enumerate(flow):
        if result is not None and result[1] is not None:
            hashed.append(result)
        yield Progress("moves", min(done + 1, len(files)), len(files))
    return hashed


def _hash_or_none(root: Root, file: FoundFile) -> bytes | None:
    try:
        return file_hash(root.folder / file.relpath)
    except PhotoError:
        return None


def _correct(root: Root, difference: Difference, moves: Sequence[Move]) -> None:
    """Take moved files and photos out of a difference."""
    arrived = {move.relpath for move in moves if move.folder_id == root.folder_id}
    left = {move.photo_id for move in moves}
    changed = [pair for pair in difference.changed if pair[0].photo_id not in left and pair[1].relpath not in arrived]
    taken = [(before, file) for before, file in difference.changed if (before, file) not in changed]
    replaced = [file for before, file in taken if file.relpath not in arrived]
    overwritten = [before for before, _ in taken if before.photo_id not in left]
    difference.changed[:] = changed
    difference.new[:] = [file for file in difference.new if file.relpath not in arrived] + replaced
    difference.missing[:] = [file for file in difference.missing if file.photo_id not in left] + overwritten
