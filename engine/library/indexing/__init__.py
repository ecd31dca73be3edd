"""What a scan reads and writes. All of it is the machine's: nothing here is recorded for undo."""

from engine.library.indexing.copies import note_copies
from engine.library.indexing.known_files import (
    KnownPhoto,
    known_photos,
    missing_by_hash,
    photos_by_size,
    unfinished_photos,
)
from engine.library.indexing.moved_photos import Move, move_photos
from engine.library.indexing.photo_states import (
    Problem,
    Touch,
    mark_found,
    mark_missing,
    note_change_times,
    release_started,
    start_photos,
    store_problems,
    touch_photos,
)
from engine.library.indexing.scan_results import PhotoScan, ScannedFace
from engine.library.indexing.storing import store_scans

__all__ = [
    "KnownPhoto",
    "Move",
    "PhotoScan",
    "Problem",
    "ScannedFace",
    "Touch",
    "known_photos",
    "mark_found",
    "mark_missing",
    "missing_by_hash",
    "move_photos",
    "note_change_times",
    "note_copies",
    "photos_by_size",
    "release_started",
    "start_photos",
    "store_problems",
    "store_scans",
    "touch_photos",
    "unfinished_photos",
]
