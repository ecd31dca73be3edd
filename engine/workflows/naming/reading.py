"""Reads the names in photos' files and sidecars where these are not what was read last. No photo is decoded."""

import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import TypeVar

from engine.library.library import Library
from engine.library.mark import mark_of
from engine.library.mentions import PhotoToName, ReadPhoto, photos_to_name, stamp_of, store_mentions
from engine.metadata.sidecars import Sidecars, by_photo, sidecars_of
from engine.progress import Progress, Workflow
from engine.scan.diff import lies_in
from engine.scan.found import FoundSidecar
from engine.words import counted

Result = TypeVar("Result")

STORED_TOGETHER = 64
READ_EVERY = 2.0
"""Seconds between two looks at what a scan has read meanwhile."""

MEANWHILE = 256
"""Photos whose names are read at such a look."""


@dataclass(frozen=True, slots=True)
class SeenFolder:
    """What walks saw in a folder, paths relative to it.

    `parts` are what was walked of it: a path ("" for all of it), and what below it could not be seen. `sidecars` lie by
    the photos that they belong to, and `beside` are the photos that have some.
    """

    parts: tuple[tuple[str, frozenset[str]], ...]
    sidecars: Sidecars
    beside: tuple[str, ...]

    @classmethod
    def of(
        cls, within: str, unseen: Collection[str], sidecars: Iterable[FoundSidecar], photos: Iterable[str]
    ) -> "SeenFolder":
        """Make one of what a walk found; paths of photos are asked for only where there are sidecars."""
        held = by_photo(sidecars)
        beside = tuple(photo for photo in photos if sidecars_of(photo, held)) if held else ()
        return cls(((within, frozenset(unseen)),), held, beside)

    def holds(self, relpath: str) -> bool:
        """Say whether a photo of the folder that is not missing was seen, and so what lies beside it."""
        return any(lies_in(relpath, {within}) and not lies_in(relpath, unseen) for within, unseen in self.parts)

    def __or__(self, other: "SeenFolder") -> "SeenFolder":
        """Return what was seen in two parts of one folder."""
        sidecars = {**self.sidecars, **other.sidecars}
        return SeenFolder(self.parts + other.parts, sidecars, self.beside + other.beside)


Seen = Mapping[int, SeenFolder]
"""By the folder's id. Of photos that were not seen nothing is concluded: their sidecars may be there, too."""


@dataclass(slots=True)
class NamesRead:
    """What came of reading names: photos read, faces named, and names that several people here share."""

    photos: int = 0
    faces: int = 0
    shared: int = 0

    def warnings(self) -> list[str]:
        """Return a sentence for the user where names in files mean several people."""
        if not self.shared:
            return []
        return [
            counted(
                "A name in the photos' files may mean several people here: merge them, or give them different names.",
                "{count:,} names in the photos' files may mean several people here: "
                "merge them, or give them different names.",
                count=self.shared,
            )
        ]


def read_names(library: Library, seen: Seen, names: NamesRead) -> Workflow[None]:
    """Read the names of all seen photos whose file or sidecars changed since the last time; adds to `names`."""
    waiting = [
        one
        for folder_id, folder in seen.items()
        for one in _stale(photos_to_name(library, folder_id, beside=folder.beside), seen)
    ]
    for first in range(0, len(waiting), STORED_TOGETHER):
        yield Progress("names", first, len(waiting))
        _read(library, waiting[first : first + STORED_TOGETHER], names)
    if waiting:
        yield Progress("names", len(waiting), len(waiting))


def named_meanwhile(reading: Workflow[Result], library: Library, seen: Seen, names: NamesRead) -> Workflow[Result]:
    """Pass on the progress of reading photos, and read the names of those that are stored in between.

    So people appear under their names while a long scan goes on, and files are read while the system still has them at
    hand.
    """
    looked = time.monotonic()
    with closing(reading):
        while True:
            try:
                report = next(reading)
            except StopIteration as stop:
                result: Result = stop.value
                return result
            yield report
            if time.monotonic() - looked > READ_EVERY:
                _read(library, tuple(_stale(photos_to_name(library, limit=MEANWHILE), seen)), names)
                looked = time.monotonic()


def _stale(photos: Iterable[PhotoToName], seen: Seen) -> Iterator[tuple[PhotoToName, Sequence[FoundSidecar], str]]:
    """Yield the photos whose names are not those of the present files, with their sidecars and new stamps."""
    for photo in photos:
        folder = seen.get(photo.folder_id)
        if folder is None or not folder.holds(photo.relpath):
            continue
        beside = sidecars_of(photo.relpath, folder.sidecars)
        stamp = stamp_of(photo, beside)
        if stamp != photo.stamp:
            yield photo, beside, stamp


def _read(
    library: Library, photos: Sequence[tuple[PhotoToName, Sequence[FoundSidecar], str]], names: NamesRead
) -> None:
    if not photos:
        return
    mark = mark_of(library)
    named = store_mentions(library, [_read_one(*photo, mark) for photo in photos])
    names.photos += len(photos)
    names.faces += named.faces
    names.shared += named.shared


def _read_one(photo: PhotoToName, beside: Sequence[FoundSidecar], stamp: str, mark: str) -> ReadPhoto:
    from engine.metadata.reading import MetadataError, mentions_of

    try:
        said = mentions_of(photo.path, [photo.folder / sidecar.relpath for sidecar in beside], mark)
    except MetadataError:
        return ReadPhoto(photo.photo_id, stamp, None)
    return ReadPhoto(photo.photo_id, stamp, said)
