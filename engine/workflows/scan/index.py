"""Reads the photos that a survey found unread, and stores their faces batch by batch."""

import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field

from engine.library import indexing
from engine.library.indexing import PhotoScan, ScannedFace
from engine.library.library import Library
from engine.library.states import PhotoState
from engine.models.card import ModelCard
from engine.progress import Progress, Workflow
from engine.workflows.scan.deaths import condemn
from engine.workflows.scan.indexed import IndexSummary
from engine.workflows.scan.placing import place_waiting
from engine.workflows.scan.reading import (
    AnalysedPhoto,
    Pace,
    PhotoFile,
    PhotoReader,
    Result,
    SamePhoto,
    UnreadablePhoto,
)
from engine.workflows.scan.survey import Unread

STARTED_TOGETHER = 16
"""Photos that are marked as STARTED in one transaction, just before the first of them is read."""

STORED_TOGETHER = 64
STORE_EVERY = 2.0
"""Results are stored when there are that many, or that many seconds after the last time."""


STRANGERS_SO_ALIKE = 1e-6
STRANGERS_IN_ONE_PLACE = 1e-3
"""Shares of pairs of two people that reach the similarity from which on two faces of a changed photo are one: wherever
they are, and in the same place of a picture of the same shape. Another picture may have taken the file's name."""

ODDS_AMONG_OTHERS = 99.0
"""So many to one, a face is where two others of the picture say that it is, unless embeddings speak against it more
strongly. SFace does below a similarity of 0.19: 0.1 % of 1,267 faces of lfw after harsh edits (half the light, grey, a
third of the size, blur, JPEG quality 30, double contrast), 92 % of pairs of different people in one place."""


def likeness_of(card: ModelCard) -> indexing.Likeness:
    """Return which similarities, of embeddings as they are stored, say that a face is the one that was known."""
    calibration = card.calibration
    if calibration is None:
        return indexing.NEVER_ALIKE
    return indexing.Likeness(
        sure=calibration.similarity_at(STRANGERS_SO_ALIKE),
        likely=calibration.similarity_at(STRANGERS_IN_ONE_PLACE),
        possible=calibration.similarity_of(1 / (1 + ODDS_AMONG_OTHERS)),
    )


ALONE = Pace(1, ahead=1, together=1)
"""For files of which each may end the process: one after another, and what came of one is stored before the next."""


def index(library: Library, unread: Sequence[Unread], reader: PhotoReader, workers: int) -> Workflow[IndexSummary]:
    """Read photos, in `workers` threads a stage where this process reads them, and store what is found.

    A file that ended the process last time is read last and alone, after it was marked as SUSPECT, unless the reader
    outlives what photos do; one that ended it again is listed as a problem. Closing the workflow stores what is
    finished; the rest is read by the next scan. Raises what the reader does, after what was finished is stored.
    """
    summary = IndexSummary()
    began = time.monotonic()
    guilty = [item for item in unread if item.state == PhotoState.SUSPECT]
    summary.read = summary.problems = condemn(library, _start(library, guilty, PhotoState.SUSPECT))
    suspects = [item for item in unread if item.state == PhotoState.STARTED and not reader.outlives_photos]
    apart = {id(item) for item in (*guilty, *suspects)}
    rest = [item for item in unread if id(item) not in apart]
    pace = Pace(workers, ahead=8 * workers, together=STARTED_TOGETHER)
    yield from _Reading(library, reader, summary, len(unread), PhotoState.STARTED).run(rest, pace)
    # Last, so that one which ends the process keeps no other from being read.
    yield from _Reading(library, reader, summary, len(unread), PhotoState.SUSPECT).run(suspects, ALONE)
    summary.seconds = time.monotonic() - began
    return summary


def _start(library: Library, items: Sequence[Unread], state: PhotoState) -> list[PhotoFile]:
    """Mark files as being read and return them with their photo ids, in order."""
    ids: dict[tuple[int, str], int] = {}
    for folder_id in {item.root.folder_id for item in items}:
        files = [
            (item.file.relpath, item.file.size, item.file.mtime_ns)
            for item in items
            if item.root.folder_id == folder_id
        ]
        started = indexing.start_photos(library, folder_id, files, state)
        ids |= {(folder_id, relpath): photo_id for relpath, photo_id in started.items()}
    return [
        PhotoFile(
            ids[item.root.folder_id, item.file.relpath],
            item.root.folder / item.file.relpath,
            item.file.size,
            item.file.mtime_ns,
            item.known_hash,
            item.file.ctime_ns,
        )
        for item in items
    ]


