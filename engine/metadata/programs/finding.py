"""Which photo here is the one that another program means, whose folders may lie elsewhere."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path, PurePath

from engine.metadata.programs.brought import BroughtPhoto


class PhotoFinder:
    """Finds photos by their paths: the same one, else by as many folders above the name as agree."""

    def __init__(self, photos: Iterable[tuple[int, Path]]) -> None:
        """Take the photos that there are, by id."""
        self._exact: dict[str, int] = {}
        self._by_name: dict[str, list[tuple[int, PurePath]]] = defaultdict(list)
        self._by_stem: dict[str, list[tuple[int, PurePath]]] = defaultdict(list)
        for photo_id, path in photos:
            self._exact[str(path)] = photo_id
            self._by_name[_called(path.name)].append((photo_id, path))
            self._by_stem[_called(path.stem)].append((photo_id, path))

    def find(self, photo: BroughtPhoto) -> int | None:
        """Return the photo's id, None where there is none or several are as likely.

        Beside the name at least one folder has to agree, unless the program knows the name alone.
        """
        exact = self._exact.get(str(photo.path))
        if exact is not None:
            return exact
        named = (self._by_stem if photo.stem_only else self._by_name)[_called(photo.path.name)]
        if not named:
            return None
        shared = [(_shared(path, photo.path), photo_id) for photo_id, path in named]
        most = max(count for count, _ in shared)
        best = [photo_id for count, photo_id in shared if count == most]
        is_bare = len(photo.path.parts) == 1
        return best[0] if len(best) == 1 and (most > 0 or is_bare) else None


def _shared(one: PurePath, other: PurePath) -> int:
    """Return how many folders right above the name are called the same."""
    count = 0
    for mine, theirs in zip(reversed(one.parts[:-1]), reversed(other.parts[:-1]), strict=False):
        if _called(mine) != _called(theirs):
            break
        count += 1
    return count


def _called(name: str) -> str:
    """Return a file's or folder's name as it is compared: composed, for macOS takes letters and accents apart."""
    return unicodedata.normalize("NFC", name).casefold()
