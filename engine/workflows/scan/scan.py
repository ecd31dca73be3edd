"""The main job: look through folders, read what is new, group the faces into people."""

import time
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from engine.library.indexing import note_copies
from engine.library.library import Library
from engine.library.queries import counts
from engine.library.states import PhotoState
from engine.memory import give_back
from engine.models.catalog import Catalog
from engine.progress import Workflow
from engine.settings import Settings
from engine.workflows.embedding.calibrating import measured_again
from engine.workflows.embedding.embed import embed_lacking
from engine.workflows.embedding.in_use import cards_in_use
from engine.workflows.grouping.early_grouping import grouped_meanwhile
from engine.workflows.grouping.recluster import recluster
from engine.workflows.scan.index import IndexSummary, index
from engine.workflows.scan.opening_models import open_analyser
from engine.workflows.scan.roots import Root
from engine.workflows.scan.survey import Survey, survey


@dataclass(frozen=True, slots=True)
class PhotoCounts:
    """Photo files of the scanned folders: found = new + changed + moved + unchanged.

    A file counts as changed where its content did; one that was only touched is unchanged.
    `missing` were known and are not there now; `broken` are those of the found that cannot be read.
    """

    found: int
    new: int
    changed: int
    moved: int
    missing: int
    unchanged: int
    broken: int


@dataclass(frozen=True, slots=True)
class ScanSummary:
    """What a scan came to.

    `faces` and `people` are those of the whole library, `seconds` the whole scan, `photos_per_second` the speed of
    reading alone. `left_out` counts the pictures that were passed over, by reason: "hidden", "nomedia", "trash",
    "previews" (of other programs), "format" (one that is not read). `copies` are the photos of the
    library that show the same picture as another file and are counted with it. `warnings` are sentences about folders
    that could not be seen.
    """

    photos: PhotoCounts
    faces: int
    people: int
    seconds: float
    photos_per_second: float
    left_out: dict[str, int] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    copies: int = 0

    def as_json(self) -> dict[str, object]:
        """Return the summary as it is printed: without the warnings and the copies, which are for a person."""
        table = asdict(self)
        del table["warnings"], table["copies"]
        return table


def scan(
    library: Library, roots: Sequence[Root], models: Path, settings: Settings, again: Collection[PhotoState] = ()
) -> Workflow[ScanSummary]:
    """Survey the roots, read what is unread (and what is in a state of `again`), and group the faces into people.

    Faces that were found before and lack a vector of the model in use get one, too.
    `models` is the folder into which the models of the settings were fetched. The first people appear while photos are
    still being read. Closing the workflow groups nothing more; the next scan does, whatever it finds.
    """
    began = time.monotonic()
    detector, embedder = cards_in_use(library, Catalog(models), settings)
    found = yield from survey(library, roots, again)
    read = IndexSummary()
    if found.unread:
        reading = index(library, found.unread, open_analyser(detector, embedder, models, settings), settings.workers)
        read = yield from grouped_meanwhile(reading, library, embedder)
    yield from embed_lacking(library, embedder, models, settings)
    if found.unread or found.moved or found.missing:
        note_copies(library)
    give_back()
    yield from recluster(library, measured_again(library, embedder, models))
    return _summary(library, found, read, time.monotonic() - began)


def _summary(library: Library, found: Survey, read: IndexSummary, seconds: float) -> ScanSummary:
    now = counts(library)
    photos = PhotoCounts(
        found=found.found,
        new=found.new,
        changed=found.changed - read.same,
        moved=found.moved,
        missing=found.missing,
        unchanged=found.unchanged + read.same,
        broken=found.broken + read.problems,
    )
    speed = read.read / read.seconds if read.read and read.seconds > 0 else 0.0
    return ScanSummary(
        photos=photos,
        faces=now.faces,
        people=now.people,
        seconds=round(seconds, 3),
        photos_per_second=round(speed, 3),
        left_out=dict(found.left_out),
        warnings=tuple(found.warnings),
        copies=now.copies,
    )
