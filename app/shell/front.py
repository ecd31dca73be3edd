"""The window before a session that outlives it: in another language it is made anew, while everything else goes on."""

from PySide6.QtCore import QObject, QTimer

from app.session.context import Context
from app.shell.main_window import MainWindow
from app.style.language import language_in_use
from app.work.priorities import spare_nothing, spare_what_is_left

GONE_MS = 10_000
"""How long after another window stands in its place everything of the one before has gone."""


class Front(QObject):
    """Holds the window. `window` is another one after the language has changed, with the same place in sight."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        language_in_use().choose(context.settings.language)
        self.window = MainWindow(context)
        self._renewing = False
        self._gone = QTimer(self, singleShot=True, interval=GONE_MS)
        self._gone.timeout.connect(spare_what_is_left)
        language_in_use().changed.connect(self._begin_anew)
        context.settings_changed.connect(self._follow_settings)

    def open(self) -> None:
        """Show the window on its first page."""
        self.window.begin()
        self.window.show()

    def come_forward(self, token: str = "") -> None:
        """Show the window before all others; the desktop's token says that the user asked for it."""
        self.window.come_forward(token)

    def close(self) -> None:
        """Close the window: a name that is being typed is given."""
        self.window.close()

    def _follow_settings(self) -> None:
        language_in_use().choose(self._context.settings.language)

    def _begin_anew(self) -> None:
        """Have what was said until now written first, also a name that is being typed: its page hears how it went."""
        if self._renewing:
            return
        self._renewing = True
        self._context.navigator.leave()
        written = self._context.edits.call(lambda: None)
        written.ended.connect(self._make_anew)
        written.promise().start()

    def _make_anew(self) -> None:
        self._renewing = False
        before, context = self.window, self._context
        context.navigator.leave()
        before.remember()
        self.window = MainWindow(context)
        self.window.take_over(before)
        self.window.show()
        # What its pages had begun tells nobody any more: those of now look once more when it has ended.
        for job in context.jobs.jobs:
            if job is not context.scanning.job:
                job.ended.connect(context.changed_elsewhere.emit)
        # It was spared as a window was opened, or a scan began; what it had asked for holds it a little longer.
        spare_nothing()
        self._gone.start()
        before.hide()
        before.deleteLater()
