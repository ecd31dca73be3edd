"""The settings as fields; each says in plain words what it does."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QSpinBox, QWidget

from app.pages.settings.reading import Installation, ModelLine
from engine.models.card import ModelKind
from engine.models.catalog import DEFAULT_DETECTOR
from engine.settings import Settings

MOST_THREADS = 256


class SettingsForm(QWidget):
    """Tells when the user has changed something."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.detector, self.provider, self.side = QComboBox(), QComboBox(), QComboBox()
        self.threads, self.watch = QSpinBox(), QCheckBox(self.tr("Scan new photos by themselves as they come"))
        self.threads.setRange(0, MOST_THREADS)
        self.threads.setSpecialValueText(self.tr("as many as suit"))
        for words, side in (
            (self.tr("Usual"), 0),
            (self.tr("Quick: small faces may be missed"), 640),
            (self.tr("Careful: smaller faces, about half as fast"), 1280),
        ):
            self.side.addItem(words, side)
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        for title, field in (
            (self.tr("Finds faces"), self.detector),
            (self.tr("Computes on"), self.provider),
            (self.tr("Looks for faces"), self.side),
            (self.tr("Threads"), self.threads),
            (self.tr("Folders"), self.watch),
        ):
            field.setAccessibleName(title)
            form.addRow(title, field)
        for box in (self.detector, self.provider, self.side):
            box.currentIndexChanged.connect(self.changed)
        self.threads.valueChanged.connect(self.changed)
        self.watch.toggled.connect(self.changed)

    def show_settings(self, settings: Settings, found: Installation) -> None:
        """Show what is set, and what may be chosen, without telling."""
        with QSignalBlocker(self):
            _fill(self.detector, _names(found.lines, ModelKind.DETECTOR), found.detector)
            self.provider.clear()
            self.provider.addItem(self.tr("The best there is ({name})").format(name=found.providers[0]), "")
            for name in found.providers:
                self.provider.addItem(name, name)
            self.provider.setCurrentIndex(max(0, self.provider.findData(next(iter(settings.providers), ""))))
            if self.side.findData(settings.detection_side) < 0:
                words = self.tr("{number} pixels").format(number=settings.detection_side)
                self.side.addItem(words, settings.detection_side)
            self.side.setCurrentIndex(self.side.findData(settings.detection_side))
            self.threads.setValue(settings.threads)
            self.watch.setChecked(settings.watch)

    def settings(self, before: Settings) -> Settings:
        """Return the settings as they are shown; what is not shown stays as it was."""
        provider = self.provider.currentData()
        return replace(
            before,
            detector=_unless_default(self.detector.currentText()),
            providers=(provider,) if provider else (),
            threads=self.threads.value(),
            detection_side=int(self.side.currentData()),
            watch=self.watch.isChecked(),
        )


def _names(lines: Sequence[ModelLine], kind: ModelKind) -> list[str]:
    return [line.card.name for line in lines if line.card.kind is kind]


def _unless_default(name: str) -> str:
    """Return the name, empty for the default model: whoever keeps to that goes along when they change."""
    return "" if name == DEFAULT_DETECTOR else name


def _fill(box: QComboBox, names: Sequence[str], chosen: str) -> None:
    box.clear()
    box.addItems(list(names))
    box.setCurrentText(chosen)
