"""Surveys whose unread photos are stored as read, without models."""

from pathlib import Path

from engine.library import indexing
from engine.library.indexing import PhotoScan
from engine.library.library import Library
from engine.library.queries import photo_rows
from engine.progress import finish
from engine.scan.fingerprint import file_hash
from engine.workflows.scan.roots import chosen_roots
from engine.workflows.scan.survey import Survey, survey


def look(library: Library, *paths: Path) -> Survey:
    """Survey and store what is unread as scanned, without faces."""
    result = finish(survey(library, chosen_roots(library, paths)[0]))
    scans = []
    for item in result.unread:
        file = item.file
        ids = indexing.start_photos(library, item.root.folder_id, [(file.relpath, file.size, file.mtime_ns)])
        content = file_hash(item.root.folder / file.relpath)
        scans.append(PhotoScan(ids[file.relpath], file.size, file.mtime_ns, content, 64, 48, None, "none", (), "none"))
    indexing.store_scans(library, scans)
    return result


def ids_by_name(library: Library) -> dict[str, int]:
    """Return the photos' ids by file name."""
    return {row.path.name: row.id for row in photo_rows(library)}


def figures(result: Survey) -> tuple[int, int, int, int, int, int]:
    """Return what was found, new, changed, moved, missing and unchanged."""
    return (result.found, result.new, result.changed, result.moved, result.missing, result.unchanged)
