"""What a scan reads and writes. All of it is the machine's: nothing here is recorded for undo."""

from engine.library.indexing.copies import note_copies
from engine.library.indexing.drawn_faces import insert_drawn
from engine.library.indexing.face_copies import copy_drawn, share_faces
from engine.library.indexing.face_matching import NEVER_ALIKE, Likeness
from engine.library.indexing.known_files import (
    KnownPhoto,
    known_files,
    known_photos,
    missing_by_hash,
    photos_by_size,
    unfinished_photos,
    unsettled_photos,
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
from engine.library.indexing.waiting import (
    FoundAgain,
    PossiblePlace,
    SearchedPhoto,
    WaitingFace,
    put_waiting,
    waiting_faces,
)

__all__ = [
    "NEVER_ALIKE",
    "FoundAgain",
    "KnownPhoto",
    "Likeness",
    "Move",
    "PhotoScan",
    "PossiblePlace",
    "Problem",
    "ScannedFace",
    "SearchedPhoto",
    "Touch",
    "WaitingFace",
    "copy_drawn",
    "insert_drawn",
    "known_files",
    "known_photos",
    "mark_found",
    "mark_missing",
    "missing_by_hash",
    "move_photos",
    "note_change_times",
    "note_copies",
    "photos_by_size",
    "put_waiting",
    "release_started",
    "share_faces",
    "start_photos",
    "store_problems",
    "store_scans",
    "touch_photos",
    "unfinished_photos",
    "unsettled_photos",
    "waiting_faces",
]
