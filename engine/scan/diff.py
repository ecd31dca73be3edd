"""What changed between the photos that are known and the files that were found. Pure: no disk, no database."""

from collections import defaultdict, deque
from collections.abc import Collection, Hashable, Iterable, Set
from dataclasses import dataclass, field
from typing import NamedTuple

from engine.scan.walk import FoundFile


class KnownFile(NamedTuple):
    """A photo as it was at the last scan; the path is relative to its folder, as in `FoundFile`."""

    photo_id: int
    relpath: str
    size: int
    mtime_ns: int
    ctime_ns: int | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """Every found file is new, changed or unchanged; every known photo is changed, unchanged, missing or unseen.

    `change_times` says by photo id when unchanged files last changed, where that was not known.
    """

    new: list[FoundFile] = field(default_factory=list)
    changed: list[tuple[KnownFile, FoundFile]] = field(default_factory=list)
    unchanged: list[KnownFile] = field(default_factory=list)
    missing: list[KnownFile] = field(default_factory=list)
    unseen: list[KnownFile] = field(default_factory=list)
    change_times: dict[int, int] = field(default_factory=dict)


class Comparison:
    """Compares by path; a file of another size, or whose content or attributes changed at another time, is changed.

    A time of change that either side does not know does not count. The order of each input is kept. Files are taken
    as a walk finds them, so that a large library is not held twice.
    """

    def __init__(self, known: Iterable[KnownFile]) -> None:
        self._difference = Difference()
        self._left = {file.relpath: file for file in known}

    def take(self, files: Iterable[FoundFile]) -> None:
        """Compare files that were found."""
        left, unchanged = self._left, self._difference.unchanged
        for file in files:
            before = left.pop(file.relpath, None)
            if before is None:
                self._difference.new.append(file)
            elif before[1:] == file:  # the same size and times, as nearly all have
                unchanged.append(before)
            elif _is_the_same(before, file):
                unchanged.append(before)
                if before.ctime_ns is None and file.ctime_ns is not None:
                    self._difference.change_times[before.photo_id] = file.ctime_ns
            else:
                self._difference.changed.append((before, file))

    def end(self, unseen: Collection[str] = ()) -> Difference:
        """Return what came of it, when all files were taken.

        `unseen` are the paths of files and subtrees that could not be listed (`WalkProblem.relpath`; "" is everything):
        what is known at or below them and was not found is neither missing nor unchanged but unseen.
        """
        unseen_paths = frozenset(unseen)
        for before in self._left.values():
            hidden = lies_in(before.relpath, unseen_paths)
            (self._difference.unseen if hidden else self._difference.missing).append(before)
        self._left.clear()
        return self._difference


def _is_the_same(before: KnownFile, file: FoundFile) -> bool:
    if (before.size, before.mtime_ns) != (file.size, file.mtime_ns):
        return False
    return None in (before.ctime_ns, file.ctime_ns) or before.ctime_ns == file.ctime_ns


def lies_in(relpath: str, trees: Set[str]) -> bool:
    """Say whether the path or one of the folders above it is in `trees` ("" is above all), by one look-up for each."""
    if not trees:
        return False
    while relpath not in trees:
        if not relpath:
            return False
        relpath = relpath.rpartition("/")[0]
    return True


def match_moves(
    new: Iterable[tuple[FoundFile, bytes]], missing: Iterable[tuple[KnownFile, bytes]]
) -> list[tuple[KnownFile, FoundFile]]:
    """Pair missing photos with new files of the same content hash: the file was moved or renamed.

    Where several files have one content, the same path (in another folder of the library) is paired first, then the
    same name, then the same folder, then the rest; among equals by path. Each is used at most once, and the order of
    the inputs does not matter. The pairs come ordered by the photo's path.
    """
    files: dict[bytes, list[FoundFile]] = defaultdict(list)
    for file, content in new:
        files[content].append(file)
    photos: dict[bytes, list[KnownFile]] = defaultdict(list)
    for photo, content in missing:
        if content in files:
            photos[content].append(photo)
    pairs = [pair for content, same in photos.items() for pair in _pair(same, files[content])]
    return sorted(pairs, key=lambda pair: (pair[0].relpath, pair[0].photo_id))


def _pair(photos: list[KnownFile], files: list[FoundFile]) -> list[tuple[KnownFile, FoundFile]]:
    """Pair photos and files of one content, the closest kind of likeness first."""
    photos = sorted(photos, key=lambda photo: (photo.relpath, photo.photo_id))
    files = sorted(files, key=lambda file: (file.relpath, file.size, file.mtime_ns))
    pairs: list[tuple[KnownFile, FoundFile]] = []
    for likeness in (_path_of, _name_of, _folder_of, _anything):
        waiting: dict[Hashable, deque[FoundFile]] = defaultdict(deque)
        for file in files:
            waiting[likeness(file.relpath)].append(file)
        left: list[KnownFile] = []
        for photo in photos:
            alike = waiting[likeness(photo.relpath)]
            if alike:
                pairs.append((photo, alike.popleft()))
            else:
                left.append(photo)
        photos, files = left, [file for queue in waiting.values() for file in queue]
        files.sort(key=lambda file: (file.relpath, file.size, file.mtime_ns))
    return pairs


def _path_of(relpath: str) -> Hashable:
    return relpath


def _name_of(relpath: str) -> Hashable:
    return relpath.rpartition("/")[2]


def _folder_of(relpath: str) -> Hashable:
    return relpath.rpartition("/")[0]


def _anything(_relpath: str) -> Hashable:
    return None
