"""Using, forgetting and adding models: each is seen in the job bar, and says what it means before anything changes."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from app.pages.settings.moving import moving_sentences
from app.session.context import Context
from app.style import texts
from app.widgets.goodbye import Goodbye
from app.work.jobs import Job, Steps
from app.work.while_there import while_there
from engine.models.card import ModelCard, ModelKind
from engine.models.import_sources import INSIGHTFACE_LICENCE
from engine.progress import Progress
from engine.words import fill

if TYPE_CHECKING:
    from engine.workflows.models.importing import ImportSummary
    from engine.workflows.models.quantising import Quantised
    from engine.workflows.models.using import Prospect


MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Ahead(Progress):
    """A report of what embedding with the model `text` will take: faces, photos, seconds, and bytes on the disk."""

    faces: int = 0
    photos: int = 0
    seconds: float = 0.0
    size: int = 0


class OwnModels(QObject):
    """Works on the lane of jobs, where scans run too, so that never two of them write vectors at once."""

    changed = Signal()
    """There are other models, or another one is in use."""

    def __init__(self, context: Context, page: QWidget) -> None:
        super().__init__(page)
        self._context, self._page = context, page
        self._added = ""

    def take_added(self) -> str:
        """Return the name of the model that was added last, once; empty where none was."""
        added, self._added = self._added, ""
        return added

    def use(self, card: ModelCard) -> None:
        """Embed with the model beside the old one, say who would move, and ask; ages are told without a question."""
        if card.kind is ModelKind.ATTRIBUTES:
            self._tell_ages(card)
            return
        title = fill(self.tr("Preparing faces for comparison by {model}"), model=card.name)
        job = self._context.jobs.job(_prepare(self._context, card), title)
        job.progress.connect(self._tell_cost)
        job.done.connect(self._ask_to_switch)
        self._follow(job)

    def _tell_ages(self, card: ModelCard) -> None:
        title = fill(self.tr("Telling ages with {model}"), model=card.name)
        job = self._context.jobs.job(_tell_ages(self._context, card), title)
        said = fill(self.tr("{model} tells how old faces look; nobody is moved by that."), model=card.name)
        job.done.connect(lambda _: self._context.told.emit(said))
        self._follow(job)

    def forget(self, card: ModelCard) -> None:
        """Ask, and delete the model's vectors."""
        asked = self._question(
            fill(self.tr("Forget the vectors of {model}?"), model=card.name),
            [self.tr("They can be made again from the photos. People, names and answers stay as they are.")],
            self.tr("Forget them"),
        )
        asked.accepted.connect(partial(self._forget, card))
        asked.open()

    def quantise(self, card: ModelCard) -> None:
        """Make a copy of the model in eight-bit numbers."""
        title = fill(self.tr("Making an 8-bit copy of {model}"), model=card.name)
        job = self._context.jobs.job(_quantise(self._context, card), title)
        job.done.connect(self._tell_quantised)
        self._follow(job)

    def add(self) -> None:
        """Let the user choose a model's file."""
        kinds = self.tr("Models (*.onnx *.pt *.pth *.h5)")
        asked = QFileDialog(self._page, self.tr("Add a model"), "", kinds)
        asked.setFileMode(QFileDialog.FileMode.ExistingFile)
        asked.fileSelected.connect(lambda name: self.take(Path(name)))
        asked.open()

    def take(self, path: Path) -> None:
        """Import the model of this file, or of this folder."""
        job = self._context.jobs.job(_import(self._context, path), self.tr("Adding a model"))
        job.done.connect(self._tell_imported)
        self._follow(job)

    def _follow(self, job: Job) -> None:
        job.failed.connect(self._context.fail)
        job.ended.connect(self.changed)
        job.start()

    def _forget(self, card: ModelCard) -> None:
        from engine.models.catalog import Catalog
        from engine.workflows.models.using import forget

        library, models = self._context.library, self._context.places.models
        job = self._context.edits.call(lambda: forget(library, Catalog(models), card.name))
        job.done.connect(while_there(self, partial(self._tell_forgotten, card)))
        self._follow(job)

    def _tell_forgotten(self, card: ModelCard, count: int) -> None:
        said = self.tr("{number} vectors of {model} are gone.")
        self._context.told.emit(fill(said, number=texts.number(count), model=card.name))

    def _tell_imported(self, summary: "ImportSummary") -> None:
        cards = [one.card for one in summary.models]
        unused = ", ".join(one.card.name for one in summary.models if not one.in_use)
        said = [fill(self.tr("Added: {models}. Not in use yet."), models=unused)] if unused else []
        if any(card.licence == INSIGHTFACE_LICENCE for card in cards):
            said.append(self.tr("InsightFace gives these weights for non-commercial research only."))
        if any(one.finding is not None and not one.finding.sure for one in summary.models):
            said.append(self.tr("How it reads pixels is not sure: confirm faces of more people and add it once more."))
        said += [texts.told(one.note) for one in summary.models if one.note]
        self._added = cards[0].name
        if any(one.in_use for one in summary.models):
            self._context.settings_changed.emit()
        self._context.told.emit(" ".join(said))

    def _tell_quantised(self, made: "Quantised") -> None:
        self._added = made.card.name
        said = self.tr("Added: {copy}, {number} times as fast here as {model}. Not in use yet.")
        speed = texts.decimal(made.speed, 1)
        self._context.told.emit(fill(said, copy=made.card.name, number=speed, model=made.model))

    def _tell_cost(self, report: object) -> None:
        """Say what is to come, before the first photo is read for it."""
        if not isinstance(report, Ahead) or not report.faces:
            return
        said = self.tr("Making vectors of {model} for {faces} in {photos}: {time}, {size} MB more.")
        words = {"faces": texts.faces(report.faces), "photos": texts.photos(report.photos)}
        size = max(report.size / MEGABYTE, 0.1)
        time = texts.time_left(report.seconds)
        self._context.told.emit(fill(said, **words, model=report.text, time=time, size=texts.decimal(size, 1)))

    def _ask_to_switch(self, found: "Prospect") -> None:
        from engine.workflows.models.using import switch

        plan = found.found.plan
        sentences = [
            fill(self.tr("{faces} have a vector of it now."), faces=texts.faces(found.faces)),
            *self._waiting(found),
            fill(
                self.tr("Nobody is moved by using it. Grouped anew with it, {faces} would move."),
                faces=texts.faces(plan.faces_moved),
            ),
            *moving_sentences(found.moving),
            self.tr("Names, confirmed faces, rejections and the history stay, and going back is possible at any time."),
        ]
        asked = self._question(fill(self.tr("Use {model}?"), model=found.card.name), sentences, self.tr("Use it"))
        asked.accepted.connect(lambda: self._switch(found.card, partial(switch, self._context.library, found)))
        asked.open()

    def _waiting(self, found: "Prospect") -> list[str]:
        """Say how many faces have no vector of the model, if any."""
        waiting = found.embedded.faces_waiting
        said = self.tr("{faces} wait, because their photo cannot be read.")
        return [fill(said, faces=texts.faces(waiting))] if waiting else []

    def _switch(self, card: ModelCard, write: Callable[[], object]) -> None:
        said = fill(self.tr("{model} is in use; nobody was moved. “Groups” groups all faces anew."), model=card.name)
        job = self._context.edits.call(write)
        job.done.connect(lambda _: self._context.settings_changed.emit())
        job.done.connect(lambda _: self._context.told.emit(said))
        self._follow(job.promise())

    def _question(self, text: str, sentences: list[str], yes: str) -> Goodbye:
        return Goodbye(text, sentences, yes, self._page, self.tr("Leave it as it is"))


