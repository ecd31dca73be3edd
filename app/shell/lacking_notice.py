"""One line above every page that compares faces: how many it cannot compare yet, and what to do."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from app.session.context import Context
from app.style import texts
from app.style.theme import Space, set_hint_colour
from app.widgets.label import Label
from app.work.jobs import Steps
from engine.words import fill
from engine.workflows.embedding.in_use import Lacking, lacking

if TYPE_CHECKING:  # it brings the models' libraries, which the first window does without
    from engine.workflows.embedding.summary import EmbedSummary

WITHOUT = frozenset({"welcome", "photos", "photos_of", "history", "keys"})
"""Pages on which nothing is compared."""


class LackingNotice(QWidget):
    """Hidden where every face has a vector of the model in use, and on pages that compare nothing."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._counted = context.loader(self, self._show, self._give_up)
        self.text, self.button = Label(), QPushButton(self.tr("Make them now"))
        self.text.setWordWrap(True)
        set_hint_colour(self.text)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.WIDE, Space.SMALL, Space.WIDE, 0)
        row.setSpacing(Space.MEDIUM)
        row.addWidget(self.text, 1)
        row.addWidget(self.button)
        self.hide()
        self.button.clicked.connect(self._make)
        # After the page has asked for what it shows: counting takes 50 ms in a library of 100,000 faces.
        context.navigator.moved.connect(self.look, Qt.ConnectionType.QueuedConnection)
        context.settings_changed.connect(self.look)
        context.changed_elsewhere.connect(self.look)
        context.scanning.scan_changed.connect(self.look)

    def look(self) -> None:
        """Count anew, or hide where it does not matter."""
        here, context = self._context.navigator.here, self._context
        if here is None or here.page in WITHOUT:
            self.hide()
        else:
            self._counted.load(lambda: lacking(context.library, context.embedder()))

    def _show(self, found: Lacking) -> None:
        sentence = self.tr(
            "{faces} have no vector of {model} yet, so they are left out wherever faces are compared. The next scan "
            "makes what lacks."
        )
        self._say(fill(sentence, faces=texts.faces(found.faces), model=found.model) if found.faces else "")
        # A scan that runs makes them anyway, and says how far it is.
        self.button.setVisible(self._context.scanning.job is None)

    def _give_up(self, error: object) -> None:
        """Say why nothing can be compared; a fault is reported besides."""
        self._say(texts.spoken_error(error) or self.tr("Which faces can be compared could not be found out."))
        self.button.hide()
        self._context.report(error)

    def _say(self, sentence: str) -> None:
        here = self._context.navigator.here
        self.text.setText(sentence)
        self.setVisible(bool(sentence) and here is not None and here.page not in WITHOUT)

    def _make(self) -> None:
        self.button.hide()
        job = self._context.jobs.job(_embed(self._context), self.tr("Preparing faces for comparison"))
        job.done.connect(self._tell)
        job.failed.connect(self._context.fail)
        job.ended.connect(self.look)
        job.start()

    def _tell(self, done: "EmbedSummary") -> None:
        sentences = [fill(self.tr("{faces} can be compared now."), faces=texts.faces(done.embedded))]
        if done.waiting:
            waiting = self.tr("{faces} wait, because their photo cannot be read now: {file} ({reason}).")
            first = done.waiting[0]
            faces = texts.faces(done.faces_waiting)
            sentences.append(fill(waiting, faces=faces, file=first.path.name, reason=texts.told(first.reason)))
        self._context.told.emit(" ".join(sentences))


def _embed(context: Context) -> Steps:
    # Imported in the lane: it brings the models' libraries, which take half a second.
    from engine.workflows.models.using import embed_with
    from engine.workflows.scan.only_scan import only_scan

    with only_scan(context.places.data):
        return (yield from embed_with(context.library, context.embedder(), context.places, context.settings))
