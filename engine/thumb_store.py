"""Small pictures kept on disk, so that a grid of faces need not read the photos again.

JPEG: at 256 pixels OpenCV writes one in 0.2 ms and reads it in 0.4 (11 KB at quality 85); WebP of the same size takes
9.5 and 1.4 ms. Each file ends with the CRC-32 of what stands before it, so that a damaged one is known.
"""

import os
import shutil
import threading
import time
import zlib
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path

import numpy as np

from engine.errors import KinfolkError
from engine.geometry import Image
from engine.words import sentence, system_reason

QUALITY = 85
"""JPEG's, 0 to 100: 42 dB on faces, where WebP needs its quality 90."""

KEPT_SHARE = 0.8
"""Pruning goes down to this share of the limit, so that it is not needed again at once."""

PRUNE_EVERY = 0.02
"""A store prunes itself whenever it has saved this share of its limit."""

TOUCH_AFTER = 3600.0
"""Seconds after which another use of a picture is written down: its file's time says when it was used last."""

SUFFIX = ".thumb"
"""Not a photo's: a scan of the folder that holds the data finds no photos here."""

_CHECK = 4
"""Bytes of the CRC at a file's end."""


class ThumbStore:
    """Pictures by key, in a folder of their own. Several threads and processes may use it at once.

    It is a cache: a picture that cannot be read is absent, one that cannot be written (a full disk, a folder that is
    read-only) is dropped quietly. Keys are words of letters, digits and dashes, at least two.
    """

    def __init__(self, folder: Path, limit_bytes: int = 1_000_000_000) -> None:
        self.folder, self.limit_bytes = folder, limit_bytes
        self._counting = threading.Lock()
        self._pruning = threading.Lock()
        self._clearing = threading.Lock()
        self._saved = self._cleared = 0

    def load(self, key: str) -> Image | None:
        """Return the picture, H × W × 3 RGB uint8, or None; a damaged file is removed."""
        return self._read(self._path(key))

    def latest(self, place: str) -> Image | None:
        """Return the picture that was used last of those whose keys begin with `place` and a dash, or None."""
        candidates = []
        with suppress(OSError), os.scandir(self.folder / place[:2]) as entries:
            candidates = [
                (entry.stat().st_mtime, entry.name) for entry in entries if entry.name.startswith(f"{place}-")
            ]
        return self._read(self.folder / place[:2] / max(candidates)[1]) if candidates else None

    @property
    def cleared(self) -> int:
        """How often `clear` was called: whoever begins to make a picture notes it for `save`."""
        return self._cleared

    def save(self, key: str, image: Image, cleared: int | None = None) -> None:
        """Keep a picture, H × W × 3 RGB uint8, unless everything was removed since `cleared` was noted."""
        path = self._path(key)
        data = _packed(image)
        unfinished = path.with_name(f"{path.name}.{os.getpid()}-{threading.get_ident()}")
        try:
            with self._clearing:
                if cleared not in (None, self._cleared):
                    return
                path.parent.mkdir(parents=True, exist_ok=True)
                unfinished.write_bytes(data)
                unfinished.replace(path)
        except OSError:
            with suppress(OSError):
                unfinished.unlink()
            return
        with self._counting:
            self._saved += len(data)
            due = self._saved > self.limit_bytes * PRUNE_EVERY
            self._saved = 0 if due else self._saved
        if due:
            self.prune()

    def prune(self) -> None:
        """Remove what was not used for longest, down to `KEPT_SHARE`, if all together is above the limit.

        Takes about a second for 100,000 pictures. Does nothing while another thread is at it.
        """
        if not self._pruning.acquire(blocking=False):
            return
        try:
            files = sorted(self._files())
            total = sum(size for _, size, _ in files)
            if total <= self.limit_bytes:
                return
            for _, size, path in files:
                if total <= self.limit_bytes * KEPT_SHARE:
                    break
                with suppress(OSError):
                    Path(path).unlink()
                    total -= size
        finally:
            self._pruning.release()

    def clear(self) -> None:
        """Remove everything. Raises KinfolkError where something stays: these are pictures of faces."""
        try:
            with self._clearing:
                self._cleared += 1
                shutil.rmtree(self.folder)
        except FileNotFoundError:
            return
        except OSError as error:
            message = sentence(
                "The small pictures in {folder} cannot all be removed: {reason}.",
                folder=self.folder,
                reason=system_reason(error),
            )
            raise KinfolkError(message, sentence("Remove the folder yourself.")) from error

    def forget(self, places: Collection[str]) -> None:
        """Remove the pictures whose keys begin with one of these places and a dash. Raises as `clear`."""
        doomed = frozenset(places)
        try:
            with self._clearing:
                self._cleared += 1
                for _, _, path in list(self._files()):
                    if Path(path).name.partition("-")[0] in doomed:
                        Path(path).unlink(missing_ok=True)
        except OSError as error:
            message = sentence(
                "The small pictures in {folder} cannot all be removed: {reason}.",
                folder=self.folder,
                reason=system_reason(error),
            )
            raise KinfolkError(message, sentence("Remove the folder yourself.")) from error

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key}{SUFFIX}"

    def _read(self, path: Path) -> Image | None:
        try:
            with path.open("rb") as file:
                data = file.read()
                used = os.fstat(file.fileno()).st_mtime
        except OSError:
            return None
        image = _unpacked(data)
        with suppress(OSError):
            if image is None:
                path.unlink()
            elif time.time() - used > TOUCH_AFTER:
                os.utime(path)
        return image

    def _files(self) -> Iterator[tuple[float, int, str]]:
        """Yield (time of last use, bytes, path) of every file, also of those that a crash left unfinished."""
        with suppress(OSError), os.scandir(self.folder) as folders:
            for folder in folders:
                with suppress(OSError), os.scandir(folder.path) as entries:
                    for entry in entries:
                        with suppress(OSError):
                            status = entry.stat(follow_symlinks=False)
                            yield status.st_mtime, status.st_size, entry.path


def _packed(image: Image) -> bytes:
    import cv2  # most commands do without it

    written = cv2.imencode(".jpg", cv2.cvtColor(image, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_JPEG_QUALITY, QUALITY])[1]
    data: bytes = written.tobytes()
    return data + zlib.crc32(data).to_bytes(_CHECK, "big")


def _unpacked(data: bytes) -> Image | None:
    if zlib.crc32(data[:-_CHECK]) != int.from_bytes(data[-_CHECK:], "big") or len(data) <= _CHECK:
        return None
    import cv2

    image = cv2.imdecode(np.frombuffer(data, np.uint8, len(data) - _CHECK), cv2.IMREAD_COLOR_RGB)
    return None if image is None else np.asarray(image, dtype=np.uint8)
