"""Grouping everything anew: what would change is shown before anything does."""

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from app.grid.grid_view import GridView
from app.grid.tile_delegate import TileDelegate
from app.pages.groups.grouping_form import GroupingForm
from app.pages.groups.model import Change, ExamplesModel, changes_of
from app.pictures.pictures import Picture
from app.session.context import Context
from app.style import texts
from app.style.theme import Space, TextSize, set_hint_colour, set_text_size
from app.widgets.flow_layout import FlowLayout
from app.widgets.label import Label
from app.widgets.widths import grow_with_words
from app.work.jobs import Job, Steps
from app.work.while_there import while_there
from engine.library.changes import Changes
from engine.library.library import Library
from engine.library.queries import FaceRow, faces_by_id, people_names
from engine.progress import Progress
from engine.words import fill
from engine.workflows.grouping.regrouping_plan import Regrouping

if TYPE_CHECKING:  # it brings the libraries of clustering, which only the thread that uses them should wait for
    from engine.clustering.grouping_quality import GroupingQuality
    from engine.workflows.grouping.regroup import Preview

SIDE = 92
FORM_WIDTH = 280


@dataclass(frozen=True, slots=True)
class Tried:
    """What a way of grouping would do; `names` are those of the people that it moves faces to."""

    found: "Preview"
    changes: list[Change]
    names: dict[int, str]


