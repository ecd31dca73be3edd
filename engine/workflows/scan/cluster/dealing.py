"""Which photos a worker is given next, and which of them is to blame where a worker dies."""

from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from engine.errors import ClusterError, PhotoError
from engine.scan.fingerprint import file_hash
from engine.words import sentence
from engine.workflows.scan.analysis import EMBED_BATCH
from engine.workflows.scan.deaths import DEATHS, KILLED
from engine.workflows.scan.reading import PhotoFile, UnreadablePhoto

IN_A_ROW = 3 * DEATHS
"""So many deaths with nothing read between them are no photo's doing: two photos may be to blame for as many as ten."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Photos that are given to a worker together; one that is suspected goes alone, to a worker that has no other."""

    files: tuple[PhotoFile, ...]
    is_alone: bool = False


class Dealing:
    """The photos that are still to be read, and the deaths that they were part of.

    A worker's death makes suspects of all that it held. Each is then read alone, so that a further death tells which
    it was; nobody is to blame before `DEATHS` of these, since a machine may end a worker for reasons of its own.
    """

    def __init__(self, files: Iterable[PhotoFile]) -> None:
        self._fresh: Iterator[PhotoFile] = iter(files)
        self._returned: deque[PhotoFile] = deque()
        self._suspects: deque[PhotoFile] = deque()
        self._deaths: Counter[int] = Counter()
        self._in_a_row = 0

    def next_for(self, held: Iterable[Batch]) -> Batch | None:
        """Return what a worker is to read beside what it holds, None where there is nothing for it now."""
        held = tuple(held)
        if any(batch.is_alone for batch in held):
            return None
        if self._suspects:
            return None if held else Batch((self._suspects.popleft(),), is_alone=True)
        files = [self._returned.popleft() for _ in range(min(EMBED_BATCH, len(self._returned)))]
        files += islice(self._fresh, EMBED_BATCH - len(files))
        return Batch(tuple(files)) if files else None

    def answered(self) -> None:
        """Note that something was read."""
        self._in_a_row = 0

    def take_back(self, batches: Iterable[Batch]) -> None:
        """Let others read what a worker held that was sent away; nothing is held against these photos."""
        for batch in batches:
            (self._suspects if batch.is_alone else self._returned).extend(batch.files)

    def died(self, batches: Iterable[Batch]) -> list[UnreadablePhoto]:
        """Note that a worker died with what it held, and return the photos that are to blame by now.

        Raises ClusterError where workers die whatever they read.
        """
        self._in_a_row += 1
        if self._in_a_row > IN_A_ROW:
            message = sentence(
                "The cluster's workers ended {in_a_row} times in a row, whatever they read.", in_a_row=IN_A_ROW
            )
            raise ClusterError(message, sentence("What was read is stored. See Ray's logs on their machines."))
        guilty = []
        for batch in batches:
            for file in batch.files:
                self._deaths[file.photo_id] += batch.is_alone
                if self._deaths[file.photo_id] >= DEATHS:
                    guilty.append(_killing(file))
                else:
                    self._suspects.append(file)
        return guilty


def _killing(file: PhotoFile) -> UnreadablePhoto:
    try:
        return UnreadablePhoto(file, KILLED, file_hash(file.path))
    except PhotoError as error:
        return UnreadablePhoto(file, error.whole(), None)
