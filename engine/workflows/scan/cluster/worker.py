"""What runs in each worker's process, on whatever machine. It knows nothing of Ray, the library or other workers."""

import os
import socket
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from filelock import FileLock

from engine.errors import KinfolkError, said_by
from engine.models.card import ModelCard
from engine.models.catalog import ModelState, file_state
from engine.models.prepare import prepare
from engine.paths import Places, default_data_dir
from engine.scan.content import pass_large_through
from engine.scan.decode import can_be_read
from engine.settings import Settings
from engine.words import sentence
from engine.workflows.scan.analysis import Analyser
from engine.workflows.scan.cluster.agreement import Versions, difference, versions
from engine.workflows.scan.opening_models import open_analyser
from engine.workflows.scan.reading import AnalysedPhoto, PhotoFile, Result

SLACK_NS = 2_000_000_000
"""How far a time of change may be from what it was elsewhere: file systems of a network round it."""


@dataclass(frozen=True, slots=True)
class Errand:
    """What a worker is to do its work with: the cards of both models, how they run, and what must be as here."""

    detector: ModelCard
    embedder: ModelCard
    settings: Settings
    versions: Versions


@dataclass(frozen=True, slots=True)
class Begun:
    """A worker's first word: the machine it runs on, and why it cannot be used, empty where it can."""

    host: str
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a few photos, and for each whether its file is, on the worker's machine, the one that was found.

    The crops of faces stay behind. `notices` are the worker's so far.
    """

    results: tuple[Result, ...]
    as_found: tuple[bool, ...]
    notices: tuple[str, ...]


class Worker:
    """Reads photos one after another, with models that came along."""

    def __init__(self) -> None:
        self._analyser: Analyser | None = None

    def begin(self, errand: Errand, detector: bytes, embedder: bytes) -> Begun:
        """Compare versions and open the models, given as their files' bytes; only then photos may be read."""
        host = socket.gethostname()
        if differing := difference(errand.versions, versions()):
            return Begun(host, sentence("it has {differing}. Install the same on every machine.", differing=differing))
        lock = FileLock(Path(tempfile.gettempdir()) / f"kinfolk-{_user()}-large-picture.lock")
        pass_large_through(lambda: lock)  # the memory is the machine's, and it may have many workers
        try:
            folder = _folder_for(errand)
            _unpack(errand.detector, detector, folder)
            _unpack(errand.embedder, embedder, folder)
            self._analyser = open_analyser(errand.detector, errand.embedder, folder, errand.settings)
        except (KinfolkError, OSError) as error:
            return Begun(host, sentence("the models cannot be used there: {reason}", reason=said_by(error)))
        return Begun(host)

    def read(self, files: Sequence[PhotoFile]) -> Answer:
        """Read photos that lie here at the paths where they were found. Raises what `begin` would have told."""
        if self._analyser is None:
            raise RuntimeError("the worker has not begun")
        results = tuple(_without_crops(result) for result in self._analyser.read_together(files))
        return Answer(results, tuple(is_as_found(file) for file in files), self._analyser.notices)


def is_as_found(file: PhotoFile) -> bool:
    """Say whether a file can be opened here and is, by its size and time, the one that the survey found."""
    try:
        status = file.path.stat()
    except OSError:
        return False
    same = status.st_size == file.size and abs(status.st_mtime_ns - file.mtime_ns) <= SLACK_NS
    return same and can_be_read(file.path)


def _folder_for(errand: Errand) -> Path:
    """Return a folder for these two files, made if need be: other libraries may send others of the same names."""
    name = f"{errand.detector.sha256[:12]}-{errand.embedder.sha256[:12]}"
    folder = Places(default_data_dir()).models / "cluster" / name
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def _unpack(card: ModelCard, data: bytes, folder: Path) -> None:
    """Write a model's file and its runnable graph where they are not there yet; one of a machine's workers does it."""
    path = folder / card.file
    with FileLock(folder / f".{card.file}.lock"):
        if file_state(card, path) is not ModelState.READY:
            part = path.with_name(f"{path.name}.{os.getpid()}.part")
            part.write_bytes(data)
            part.replace(path)
        prepare(card, folder)


def _without_crops(result: Result) -> Result:
    if isinstance(result, AnalysedPhoto):
        return replace(result, detected=replace(result.detected, crops=()))
    return result


def _user() -> int:
    return os.getuid() if hasattr(os, "getuid") else 0
