"""The main job: look through folders, read what is new, group the faces into people."""

import time
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from engine.library.clusters import ungrouped_faces
from engine.library.indexing import note_copies, share_faces
from engine.library.library import Library
from engine.library.mentions import place_left_over
from engine.library.queries import shown_counts
from engine.library.states import PhotoState
from engine.memory import give_back, used_again
from engine.models.card import ModelCard
from engine.models.catalog import Catalog
from engine.progress import Workflow
from engine.settings import Settings
from engine.workflows.embedding.ages import tell_ages
from engine.workflows.embedding.calibrating import measured_again
from engine.workflows.embedding.embed import embed_lacking
from engine.workflows.embedding.in_use import cards_in_use
from engine.workflows.grouping.recluster import recluster
from engine.workflows.grouping.strangers import set_strangers_aside
from engine.workflows.naming.drawing import draw_mentioned
from engine.workflows.naming.hints import place_hinted
from engine.workflows.naming.reading import NamesRead, named_meanwhile, read_names
from engine.workflows.scan.indexed import IndexSummary
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
    that could not be seen and runtimes that failed. `strangers` are the new faces that were set aside because they were
    known again as somebody who was.
    """

    photos: PhotoCounts
    faces: int
    people: int
    seconds: float
    photos_per_second: float
    left_out: dict[str, int] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    copies: int = 0
    strangers: int = 0

    def as_json(self) -> dict[str, object]:
        """Return the summary as it is printed: without the warnings and the copies, which are for a person."""
        table = asdict(self)
        del table["warnings"], table["copies"]
        return table


def scan(
    library: Library,
    roots: Sequence[Root],
    models: Path,
    settings: Settings,
    again: Collection[PhotoState] = (),
    *,
    cluster: str = "",
) -> Workflow[ScanSummary]:
    """Survey the roots, read what is unread (and what is in a state of `again`), and group the faces into people.

    Faces that were found before and lack a vector of the model in use get one, too.
    `cluster` is the address of a Ray cluster whose workers read the photos, empty where this process does.
    `models` is the folder into which the models of the settings were fetched. The first people appear while photos are
    still being read. Closing the workflow groups nothing more; the next scan does, whatever it finds.
    """
    began = time.monotonic()
    detector, embedder = cards_in_use(library, Catalog(models), settings)
    found = yield from survey(library, roots, again)
    give_back()  # what the library knew of all photos: models and pictures come next
    read, names = IndexSummary(), NamesRead()
    if found.unread:
        read = yield from _read((detector, embedder), library, found, names, models, settings, cluster)
    if settings.read_names:
        yield from read_names(library, found.seen, names)
        yield from draw_mentioned(library, detector, embedder, models, settings)
        place_left_over(library)
    embedded = yield from embed_lacking(library, embedder, models, settings)
    yield from tell_ages(library, Catalog(models), settings)
    if found.unread or found.moved or found.turned:
        note_copies(library)
        share_faces(library)
    give_back()
    card, newcomers = measured_again(library, embedder, models), ungrouped_faces(library)
    found.warnings += [*embedded.notices, *names.warnings()]
    yield from recluster(library, card, ungrouped=newcomers)
    if settings.read_names:
        yield from place_hinted(library, card)
    strangers = yield from set_strangers_aside(library, card, newcomers)
    return replace(_summary(library, found, read, time.monotonic() - began), strangers=strangers)


def _read(
    cards: tuple[ModelCard, ModelCard],
    library: Library,
    found: Survey,
    names: NamesRead,
    models: Path,
    settings: Settings,
    cluster: str,
) -> Workflow[IndexSummary]:
    """Read what is unread, with these cards of a detector and an embedder; the models go before faces are grouped."""
    # What reads photos takes a while to load, and most scans find nothing to read.
    from engine.workflows.grouping.early_grouping import grouped_meanwhile
    from engine.workflows.scan.index import index
    from engine.workflows.scan.readers import open_reader

    with used_again(), open_reader(*cards, models, settings, cluster=cluster) as reader:
        reading = index(library, found.unread, reader, settings.workers)
        if settings.read_names:
            reading = named_meanwhile(reading, library, found.seen, names)
        read = yield from grouped_meanwhile(reading, library, cards[1])
        found.warnings += reader.notices
    return read


def _summary(library: Library, found: Survey, read: IndexSummary, seconds: float) -> ScanSummary:
    now = shown_counts(library)
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
        warnings=tuple(dict.fromkeys(found.warnings)),
        copies=now.copies,
    )
