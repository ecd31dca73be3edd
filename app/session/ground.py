"""After every edit and undo: the machine looks again at what it placed because of what is different now."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from app.session.operations import Operations
from app.session.scanning import Scanning
from app.work.jobs import Lane
from app.work.loading import Loader
from engine.library.library import Library
from engine.models.card import ModelCard

if TYPE_CHECKING:
    # What groups faces loads libraries that the first window must not wait for.
    from engine.progress import Workflow
    from engine.workflows.grouping.recluster import Growth

REST_MS = 400
"""How long after the last of several edits the machine looks."""


class Ground(QObject):
    """Looks once for edits that come close together, behind them and without a word; never while a scan groups faces.

    What is to be looked at is noted in the library itself, by the edit: should the window close first, the next scan
    looks.
    """

    def __init__(
        self,
        library: Library,
        embedder: Callable[[], ModelCard],
        operations: Operations,
        scanning: Scanning,
        *,
        lane: Lane,
        failed: Callable[[object], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._library, self._embedder, self._scanning = library, embedder, scanning
        self._wanted = self._held = False
        self._loader: Loader[Growth] = Loader(lane, self, self._take, failed)
        self.rest = QTimer(self, singleShot=True, interval=REST_MS)
        self.rest.timeout.connect(self._look)
        operations.edited.connect(self._want)
        scanning.scan_changed.connect(self._look_if_wanted)

    def hold(self) -> None:
        """Look at nothing while somebody types a name: nobody is to go away under it."""
        self._held = True

    def release(self) -> None:
        """Look again as usual."""
        self._held = False
        self._look_if_wanted()

    def stop(self) -> None:
        """Look no more."""
        self.rest.stop()
        self._loader.forget()

    @property
    def busy(self) -> bool:
        """Whether the machine looks, or will soon."""
        return self._loader.busy or self.rest.isActive()

    def _want(self) -> None:
        self._wanted = True
        self.rest.start()

    def _look_if_wanted(self) -> None:
        if self._wanted:
            self.rest.start()

    def _look(self) -> None:
        # A look that is under way began before the last edit: another one follows it.
        if not self._wanted or self._held or self._loader.busy or self._scanning.job is not None:
            return
        self._wanted = False
        library, embedder = self._library, self._embedder
        self._loader.follow(_look_again(library, embedder))

    def _take(self, _growth: "Growth") -> None:
        self._look_if_wanted()


def _look_again(library: Library, embedder: Callable[[], ModelCard]) -> "Workflow[Growth]":
    from engine.workflows.grouping.ground import looked_at_again

    yield from ()
    return (yield from looked_at_again(library, embedder()))
