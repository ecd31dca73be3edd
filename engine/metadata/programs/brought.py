"""What a reader of another program's data returns."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path, PurePath

from engine.errors import KinfolkError
from engine.metadata.mentions import Mention
from engine.words import sentence


class Frame(Enum):
    """Which picture the boxes are relative to: the pixels as stored, or the photo as it is shown."""

    STORED = "stored"
    UPRIGHT = "upright"


@dataclass(frozen=True, slots=True)
class BroughtPhoto:
    """One photo as the other program knows it: a path of its own disk, which may lie elsewhere here.

    Boxes are relative (0 to 1). `stem_only` says that the photo's suffix is not known: the path ends before it.
    `words` are names only if somebody here is called so.
    """

    path: PurePath
    people: tuple[Mention, ...]
    frame: Frame
    stem_only: bool = False
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Brought:
    """Photos with names, and birth dates (ISO 8601, as exact as they are known) by name.

    `unread` are files that could not be read.
    """

    photos: tuple[BroughtPhoto, ...] = ()
    births: Mapping[str, str] = field(default_factory=dict)
    unread: tuple[Path, ...] = ()


_PASSED = frozenset({".picasaoriginals", "@eadir", "#recycle", "$recycle.bin"})


def files_below(top: Path, *, most: int = 2_000_000) -> Iterator[Path]:
    """Yield the files below a folder, hidden ones too, without following links; a file itself is yielded as it is.

    Raises KinfolkError where there is nothing at that path.
    """
    if top.is_file():
        yield top
        return
    if not top.is_dir():
        raise KinfolkError(sentence("{top} is not there.", top=top), sentence("Check the path, or connect its disk."))
    seen = 0
    for folder, names, files in os.walk(top):
        names[:] = sorted(name for name in names if name.lower() not in _PASSED)
        for name in sorted(files):
            seen += 1
            if seen > most:
                return
            yield Path(folder, name)


def content_of(path: Path, most: int) -> bytes | None:
    """Return a file's content, None where it cannot be read or has more than `most` bytes."""
    try:
        if path.stat().st_size > most:
            return None
        return path.read_bytes()
    except OSError:
        return None
