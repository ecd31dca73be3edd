"""The settings as fields; each says in plain words what it does."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QSettings, QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QWidget

from app.pages.settings.language_box import LanguageBox
from app.pages.settings.plain_names import plain_name
from app.pages.settings.reading import Installation, ModelLine
from app.pages.settings.running_box import RunningBox
from app.pages.settings.scheme_box import SchemeBox
from app.widgets.number_box import number_box
from app.widgets.wrapped_check_box import WrappedCheckBox
from engine.models.card import ModelCard, ModelKind
from engine.models.catalog import DEFAULT_DETECTOR
from engine.settings import Settings
from engine.words import fill

MOST_THREADS = 256


class SettingsForm(QWidget):
    """Tells when the user has changed something."""

    changed = Signal()

    def __init__(self, remembered: QSettings, language: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.scheme, self.language = SchemeBox(remembered), LanguageBox(language)
        self.detector, self.running, self.side = QComboBox(), RunningBox(), QComboBox()
        self.strangers = QComboBox()
        self.threads, self.watch = number_box(), WrappedCheckBox(self.tr("Scan new photos by themselves as they come"))
        self.names = WrappedCheckBox(self.tr("Read names that other programs wrote into photos and beside them"))
        self.threads.setRange(0, MOST_THREADS)
        self.threads.setSpecialValueText(self.tr("as many as suit"))
        for words, side in (
            (self.tr("Usual"), 0),
            (self.tr("Quick: small faces may be missed"), 640),
            (self.tr("Careful: smaller faces, about half as fast"), 1280),
        ):
            self.side.addItem(words, side)
        for words, months in (
            (self.tr("Keep what they look like"), 0),
            (self.tr("Forget what they look like after 6 months"), 6),
            (self.tr("Forget what they look like after a year"), 12),
            (self.tr("Forget what they look like after two years"), 24),
        ):
            self.strangers.addItem(words, months)
        self.strangers.setToolTip(
            self.tr(
                "Faces whom nobody has named for so long, counted from today or from when they are found, are compared "
                "with nobody any more. People with a name and whatever you have said are never touched."
            )
        )
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        # Where words are long and large, a field has a line of its own.
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        for title, field in (
            (self.tr("Language"), self.language),
            (self.tr("Appearance"), self.scheme),
            (self.tr("Finds faces"), self.detector),
            (self.tr("Computes with"), self.running),
            (self.tr("Looks for faces"), self.side),
            (self.tr("Threads"), self.threads),
            (self.tr("Strangers"), self.strangers),
        ):
            field.setAccessibleName(title)
            form.addRow(title, field)
        for said in (self.watch, self.names):  # they say themselves what they do, and need the width
            form.addRow(said)
        for box in (self.detector, self.running, self.side, self.strangers):
            box.currentIndexChanged.connect(self.changed)
        self.threads.valueChanged.connect(self.changed)
        self.watch.toggled.connect(self.changed)
        self.names.toggled.connect(self.changed)

    def show_settings(self, settings: Settings, found: Installation) -> None:
        """Show what is set, and what may be chosen, without telling."""
        with QSignalBlocker(self):
            self.language.show_language(settings.language)
            _fill(self.detector, _cards(found.lines, ModelKind.DETECTOR), found.detector)
            self.running.offer(found.runtimes, found.providers, found.way, settings.running)
            if self.side.findData(settings.detection_side) < 0:
                words = fill(self.tr("{number} pixels"), number=settings.detection_side)
                self.side.addItem(words, settings.detection_side)
            self.side.setCurrentIndex(self.side.findData(settings.detection_side))
            self.threads.setValue(settings.threads)
            self.watch.setChecked(settings.watch)
            self.names.setChecked(settings.read_names)
            if self.strangers.findData(settings.strangers_months) < 0:
                words = self.tr("Forget what they look like after {number} months")
                self.strangers.addItem(fill(words, number=settings.strangers_months), settings.strangers_months)
            self.strangers.setCurrentIndex(self.strangers.findData(settings.strangers_months))

    def settings(self, before: Settings) -> Settings:
        """Return the settings as they are shown; what is not shown stays as it was."""
        running = self.running.running()
        return replace(
            before,
            detector=_unless_default(str(self.detector.currentData())),
            runtime=running.runtime,
            precision=running.precision,
            providers=running.providers,
            threads=self.threads.value(),
            detection_side=int(self.side.currentData()),
            watch=self.watch.isChecked(),
            read_names=self.names.isChecked(),
            strangers_months=int(self.strangers.currentData()),
        )


def _cards(lines: Sequence[ModelLine], kind: ModelKind) -> list[ModelCard]:
    return [line.card for line in lines if line.card.kind is kind]


def _unless_default(name: str) -> str:
    """Return the name, empty for the default model: whoever keeps to that goes along when they change."""
    return "" if name == DEFAULT_DETECTOR else name


def _fill(box: QComboBox, cards: Sequence[ModelCard], chosen: str) -> None:
    box.clear()
    for card in cards:
        box.addItem(plain_name(card), card.name)
    box.setCurrentIndex(box.findData(chosen))