@dataclass
class _Reading:
    """One run of the pipeline: marks photos as started, stores results, releases what was not finished."""

    library: Library
    reader: PhotoReader
    summary: IndexSummary
    total: int
    state: PhotoState
    open_ids: set[int] = field(default_factory=set)
    waiting: list[Result] = field(default_factory=list)
    stored_at: float = field(default_factory=time.monotonic)

    def run(self, unread: Sequence[Unread], pace: Pace) -> Workflow[None]:
        """Read the photos and store what comes of them."""
        if not unread:
            return
        with closing(self.reader.read(self._files(unread, pace), pace)) as flow:
            try:
                for result in flow:
                    self._take(result)
                    yield self._report()
            finally:
                # Before the threads are waited for: a file that takes long is none that ends the process.
                self._store()
                indexing.release_started(self.library, sorted(self.open_ids))

    def _files(self, unread: Sequence[Unread], pace: Pace) -> Iterator[PhotoFile]:
        for first in range(0, len(unread), pace.together):
            if pace is ALONE:
                # Else the next one, should it end the process, would leave this one behind as if it had done so.
                self._store()
            files = _start(self.library, unread[first : first + pace.together], self.state)
            self.open_ids.update(file.photo_id for file in files)
            yield from files

    def _take(self, result: Result | None) -> None:
        if result is not None:
            self.waiting.append(result)
            self.summary.read += 1
            self.summary.same += isinstance(result, SamePhoto)
            self.summary.problems += isinstance(result, UnreadablePhoto)
            self.summary.faces += len(result.detected.faces) if isinstance(result, AnalysedPhoto) else 0
        if len(self.waiting) >= STORED_TOGETHER or time.monotonic() - self.stored_at > STORE_EVERY:
            self._store()

    def _store(self) -> None:
        """Write down what is waiting, one transaction for each kind."""
        analysed = [result for result in self.waiting if isinstance(result, AnalysedPhoto)]
        broken = [result for result in self.waiting if isinstance(result, UnreadablePhoto)]
        same = [result.file for result in self.waiting if isinstance(result, SamePhoto)]
        if analysed:
            scans = [self._scan_of(photo) for photo in analysed]
            embedder = self.reader.embedder
            indexing.store_scans(self.library, scans, likeness=likeness_of(embedder.card))
            place_waiting(self.library, embedder, [scan.photo_id for scan in scans], likeness_of(embedder.card))
        if broken:
            indexing.store_problems(
                self.library,
                [
                    indexing.Problem(
                        photo.file.photo_id,
                        photo.reason,
                        photo.file.size,
                        photo.file.mtime_ns,
                        photo.content_hash,
                        photo.file.ctime_ns,
                    )
                    for photo in broken
                ],
            )
        if same:
            indexing.touch_photos(
                self.library,
                [indexing.Touch(file.photo_id, file.size, file.mtime_ns, file.ctime_ns) for file in same],
            )
        self.open_ids.difference_update(result.file.photo_id for result in self.waiting)
        self.waiting.clear()
        self.stored_at = time.monotonic()

    def _scan_of(self, photo: AnalysedPhoto) -> PhotoScan:
        detected, file, taken = photo.detected, photo.file, photo.detected.taken
        faces = tuple(
            ScannedFace(face.box, face.landmarks, face.score, face.quality, vector, length)
            for face, (vector, length) in zip(detected.faces, photo.read.rows(), strict=True)
        )
        return PhotoScan(
            photo_id=file.photo_id,
            size=file.size,
            mtime_ns=file.mtime_ns,
            content_hash=detected.content_hash,
            width=detected.width,
            height=detected.height,
            taken_at=taken.at if taken else None,
            detector=self.reader.detector.name,
            faces=faces,
            model=self.reader.embedder.card.key,
            note=detected.note or None,
            ctime_ns=file.ctime_ns,
            taken_precision=taken.precision if taken else None,
            taken_from=taken.source if taken else None,
        )

    def _report(self) -> Progress:
        figures = {"faces": self.summary.faces, "problems": self.summary.problems}
        return Progress("scan", self.summary.read, self.total, figures=figures)