class RegroupPanel(QWidget):
    """Tries a way of grouping whenever something else was chosen; "Apply" writes exactly what is shown."""

    tried_changed = Signal()
    """Something else was found out, or what was no longer holds."""
    seen_wanted = Signal()
    """What was tried is to be seen on the map."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.form, self.figures, self.said, self.bar = GroupingForm(), Label(), Label(), QProgressBar()
        self.apply_button, self.cancel_button = QPushButton(self.tr("Apply")), QPushButton(self.tr("Stop"))
        self.map_button = QPushButton(self.tr("See it on the map"))
        self.model = ExamplesModel(self)
        self.grid = GridView(self.model, self)
        self._tried: Tried | None = None
        self._job: Job | None = None
        self._stale = True
        self._photo = context.loader(self, self._go_to)
        self._dress()
        self._lay_out()
        self._connect()

    def enter(self) -> None:
        """Try what is chosen, unless what is shown still holds."""
        if self._stale:
            self.try_out()
        self.form.algorithm.setFocus()

    @property
    def tried(self) -> Tried | None:
        """What is shown of the chosen way; None until it is found out."""
        return self._tried

    def try_out(self) -> None:
        """Find out what the chosen way would change."""
        self.stop()
        context, form = self.context, self.form
        job = context.thinking.job(_tried(context, form.choice.name, form.values()))
        job.progress.connect(while_there(self, partial(self._count, job)))
        job.done.connect(while_there(self, partial(self._show, job)))
        job.failed.connect(while_there(self, partial(self._give_up, job)))
        self._job, self._stale = job, False
        self._say(self.tr("Looking what would change…"))
        job.start()

    def stop(self) -> None:
        """Give up what is being tried."""
        if self._job is not None:
            self._job.cancel()
            self._job, self._stale = None, True
            self._say(self.tr("Stopped."))

    def apply(self) -> None:
        """Do what is shown, as one edit."""
        tried = self._tried
        if tried is None or not tried.changes:
            return
        # The button is about to rest. In a number's field, where the focus would go, Ctrl+Z is about what was typed.
        self.grid.setFocus()
        self._forget()
        library, plan = self.context.library, tried.found.plan
        said = fill(self.tr("{faces} moved."), faces=texts.faces(plan.faces_moved))
        self.context.operations.edit(lambda: _accept(library, plan), said)

    def _dress(self) -> None:
        delegate = TileDelegate(self.context.pictures, SIDE, 0, self.grid)
        self.grid.setItemDelegate(delegate)
        self.grid.set_tile(delegate.tile_size())
        self.grid.setAccessibleName(self.tr("Examples of what would change"))
        set_text_size(self.figures, TextSize.BODY)
        set_hint_colour(self.said)
        for label in (self.figures, self.said):
            label.setWordWrap(True)

    def _lay_out(self) -> None:
        column, buttons, row = QVBoxLayout(), FlowLayout(), QHBoxLayout()
        buttons.addWidget(self.apply_button)
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.map_button)
        column.setSpacing(Space.LARGE)
        for widget in (self.form, self.figures, self.said, self.bar):
            column.addWidget(widget)
        column.addLayout(buttons)
        column.addStretch(1)
        left = QWidget()
        grow_with_words(left, FORM_WIDTH)
        left.setLayout(column)
        row.setContentsMargins(Space.LARGE, 0, 0, 0)
        row.addWidget(left)
        row.addWidget(self.grid, 1)
        self.setLayout(row)

    def _connect(self) -> None:
        self.form.touched.connect(self._forget)
        self.form.chosen.connect(self.try_out)
        self.apply_button.clicked.connect(self.apply)
        self.cancel_button.clicked.connect(self.stop)
        self.map_button.clicked.connect(self.seen_wanted)
        self.context.pictures.arrived.connect(self._paint)
        self.grid.activated.connect(lambda _index: self._open())

    def _show(self, job: Job, tried: Tried) -> None:
        if job is not self._job:
            return
        self._job, self._tried = None, tried
        self.model.show(tried.changes, tried.names)
        self.tried_changed.emit()
        plan = tried.found.plan
        self.figures.setText("\n".join(self._told(tried)))
        if not tried.changes:
            self._say(self.tr("Nothing would change."))
        elif plan.confirmed_touched:
            self._say(self.tr("This would move confirmed faces, so it cannot be applied."))
        else:
            self._say(self.tr("Confirmed faces stay where they are. It can be undone."))
        self.apply_button.setEnabled(bool(tried.changes) and not plan.confirmed_touched)

    def _told(self, tried: Tried) -> list[str]:
        plan, chosen = tried.found.plan, tried.found.settings
        lines = [
            fill(self.tr("{faces} would move"), faces=texts.faces(plan.faces_moved)),
            fill(self.tr("{number} of them to unsorted"), number=texts.number(plan.faces_unsorted)),
            fill(self.tr("{people} would be new"), people=texts.people(plan.people_created)),
            fill(self.tr("{people} would join others"), people=texts.people(plan.people_joined)),
            fill(self.tr("{people} would be split"), people=texts.people(plan.people_split)),
            "",
            *self._judged(tried.found.quality),
        ]
        if "k" in chosen and "k" not in self.form.values():
            lines.append(fill(self.tr("Proposed: {people}"), people=texts.people(int(chosen["k"]))))
        return lines

    def _judged(self, quality: "GroupingQuality") -> list[str]:
        """Say how good the grouping looks."""
        return [
            fill(
                self.tr("Groups: {number}; faces alone: {alone}"),
                number=texts.number(quality.groups),
                alone=texts.number(quality.alone),
            ),
            fill(self.tr("Twice in one photo: {faces}"), faces=texts.faces(quality.conflicts)),
            fill(self.tr("How clearly groups differ: {share} %"), share=round(100 * max(0.0, quality.silhouette))),
        ]

    def _count(self, job: Job, progress: Progress) -> None:
        """Show how far it is, where that is known: a library of clustering tells nothing while it works."""
        if job is self._job:
            known = bool(progress.total) and progress.done > 0
            self.bar.setRange(0, progress.total or 0 if known else 0)
            self.bar.setValue(progress.done if known else 0)

    def _give_up(self, job: Job, error: object) -> None:
        if job is self._job:
            self._job, self._stale = None, True
            self._say(texts.spoken_error(error) or self.tr("What this would change could not be found out."))
            self.context.fail(error)

    def _say(self, sentence: str) -> None:
        self.said.setText(sentence)
        self.cancel_button.setEnabled(self._job is not None)
        self.bar.setVisible(self._job is not None)
        self.map_button.setEnabled(self._tried is not None)
        self.apply_button.setEnabled(False)

    def _forget(self) -> None:
        """Let what was tried no longer hold."""
        self.stop()
        self._tried, self._stale = None, True
        self.apply_button.setEnabled(False)
        self.tried_changed.emit()

    def follow(self, changes: Changes | None) -> None:
        """Let what was tried no longer hold, and try again where this process wrote and no scan goes on writing."""
        self._forget()
        if changes is None or not self.isVisible():
            return
        if self.context.scanning.job is None:
            self.try_out()
        else:
            self._say(self.tr("A scan is running. When it has ended, this page looks again."))

    def _paint(self, picture: Picture) -> None:
        self.grid.update_id(picture.id)

    def _open(self) -> None:
        face = self.grid.current_id()
        if face is not None:
            self._photo.load(lambda: faces_by_id(self.context.library, [face]))

    def _go_to(self, rows: dict[int, FaceRow]) -> None:
        for row in rows.values():
            self.context.navigator.go("photo", row.photo_id)


def _accept(library: Library, plan: Regrouping) -> Changes:
    from engine.workflows.grouping.regroup import accept

    return accept(library, plan)


def _tried(context: Context, algorithm: str, settings: dict[str, int | float | str]) -> Steps:
    """Run in a thread: plan the grouping and read what is needed to show it."""
    from engine.workflows.grouping.preview_task import preview_beside

    library, card = context.library, context.embedder()
    found = yield from preview_beside(library.path, context.places.models, card.name, algorithm, settings)
    return Tried(found, changes_of(found.plan), people_names(context.library))
