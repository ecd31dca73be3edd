"""A small file beside the library that says: there was one here, this is how it was left, and then it was sound.

Without it an empty or missing file would pass for a library that was never made, and a file that was changed while
nobody had it open would pass for the one that was closed.
"""

import json
import os
import time
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from engine.private_files import new_private_file

CHECK_EVERY = 7 * 24 * 3600.0
"""Seconds after which a library is checked whole though nothing speaks against it."""


@dataclass(frozen=True, slots=True)
class Marker:
    """The file as it was when the last process closed it: bytes and time; and when (Unix seconds) it was found sound.

    A `size` of −1 says that it was open then, or that nothing is known.
    """

    size: int = -1
    mtime_ns: int = -1
    checked_at: float = 0.0

    def is_of(self, library: Path) -> bool:
        """Say whether the file is the one that was closed."""
        status = library.stat()
        return (status.st_size, status.st_mtime_ns) == (self.size, self.mtime_ns)

    @property
    def due(self) -> bool:
        """Whether the weekly check is due; also where the clock was set back."""
        return not 0 <= time.time() - self.checked_at < CHECK_EVERY


def marker_path(library: Path) -> Path:
    """Return where a library's marker is."""
    return library.with_name(f"{library.stem}.left.json")


def read_marker(library: Path) -> Marker | None:
    """Return what was noted, None where there is no marker; one that cannot be read says only that there was one."""
    try:
        noted = json.loads(marker_path(library).read_text(encoding="utf-8"))
        return Marker(int(noted["size"]), int(noted["mtime_ns"]), float(noted["checked_at"]))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError):
        return Marker()


def was_here(library: Path) -> bool:
    """Say whether there is a marker: that whatever lies at this path was a library once."""
    return marker_path(library).exists()


def write_marker(library: Path, checked_at: float) -> None:
    """Note how the file is now; where that cannot be written the next opening checks the library once more."""
    with suppress(OSError):
        status = library.stat()
        _write(library, Marker(status.st_size, status.st_mtime_ns, checked_at))


def note_checked(library: Path, checked_at: float) -> None:
    """Note when a library that is open was found sound, beside how it was closed before."""
    _write(library, replace(read_marker(library) or Marker(), checked_at=checked_at))


def spoil_marker(library: Path) -> None:
    """Let the next opening check the whole file."""
    _write(library, Marker())


def _write(library: Path, marker: Marker) -> None:
    path = marker_path(library)
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        part.unlink(missing_ok=True)
        new_private_file(part)
        part.write_text(json.dumps(asdict(marker)), encoding="utf-8")
        part.replace(path)
    except OSError:
        with suppress(OSError):
            part.unlink(missing_ok=True)