def _prepare(context: Context, card: ModelCard) -> Steps:
    # Imported in the lane: it brings the models' libraries, which take half a second.
    from engine.models.fetch import fetch
    from engine.workflows.models.using import cost_of, prepare_use
    from engine.workflows.scan.only_scan import only_scan

    with only_scan(context.places.data):
        yield from fetch(card, context.places.models)
        cost = cost_of(context.library, card, context.places, context.settings)
        yield Ahead("embed", 0, cost.faces, card.name, {}, cost.faces, cost.photos, cost.seconds, cost.size)
        return (yield from prepare_use(context.library, card, context.places, context.settings))


def _tell_ages(context: Context, card: ModelCard) -> Steps:
    from engine.workflows.embedding.ages import tell_with
    from engine.workflows.models.using import embed_with
    from engine.workflows.scan.only_scan import only_scan

    with only_scan(context.places.data):
        done = yield from embed_with(context.library, card, context.places, context.settings)
    tell_with(context.library, card)
    return done


def _import(context: Context, path: Path) -> Steps:
    from engine.workflows.models.importing import import_models

    return (yield from import_models(context.library, context.places.models, path))


def _quantise(context: Context, card: ModelCard) -> Steps:
    from engine.workflows.models.quantising import quantise_model

    return (yield from quantise_model(context.library, card, context.places, context.settings))
