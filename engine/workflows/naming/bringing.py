"""Brings names over from another program: first what would come of it, then one edit."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from engine.errors import KinfolkError, PhotoError
from engine.faces.embed import open_embedder
from engine.faces.finder import open_finder
from engine.library.changes import Changes
from engine.library.library import Library
from engine.library.mark import mark_of
from engine.library.mentions import BroughtNames, Drawn, Judged, bring_names, judge, scanned_photos
from engine.metadata.embedded import embedded_in
from engine.metadata.frames import inside, upright_box
from engine.metadata.mentions import Mention, PhotoMentions
from engine.metadata.programs.brought import Brought, BroughtPhoto, Frame
from engine.metadata.programs.finding import PhotoFinder
from engine.metadata.reading import MetadataError, mentions_of
from engine.metadata.sidecars import sidecars_in, sidecars_of
from engine.models.catalog import Catalog, ModelState
from engine.models.chosen import says_what_similarities_mean
from engine.models.fetch import fetch
from engine.paths import real_path
from engine.progress import Progress, Workflow
from engine.settings import Settings
from engine.words import sentence
from engine.workflows.embedding.framed import framed_face
from engine.workflows.embedding.in_use import cards_in_use
from engine.workflows.naming.hints import place_hinted
from engine.workflows.naming.sources import program_named, read_program

REPORT_EVERY = 200


@dataclass(frozen=True, slots=True)
class BringingPlan:
    """What would come of bringing names over.

    `photos` and `elsewhere` count the program's photos that are here and those that are not, `people` the names in the
    former. `births` are dates by name. `unread` counts files that could not be read.
    """

    photos: int
    elsewhere: int
    people: int
    judged: Judged
    births: Mapping[str, str] = field(default_factory=dict)
    unread: int = 0

    @property
    def matched(self) -> int:
        """How many names belong to a face that is here, those that it has already too."""
        return len(self.judged.named) + self.judged.agreed

    @property
    def faces(self) -> int:
        """How many names there are in photos that are here."""
        judged = self.judged
        return self.matched + len(judged.drawn) + len(judged.hints) + judged.conflicts

    def as_json(self) -> dict[str, int]:
        """Return the figures as they are printed."""
        return {
            "people": self.people,
            "faces": self.faces,
            "matched": self.matched,
            "drawn": len(self.judged.drawn),
            "conflicts": self.judged.conflicts,
        }


def plan_from(library: Library, program: str, place: str, key: str = "") -> Workflow[BringingPlan]:
    """Read the names of a program (`sources.PROGRAMS`) and lay them beside what is known; as `read_program` else."""
    if program_named(program).read is None:
        return (yield from plan_own(library, real_path(Path(place))))
    return (yield from plan_bringing(library, (yield from read_program(program, place, key))))


def plan_bringing(library: Library, brought: Brought) -> Workflow[BringingPlan]:
    """Lay another program's names beside what is known here; nothing is changed, and no photo decoded."""
    photos = scanned_photos(library)
    finder, paths = PhotoFinder(photos), dict(photos)
    said: dict[int, PhotoMentions] = {}
    elsewhere = 0
    for done, photo in enumerate(brought.photos):
        if done % REPORT_EVERY == 0:
            yield Progress("names", done, len(brought.photos))
        photo_id = finder.find(photo)
        if photo_id is None:
            elsewhere += 1
        else:
            before = said.get(photo_id, PhotoMentions())
            people = (*before.people, *_upright(photo, paths[photo_id]))
            said[photo_id] = PhotoMentions(people, before.words + photo.words)
    judged = judge(library, said)
    names = {mention.name for mentions in said.values() for mention in mentions.people}
    names |= {name for _, name in (*judged.named, *judged.hints)}
    births = {name: born for name, born in brought.births.items() if name in names}
    return BringingPlan(len(said), elsewhere, len(names), judged, births, len(brought.unread))


def plan_own(library: Library, top: Path) -> Workflow[BringingPlan]:
    """Do the same with what stands in the photos below a folder and in their sidecars: Lightroom's way.

    Raises KinfolkError where no photo of the library lies there.
    """
    photos = [(photo_id, path) for photo_id, path in scanned_photos(library) if path.is_relative_to(top)]
    if not photos:
        raise KinfolkError(
            sentence("No scanned photo lies in {top}.", top=top), sentence("Scan the folder first: kinfolk scan FOLDER")
        )
    said: dict[int, PhotoMentions] = {}
    beside, mark = cache(sidecars_in), mark_of(library)
    unread = 0
    for done, (photo_id, path) in enumerate(photos):
        if done % REPORT_EVERY == 0:
            yield Progress("names", done, len(photos))
        try:
            sidecars = sidecars_of(path.name, beside(path.parent))
            people = mentions_of(path, [path.with_name(sidecar) for sidecar in sidecars], mark).people
        except MetadataError:
            unread += 1
            continue
        if people:
            said[photo_id] = PhotoMentions(people)
    names = {mention.name for mentions in said.values() for mention in mentions.people}
    return BringingPlan(len(said), 0, len(names), judge(library, said), {}, unread)


def bring(library: Library, plan: BringingPlan, models: Path, settings: Settings) -> Workflow[Changes]:
    """Write what the plan says as one edit; the models are fetched into the folder `models` where a face is drawn.

    A box whose photo cannot be read, or in which there is nothing to see, is left out.
    """
    detector, embedder = cards_in_use(library, Catalog(models), settings)
    drawn: list[Drawn] = []
    if plan.judged.drawn:
        for card in (detector, embedder):
            if Catalog(models).state(card) != ModelState.READY:
                yield from fetch(card, models)
        paths = dict(scanned_photos(library))
        finder = open_finder(detector, models, running=settings.running)
        embed = open_embedder(embedder, models, running=settings.running)
        for done, one in enumerate(plan.judged.drawn):
            yield Progress("draw", done, len(plan.judged.drawn))
            path = paths.get(one.photo_id)
            try:
                if path is not None:
                    face = framed_face(path, one.box, finder.detector, embed)
                    drawn.append(Drawn(one.photo_id, one.name, face))
            except PhotoError:
                continue
    brought = BroughtNames(plan.judged.named, drawn, plan.judged.hints, plan.births, embedder.key)
    changes = bring_names(library, brought)
    if plan.judged.hints and says_what_similarities_mean(embedder):
        changes |= yield from place_hinted(library, embedder)
    return changes


def _upright(photo: BroughtPhoto, path: Path) -> Iterator[Mention]:
    """Yield a photo's mentions with boxes of the upright photo, cut off at its edges."""
    orientation = 1
    if photo.frame is Frame.STORED and any(mention.box for mention in photo.people):
        try:
            orientation = embedded_in(path).orientation or 1
        except OSError:
            return
    for mention in photo.people:
        box = inside(upright_box(mention.box, orientation)) if mention.box is not None else None
        yield replace(mention, box=box)
