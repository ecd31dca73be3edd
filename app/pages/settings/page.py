"""Models and settings: what finds and compares faces, how scans go, where data lies, and erasing all of it."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFormLayout, QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget

from app.pages.page import Page
from app.pages.settings.backups import Backups
from app.pages.settings.erasing import Erasing
from app.pages.settings.form import SettingsForm
from app.pages.settings.model_list import ModelList
from app.pages.settings.own_models import OwnModels
from app.pages.settings.reading import Installation, read_installation
from app.pictures.opening import open_with_system
from app.session.context import Context
from app.style import texts
from app.style.theme import Space, TextSize, set_hint_colour, set_text_size
from app.widgets.column import Column
from app.widgets.empty_state import EmptyState
from app.widgets.flow_layout import FlowLayout
from app.widgets.label import Label
from app.work.while_there import while_there
from engine.models.card import ModelCard
from engine.models.fetch import fetch, verify
from engine.models.import_sources import looks_like_model
from engine.settings import Settings, save_settings
from engine.words import fill

LETTERS = 150
"""How wide the page is at most."""


class SettingsPage(Page):
    """What is changed is saved at once and counts from the next scan on."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, "", parent)
        self.set_title(self.tr("Models and settings"))
        self.form, self.models = SettingsForm(context.remembered, context.settings.language), ModelList()
        self.follows, self.likely, self.trouble = Label(), Label(), EmptyState("", "")
        self.erase_button = QPushButton(self.tr("Erase all face data…"))
        self.data_button = QPushButton(self.tr("Open the data folder"))
        self._installed = context.loader(self, self._show, self._give_up)
        self.backups = Backups(context, self)
        self._erasing, self._own_models = Erasing(context, self, self.take), OwnModels(context, self)
        self.setAcceptDrops(True)
        self._lay_out()
        self._connect()
        self._let_choose(possible=True)

    def enter(self, subject: int | None, memory: object) -> None:
        """Look which models are here; begin at the top, also when the page is made anew in a language chosen there."""
        self._read()
        self.form.language.setFocus()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take models; anything else is the window's, which takes folders of photos."""
        event.setAccepted(bool(_models_in(event)))

    def dropEvent(self, event: QDropEvent) -> None:
        """Add the models that were dropped."""
        for path in _models_in(event):
            self._own_models.take(path)

    def take(self, settings: Settings) -> None:
        """Save settings and use them from now on."""
        context, before = self.context, self.context.settings
        job = context.edits.call(lambda: save_settings(context.places.settings, settings))
        job.failed.connect(context.fail)
        job.done.connect(lambda _: context.take_settings(settings))
        job.done.connect(while_there(self, lambda _: self._tell_what_follows(before, settings)))
        job.promise().start()

    def fetch(self, card: ModelCard) -> None:
        """Fetch a model; the job bar shows how far it is."""
        title = fill(self.tr("Fetching {model}"), model=card.name)
        job = self.context.jobs.job(fetch(card, self.context.places.models), title)
        job.failed.connect(self.context.fail)
        job.ended.connect(self._read)
        job.start()

    def verify(self, card: ModelCard) -> None:
        """Compare a model's file with its card."""
        job = self.context.edits.call(lambda: verify(card, self.context.places.models))
        job.failed.connect(self.context.fail)
        right = fill(self.tr("{model} is the file that its card describes."), model=card.name)
        job.done.connect(while_there(self, lambda _: self.models.say(right)))
        job.start()

    def _lay_out(self) -> None:
        column = QVBoxLayout()
        column.setContentsMargins(Space.WIDE, Space.SMALL, Space.WIDE, Space.WIDE)
        column.setSpacing(Space.SMALL)
        for label in (self.follows, self.likely):
            label.setWordWrap(True)
            set_hint_colour(label)
        column.addWidget(self.trouble)
        column.addWidget(self.form)
        column.addWidget(self.follows)
        column.addWidget(self.likely)
        self._add_part(column, self.tr("Models"), [self.models])
        place = Label(fill(self.tr("Everything Kinfolk knows is in {folder}."), folder=self.context.places.data))
        place.setWordWrap(True)
        buttons = QWidget()
        row = FlowLayout(buttons)
        for button in (self.backups.make_button, self.backups.back_button, self.data_button, self.erase_button):
            row.addWidget(button)
        self._add_part(column, self.tr("Your data"), [place, buttons])
        column.addStretch(1)
        inside, area = Column(LETTERS), QScrollArea()
        inside.setLayout(column)
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setAccessibleName(self.tr("Models and settings"))
        self.body.addWidget(area, 1)

    def _add_part(self, column: QVBoxLayout, title: str, widgets: list[QWidget]) -> None:
        head, form = Label(title), QFormLayout()
        set_text_size(head, TextSize.NAME)
        column.addSpacing(Space.LARGE)
        column.addWidget(head)
        for widget in widgets:
            form.addRow(widget)
        column.addLayout(form)

    def _connect(self) -> None:
        self.form.language.chosen.connect(self._take_language)
        self.form.changed.connect(lambda: self.take(self.form.settings(self.context.settings)))
        self.models.fetch_wanted.connect(self.fetch)
        self.models.verify_wanted.connect(self.verify)
        self.models.use_wanted.connect(self._own_models.use)
        self.models.forget_wanted.connect(self._own_models.forget)
        self.models.quantise_wanted.connect(self._own_models.quantise)
        self.models.add_wanted.connect(self._own_models.add)
        self._own_models.changed.connect(self._read)
        self.data_button.clicked.connect(self._open_data)
        self.erase_button.clicked.connect(self._erasing.begin)

    def _take_language(self, language: str) -> None:
        self.take(replace(self.context.settings, language=language))

    def _read(self) -> None:
        library, places, settings = self.context.library, self.context.places, self.context.settings
        self._installed.load(lambda: read_installation(library, places, settings))

    def _let_choose(self, *, possible: bool) -> None:
        self.trouble.setVisible(not possible)
        for widget in (self.form, self.models):
            widget.setVisible(possible)

    def _give_up(self, error: object) -> None:
        """Say why nothing can be chosen; a model that is set but gone would stand in the way for ever."""
        settings = self.context.settings
        self.trouble.say(self.tr("The models could not be looked at"), texts.spoken_error(error))
        if settings.detector:
            usual = replace(settings, detector="")
            self.trouble.offer(self.tr("Use the usual models"), lambda: self.take(usual))
        else:
            self.trouble.offer(self.tr("Try again"), self._read)
        self._let_choose(possible=False)
        self.context.report(error)

    def _show(self, found: Installation) -> None:
        self._let_choose(possible=True)
        self.form.show_settings(self.context.settings, found)
        self.models.show_lines(found.lines)
        self.models.choose(self._own_models.take_added())
        if found.warnings:
            self.follows.setText(" ".join(map(texts.told, found.warnings)))
        if found.likely is not None:
            self.likely.setText(self.tr("When two faces count as likely the same was measured for the model in use."))
            tip = fill(
                self.tr(
                    "With this model two faces count as likely the same from a likeness of {likely} on (1 is the same "
                    "picture); strangers reach that once in {strangers} comparisons."
                ),
                likely=texts.decimal(found.likely, 2),
                strangers=texts.number(found.strangers),
            )
            self.likely.setToolTip(texts.plain_tip(tip))

    def _tell_what_follows(self, before: Settings, settings: Settings) -> None:
        again = before.detector != settings.detector
        sentence = self.tr(
            "Photos that are known keep what the model that read them found; the next scan reads new and changed ones "
            "with the model that is chosen now."
        )
        self.follows.setText(sentence if again else "")
        self._read()

    def _open_data(self) -> None:
        open_with_system(self.context.places.data, self.context.fail)


def _models_in(event: QDropEvent) -> list[Path]:
    """Return the model files, packs and runs among what is held over the page."""
    paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return [path for path in paths if looks_like_model(path)]
