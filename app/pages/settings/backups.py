"""Backups in the window: one made now, and the way back to one that there is."""

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu, QPushButton

from app.session.context import Context
from app.style import texts
from app.widgets.goodbye import Goodbye
from app.work.while_there import while_there
from engine.library.backups import Backup, Reason, back_up, backups_of
from engine.library.restoring import restore
from engine.words import fill

SHOWN = 12
"""Of the newest backups so many are offered."""


class Backups(QObject):
    """Two buttons: the one copies the library, the other offers its copies to go back to."""

    def __init__(self, context: Context, page: QObject) -> None:
        super().__init__(page)
        self._context = context
        self.make_button = QPushButton(self.tr("Back up now"))
        self.back_button = QPushButton(self.tr("Go back to a backup…"))
        self._found = context.loader(self, self._offer)
        self.make_button.clicked.connect(self._make)
        self.back_button.clicked.connect(lambda: self._found.load(lambda: backups_of(context.library.path)))

    def _make(self) -> None:
        self.make_button.setEnabled(False)
        job = self._context.edits.call(lambda: back_up(self._context.library.path, Reason.ASKED))
        job.done.connect(self._tell)
        job.failed.connect(self._context.fail)
        job.ended.connect(while_there(self, lambda: self.make_button.setEnabled(True)))
        job.promise().start()

    def _tell(self, backup: Backup) -> None:
        self._context.told.emit(fill(self.tr("The library is backed up as {file}."), file=backup.path))

    def _offer(self, backups: list[Backup]) -> None:
        if not backups:
            self._context.told.emit(self.tr("There is no backup yet. One is made on every day with changes."))
            return
        menu = QMenu(self.back_button)
        menu.aboutToHide.connect(menu.deleteLater)
        for backup in backups[:SHOWN]:
            words = f"{texts.moment(backup.made_at)}  ·  {self._why(backup.reason)}"
            menu.addAction(words, partial(self._ask, backup))
        menu.popup(self.back_button.mapToGlobal(self.back_button.rect().bottomLeft()))

    def _why(self, reason: Reason) -> str:
        return {
            Reason.DAILY: self.tr("daily"),
            Reason.BEFORE: self.tr("before a large change"),
            Reason.UPGRADE: self.tr("before an upgrade"),
            Reason.ASKED: self.tr("on request"),
        }[reason]

    def _ask(self, backup: Backup) -> None:
        sentences = [
            fill(self.tr("All that was said and found since {when} is taken back."), when=texts.moment(backup.made_at)),
            self.tr("The library as it is now becomes a backup itself, so that you can return to it."),
            self.tr("The window closes and opens again."),
        ]
        question, go = self.tr("Go back to this backup?"), self.tr("Go back")
        asked = Goodbye(question, sentences, go, self.back_button.window())
        way = partial(restore, self._context.library.path, backup.path)
        asked.accepted.connect(lambda: self._context.way_back_wanted.emit(way))
        asked.open()
