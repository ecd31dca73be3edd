"""Using, forgetting and adding models: each is seen in the job bar, and says what it means before anything changes."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from app.session.context import Context
from app.style import texts
from app.widgets.goodbye import Goodbye
from app.work.jobs import Job, Steps
from engine.models.card import ModelCard

if TYPE_CHECKING:
    from engine.workflows.models.using import Prospect


class OwnModels(QObject):
    """Works on the lane of jobs, where scans run too, so that never two of them write vectors at once."""

    changed = Signal()
    """There are other models, or another one is in use."""

    def __init__(self, context: Context, page: QWidget) -> None:
        super().__init__(page)
        self._context, self._page = context, page

    def use(self, card: ModelCard) -> None:
        """Embed with the model beside the old one, say who would move, and ask."""
        title = self.tr("Embedding faces with {model}").format(model=card.name)
        job = self._context.jobs.job(_prepare(self._context, card), title)
        job.done.connect(self._ask_to_switch)
        self._follow(job)

    def forget(self, card: ModelCard) -> None:
        """Ask, and delete the model's vectors."""
        asked = self._question(
            self.tr("Forget the vectors of {model}?").format(model=card.name),
            [self.tr("They can be made again from the photos. People, names and answers stay as they are.")],
            self.tr("Forget them"),
        )
        asked.accepted.connect(partial(self._forget, card))
        asked.open()

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
        job.done.connect(partial(self._tell_forgotten, card))
        self._follow(job)

    def _tell_forgotten(self, card: ModelCard, count: int) -> None:
        said = self.tr("{number} vectors of {model} are gone.")
        self._context.told.emit(said.format(number=texts.number(count), model=card.name))

    def _tell_imported(self, names: list[str]) -> None:
        said = self.tr("Added: {models}. It is not in use yet.")
        self._context.told.emit(said.format(models=", ".join(names)))

    def _ask_to_switch(self, found: "Prospect") -> None:
        from engine.workflows.models.using import switch

        plan = found.found.plan
        sentences = [
            self.tr("{faces} have a vector of it now, {waiting} wait because their photo cannot be read.").format(
                faces=texts.faces(found.faces), waiting=texts.number(found.embedded.faces_waiting)
            ),
            self.tr("Nobody is moved by using it. Grouped anew with it, {faces} would move.").format(
                faces=texts.faces(plan.faces_moved)
            ),
            self.tr("Names, confirmed faces, rejections and the history stay, and going back is possible at any time."),
        ]
        asked = self._question(self.tr("Use {model}?").format(model=found.card.name), sentences, self.tr("Use it"))
        asked.accepted.connect(lambda: self._switch(partial(switch, self._context.library, found)))
        asked.open()

    def _switch(self, write: Callable[[], object]) -> None:
        job = self._context.edits.call(write)
        job.done.connect(lambda _: self._context.settings_changed.emit())
        self._follow(job.promise())

    def _question(self, text: str, sentences: list[str], yes: str) -> Goodbye:
        return Goodbye(text, sentences, yes, self._page, self.tr("Leave it as it is"))


def _prepare(context: Context, card: ModelCard) -> Steps:
    # Imported in the lane: it brings the models' libraries, which take half a second.
    from engine.workflows.models.using import prepare_use
    from engine.workflows.scan.only_scan import only_scan

    with only_scan(context.places.data):
        return (yield from prepare_use(context.library, card, context.places, context.settings))


def _import(context: Context, path: Path) -> Steps:
    from engine.workflows.models.importing import import_models

    summary = yield from import_models(context.library, context.places.models, path)
    return [imported.card.name for imported in summary.models]
