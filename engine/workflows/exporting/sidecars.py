"""Writes names into sidecars (XMP) beside photos. No photo is touched."""

import os
import stat
from itertools import groupby
from pathlib import Path

from engine.errors import KinfolkError
from engine.library.library import Library
from engine.library.mark import made_mark, mark_of
from engine.library.queries.named_photos import NamedPhoto, named_photos
from engine.metadata.reading import MAX_SIDECAR, MetadataError
from engine.metadata.writing.names import Wanted, with_names
from engine.metadata.xmp import XmpError
from engine.progress import Progress, Workflow
from engine.words import sentence, system_reason
from engine.workflows.exporting.naming import Exported, Selection, check_unchanged, names_of, unreadable
from engine.workflows.exporting.replacing import put_file, seen
from engine.workflows.exporting.targets import FolderListing


def export_sidecars(library: Library, selection: Selection, wanted: Wanted) -> Workflow[Exported]:
    """Bring the sidecars of photos up to date with what was said of their faces.

    Each is one file that is put in the old one's place whole, so that breaking off loses nothing; what is right already
    is not written. A file that cannot be read or written is left as it is, and told.
    """
    photos = selection.of(named_photos(library))
    mark = made_mark(library) if any(photo.faces for photo in photos) else mark_of(library)
    exported, done = Exported(), 0
    for folder, here in groupby(photos, lambda photo: photo.path.parent):
        together = list(here)
        try:
            listing = FolderListing.of(folder)
        except OSError as error:
            _note_away(folder, together, error, exported)
            done += len(together)
            continue
        for photo in together:
            yield Progress("export", done, len(photos), figures={"written": exported.written})
            _export(photo, listing, selection, wanted, mark, exported)
            done += 1
    return exported


def _note_away(folder: Path, photos: list[NamedPhoto], error: OSError, exported: Exported) -> None:
    named = sum(bool(photo.faces) for photo in photos)
    if named:
        exported.photos += named
        exported.problems.append(
            KinfolkError(
                sentence("{folder} cannot be opened: {reason}.", folder=folder, reason=system_reason(error)),
                sentence("Connect its disk and export again."),
            )
        )


def _export(
    photo: NamedPhoto, listing: FolderListing, selection: Selection, wanted: Wanted, mark: str, exported: Exported
) -> None:
    target = listing.target(photo.path.name)
    is_asked = any(selection.asks_for(face) for face in photo.faces)
    try:
        before, packet = _read(target)
        if not is_asked and (packet is None or not mark or mark.encode() not in packet):
            return
        check_unchanged(photo)
        names = names_of(photo, selection, mark, packet, listing.of_photo(photo.path.name))
        packet = with_names(packet, names, wanted)
        if packet is None:
            exported.unchanged += 1
        elif put_file(target, packet, before, _rights(photo.path)):
            exported.written += 1
        else:
            raise KinfolkError(
                sentence("{target} was changed by another program just now.", target=target), sentence("Export again.")
            )
    except (KinfolkError, XmpError, MetadataError, OSError) as error:
        # Beside a photo of nobody whom we named stands nothing of ours, as far as can be read.
        if not photo.faces:
            return
        exported.problems.append(_told(target, error))
    exported.photos += 1


def _told(target: Path, error: KinfolkError | XmpError | MetadataError | OSError) -> KinfolkError:
    if isinstance(error, KinfolkError):
        return error
    if isinstance(error, OSError):
        return KinfolkError(
            sentence("{target} cannot be written: {reason}.", target=target, reason=system_reason(error)),
            sentence("Check the disk and its permissions."),
        )
    return unreadable(target, error)


def _read(target: Path) -> tuple[os.stat_result | None, bytes | None]:
    """Return how the sidecar is and what is in it, None for both where there is none.

    Raises OSError, and KinfolkError for what is no plain file of a sidecar's size.
    """
    before = seen(target)
    if before is None:
        return None, None
    if not stat.S_ISREG(before.st_mode):
        raise KinfolkError(
            sentence("{target} is a link and was left as it is.", target=target)
            if stat.S_ISLNK(before.st_mode)
            else sentence("{target} is no file and was left as it is.", target=target),
            sentence("Move it away and export again."),
        )
    if before.st_size > MAX_SIDECAR:
        raise KinfolkError(
            sentence("{target} is too large for a sidecar and was left as it is.", target=target),
            sentence("Move it away and export."),
        )
    return before, target.read_bytes()


def _rights(photo: Path) -> int:
    """Return the mode of a new sidecar: who may read the photo may read it."""
    return stat.S_IMODE(photo.stat().st_mode) & 0o666
