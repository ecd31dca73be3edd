"""InsightFace's model packs by their bare names: where its package keeps them, and fetching one from its zoo."""

import os
import zipfile
import zlib
from pathlib import Path
from typing import IO

from engine.errors import ModelError, said_by
from engine.models.graph_facts import MOST_BYTES
from engine.models.import_sources import INSIGHTFACE_PACKS
from engine.models.transfer import SourceError, Span, disk_error, probe, receive
from engine.progress import Progress, Workflow
from engine.words import sentence

HOME = "INSIGHTFACE_HOME"
"""Where InsightFace's files lie, if not in `~/.insightface`."""

CHUNK = 1 << 20


def pack_named(path: Path) -> str | None:
    """Return the name of the pack that somebody means by a bare name, None where a path is meant."""
    word = str(path)
    return word if word in INSIGHTFACE_PACKS and not path.exists() else None


def pack_folder(name: str) -> Path | None:
    """Return the folder in which InsightFace keeps this pack, None where it is not on this machine."""
    kept = Path(os.environ.get(HOME) or "~/.insightface").expanduser() / "models" / name
    # Some packs lie in a folder of their own name, as their archive does.
    return next((folder for folder in (kept, kept / name) if any(folder.glob("*.onnx"))), None)


def fetch_pack(name: str, folder: Path) -> Workflow[Path]:
    """Fetch a pack from the zoo of the package insightface and return the folder of its ONNX files inside `folder`.

    Raises ModelError where the zoo cannot be reached, what came is no archive, or the disk fails.
    """
    archive, files = folder / f"{name}.zip", folder / name
    try:
        remote = probe(f"{_zoo()}/{name}.zip")
        for done in receive(Span(remote, 0, remote.size), archive):
            yield Progress("fetch", done, remote.size, name)
    except SourceError as error:
        raise ModelError(
            sentence("InsightFace's pack {name} could not be fetched: {reason}.", name=name, reason=said_by(error)),
            sentence(
                "Connect to the internet and try again, or put its files into ~/.insightface/models/{name}.", name=name
            ),
        ) from error
    try:
        files.mkdir()
        yield from _unpack(archive, files, name)
        archive.unlink()
    except zipfile.BadZipFile as error:
        raise ModelError(
            sentence("What came for {name} is no archive of models.", name=name), sentence("Try again later.")
        ) from error
    except OSError as error:
        raise disk_error(files, error) from error
    return files


def _zoo() -> str:
    """Return the address below which InsightFace's package says that packs lie."""
    try:
        from insightface.utils.storage import BASE_REPO_URL
    except ImportError as error:
        raise ModelError(
            sentence(
                "Fetching a pack needs the package insightface, which cannot be loaded: {reason}.",
                reason=said_by(error),
            ),
            sentence("Install it with: pip install insightface"),
        ) from error
    return str(BASE_REPO_URL).rstrip("/")


def _unpack(archive: Path, folder: Path, name: str) -> Workflow[None]:
    """Write the archive's ONNX files into the folder, whatever folders they lie in; nothing else is taken."""
    with zipfile.ZipFile(archive) as packed:
        members = [one for one in packed.infolist() if one.filename.endswith(".onnx") and one.file_size < MOST_BYTES]
        total, done = sum(one.file_size for one in members), 0
        for member in members:
            target = folder / Path(member.filename).name
            with packed.open(member) as source, target.open("xb") as stream:
                while chunk := _read(source, name):
                    stream.write(chunk)
                    done += len(chunk)
                    yield Progress("fetch", done, total, sentence("{name}, unpacking", name=name))


def _read(source: IO[bytes], name: str) -> bytes:
    try:
        return source.read(CHUNK)
    except (EOFError, zlib.error) as error:
        raise zipfile.BadZipFile(name) from error
