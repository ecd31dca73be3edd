"""Writes names into the photos themselves, through exiftool, each after a copy of it was made."""

import os
import secrets
import shutil
import subprocess
import tempfile
from pathlib import Path

from engine.errors import KinfolkError, UsageError
from engine.library.library import Library
from engine.library.mark import made_mark, mark_of
from engine.library.queries.named_photos import NamedPhoto, named_photos
from engine.metadata.embedded import embedded_in
from engine.metadata.packet import said_in
from engine.metadata.reading import MetadataError
from engine.metadata.writing.names import Wanted, with_names
from engine.metadata.xmp import XmpError
from engine.private_files import sync_folder
from engine.progress import Progress, Workflow
from engine.scan.formats import KEPT
from engine.words import sentence, system_reason
from engine.workflows.exporting.naming import Exported, Selection, check_unchanged, names_of, unreadable

SIDECAR = sentence("Let its names go into a sidecar beside it.")

LONGEST = 120.0
"""Seconds that exiftool may take for one photo, on a slow disk, too."""


def check_exiftool() -> str:
    """Return where exiftool is. Raises UsageError where it is not there."""
    found = shutil.which("exiftool")
    if found is None:
        raise UsageError(
            sentence("Names are written into photos by exiftool, which is not here."),
            sentence("Install exiftool, or let names go into sidecars beside the photos: leave --embed out."),
        )
    return found


def embed_names(library: Library, selection: Selection, wanted: Wanted) -> Workflow[Exported]:
    """Bring the metadata inside photos up to date with what was said of their faces.

    Before a photo is written its file is kept beside it as NAME_original; one that is there already stays. Pixels are
    not touched. Raises UsageError where exiftool is absent.
    """
    exiftool = check_exiftool()
    photos = selection.of(named_photos(library))
    mark = made_mark(library) if any(photo.faces for photo in photos) else mark_of(library)
    exported = Exported()
    for done, photo in enumerate(photos):
        yield Progress("export", done, len(photos), figures={"written": exported.written})
        is_asked = any(selection.asks_for(face) for face in photo.faces)
        try:
            packets = embedded_in(photo.path).packets
            if not is_asked and (not mark or not any(mark.encode() in packet for packet in packets)):
                continue
            check_unchanged(photo)
            _embed(photo, packets, selection, wanted, mark, exiftool, exported)
        except KinfolkError as error:
            exported.problems.append(error)
        except (XmpError, MetadataError) as error:
            exported.problems.append(unreadable(photo.path, error))
        except OSError as error:
            if not photo.faces:
                continue
            exported.problems.append(
                KinfolkError(
                    sentence("{path} cannot be written: {reason}.", path=photo.path, reason=system_reason(error)),
                    sentence("Check the disk and its permissions."),
                )
            )
        exported.photos += 1
    return exported


def _embed(
    photo: NamedPhoto,
    packets: tuple[bytes, ...],
    selection: Selection,
    wanted: Wanted,
    mark: str,
    exiftool: str,
    exported: Exported,
) -> None:
    if len(packets) > 1:
        raise KinfolkError(
            sentence(
                "{path} holds so much metadata that it is in several parts; it was left as it is.", path=photo.path
            ),
            SIDECAR,
        )
    packet = packets[0] if packets else None
    packet = with_names(packet, names_of(photo, selection, mark, packet, ()), wanted)
    if packet is None:
        exported.unchanged += 1
        return
    _keep(photo.path)
    _write(photo.path, packet, exiftool)
    exported.written += 1


def _keep(path: Path) -> None:
    """Copy a photo beside it, bring the copy to the disk; the first one that was kept stays."""
    kept = path.with_name(f"{path.name}{KEPT}")
    if kept.exists():
        return
    part = path.with_name(f".{path.name}{KEPT}.part")
    try:
        shutil.copy2(path, part)
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        part.replace(kept)
        sync_folder(path.parent)
    finally:
        part.unlink(missing_ok=True)


def _write(path: Path, packet: bytes, exiftool: str) -> None:
    """Let exiftool write the photo anew beside itself, look at what came of it, and put that in the photo's place.

    Raises KinfolkError and OSError, with the photo as it was.
    """
    before = path.stat()
    part = path.with_name(f".{path.name[:80]}.{secrets.token_hex(4)}.part")
    try:
        _run(exiftool, packet, path, part)
        if [said_in(one) for one in embedded_in(part).packets] != [said_in(packet)]:
            raise KinfolkError(sentence("{path} was not written: the names do not fit into it.", path=path), SIDECAR)
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        shutil.copystat(path, part)
        now = path.stat()
        if (now.st_ino, now.st_size, now.st_mtime_ns) != (before.st_ino, before.st_size, before.st_mtime_ns):
            raise KinfolkError(
                sentence("{path} was changed by another program just now.", path=path),
                sentence("Scan its folder and export again."),
            )
        part.replace(path)
        sync_folder(path.parent)
    finally:
        part.unlink(missing_ok=True)


def _run(exiftool: str, packet: bytes, path: Path, part: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "names.xmp")
        source.write_bytes(packet)
        command = [exiftool, "-q", f"-xmp<={source}", "-o", str(part), str(path)]
        try:
            ran = subprocess.run(  # noqa: S603 no shell, a program that the user installed
                command, capture_output=True, timeout=LONGEST, check=False, stdin=subprocess.DEVNULL
            )
        except subprocess.TimeoutExpired as error:
            raise KinfolkError(
                sentence("{path}: exiftool did not come to an end.", path=path), sentence("Export again.")
            ) from error
    if ran.returncode or not part.is_file():
        words = ran.stderr.decode("utf-8", "replace").strip().splitlines()
        said = words[0] if words else sentence("it ended with {code}", code=ran.returncode)
        raise KinfolkError(sentence("{path} was not written: exiftool says: {said}", path=path, said=said), SIDECAR)
