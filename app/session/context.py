"""What every page is given: the library, the lanes of work, the pictures, and what happens."""

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, QSettings, QTimer, Signal

from app.pictures.photo_images import PhotoImages
from app.pictures.pictures import Pictures
from app.session.folders import Folders
from app.session.ground import Ground
from app.session.key_book import KeyBook
from app.session.navigation import Navigator
from app.session.operations import Operations
from app.session.questions import QuestionQueue
from app.session.scanning import Scanning, ScanRequest
from app.session.watching import Watching
from app.style.motion import Motion
from app.work.jobs import Lane, Steps
from app.work.loading import Loader
from app.work.priorities import beside_the_window, spare_what_is_loaded, work_behind, work_soon
from app.work.reading import Reading
from engine.errors import KinfolkError
from engine.library.changes import Changes
from engine.library.damage import LibraryDamagedError
from engine.library.library import Library
from engine.models.card import ModelCard
from engine.models.catalog import Catalog, ModelState
from engine.paths import Places
from engine.settings import Settings, load_settings
from engine.thumb_store import ThumbStore
from engine.thumbs import Thumbs
from engine.workflows.embedding.in_use import cards_in_use, embedder_in_use

Answer = TypeVar("Answer")

TOGETHER_MS = 60
"""Changes that come within this time reach the pages as one."""

LOOK_ELSEWHERE_MS = 2_000
"""How often to look whether another process, such as a scan on the command line, has written."""


class Context(QObject):
    """Made once by the application and handed to every page; nothing here is fetched from anywhere else.

    Lanes: `jobs` for long visible work, `edits` for what the user does, `reads` for what pages show, `thinking` for
    questions and proposals that take seconds, `mapping` for the map of faces, which takes minutes once, `disks` for
    asking what is there, which a disk may take long to answer.
    `remembered` keeps how the window was left: each page uses a group of its own name in it (`people/zoom`).
    """

    changed = Signal(object)
    """`Changes` of one or more writes of this process."""
    changed_elsewhere = Signal()
    """Another process has written: everything may be different."""
    failed = Signal(object)
    """A KinfolkError to be shown."""
    damaged = Signal(object)
    """A LibraryDamagedError, met while the window is open: something may be put in the library's place."""
    broke = Signal(object)
    """Any other exception, which is a fault of the program."""
    told = Signal(object)
    """What has happened, in a sentence (a str, the engine's own too), where it cannot be undone."""
    settings_changed = Signal()
    way_back_wanted = Signal(object)
    """The user has chosen a way back (a function): the window is to close, to have it called, and to open again."""
    folder_wanted = Signal()
    """Somewhere in the window the user asks to add a folder."""

    _written = Signal(object)

    def __init__(self, places: Places, library: Library, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.places, self.library = places, library
        self.settings: Settings = load_settings(places.settings)
        self.remembered = QSettings(str(places.window), QSettings.Format.IniFormat, self)
        self.jobs, self.thinking = Lane("jobs", self, work_behind), Lane("thinking", self, work_behind)
        self.edits, self.reads = Lane("edits", self, work_soon), Lane("reads", self, work_soon)
        self.mapping = Lane("mapping", self, work_behind)
        self.disks, self._watches = Lane("disks", self, work_soon), Lane("watches", self, work_soon)
        self.thumbs = ThumbStore(places.thumbs)
        thumbs = Thumbs(self.thumbs)
        self.pictures = Pictures(library, thumbs, self)
        self.photo_images = PhotoImages(library, thumbs, self)
        self.navigator, self.motion = Navigator(self), Motion(self)
        self.key_book = KeyBook()
        self.operations = Operations(library, self.edits, self.fail, self)
        self.scanning = Scanning(self.jobs, self.disks, self._scan_steps, self)
        self.folders = Folders(library, self.disks, self.fail, self)
        self.watching = Watching(self._watches, self.scanning, self.remembered, places.data, self)
        self.folders.changed.connect(self.watching.take)
        self.watching.failed.connect(self.fail)
        self._pending = Changes()
        self._soon = QTimer(self, singleShot=True, interval=TOGETHER_MS)
        self._soon.timeout.connect(self._tell)
        self._written.connect(self._gather)
        # Called in whatever thread wrote: an emit is all that may happen there.
        self._unsubscribe = library.subscribe(self._written.emit)
        self._looking = QTimer(self, interval=LOOK_ELSEWHERE_MS)
        self._looking.timeout.connect(self._ask_elsewhere)
        self._looking.start()
        self.changed_elsewhere.connect(self.operations.read_steps)
        self.changed_elsewhere.connect(self.folders.read)
        self.questions = QuestionQueue(
            library,
            self.embedder,
            self.operations,
            self.scanning,
            thinking=self.thinking,
            reads=self.reads,
            failed=self.fail,
            parent=self,
        )
        self.ground = Ground(
            library,
            self.embedder,
            self.operations,
            self.scanning,
            lane=self.thinking,
            failed=self.report,
            parent=self,
        )
        self.changed.connect(self.questions.take_changes)
        self.changed_elsewhere.connect(self.questions.check_again)
        self.settings_changed.connect(self.questions.check_again)
        self.settings_changed.connect(self.scanning.take_models)

    def begin(self) -> None:
        """Follow the system and the folders, and where the settings say so what is new in them; look for questions."""
        self.motion.begin()
        self.folders.begin()
        self.questions.begin()
        self._follow_settings()
        self.settings_changed.connect(self._follow_settings)

    @property
    def pending(self) -> bool:
        """Whether changes wait to be told."""
        return self._soon.isActive()

    def embedder(self) -> ModelCard:
        """Return the card of the embedder in use."""
        return embedder_in_use(self.library, Catalog(self.places.models))

    def absent_models(self) -> list[ModelCard]:
        """Return the cards of the models in use whose files are not here; reads whole files."""
        catalog = Catalog(self.places.models)
        cards = cards_in_use(self.library, catalog, self.settings)
        return [card for card in cards if catalog.state(card) is not ModelState.READY]

    def loader(
        self, owner: QObject, loaded: Callable[[Answer], None], failed: Callable[[object], None] | None = None
    ) -> Loader[Answer]:
        """Return a loader on the lane of reads whose errors are shown: by `failed`, or else as `fail` does."""
        return Loader(self.reads, owner, loaded, failed or self.fail)

    def reading(self, owner: QObject, shown: Callable[[Answer], None]) -> Reading[Answer]:
        """Return a reading on the lane of reads whose errors are shown."""
        return Reading(self.reads, owner, shown, self.fail)

    def thinker(self, owner: QObject, loaded: Callable[[Answer], None]) -> Loader[Answer]:
        """Return a loader on the lane for what takes seconds, whose errors are shown."""
        return Loader(self.thinking, owner, loaded, self.fail)

    def fail(self, error: object) -> None:
        """Show an error: one meant for the user as a sentence, damage with the ways back, any other as a fault."""
        if isinstance(error, LibraryDamagedError):
            self.damaged.emit(error)
        else:
            (self.failed if isinstance(error, KinfolkError) else self.broke).emit(error)

    def report(self, error: object) -> None:
        """Report a fault, or damage, where any other error meant for the user is shown already."""
        if isinstance(error, LibraryDamagedError) or not isinstance(error, KinfolkError):
            self.fail(error)

    def take_settings(self, settings: Settings) -> None:
        """Use other settings from now on."""
        self.settings = settings
        self.settings_changed.emit()

    def shutdown(self) -> None:
        """End every thread; closing the library is the caller's."""
        self._unsubscribe()
        self._looking.stop()
        self._soon.stop()
        self.folders.stop()
        self.questions.stop()
        self.ground.stop()
        self.watching.end()
        self.scanning.stop()
        self.remembered.sync()
        self.pictures.shutdown()
        self.photo_images.shutdown()
        for lane in self._lanes:
            lane.cancel()
        # A scan gives back what is under way, and what was said is written: both may read.
        for lane in (self.jobs, self.edits):
            lane.shutdown()
        self.library.break_off_reads()
        for lane in self._lanes:
            lane.shutdown()

    @property
    def promising(self) -> bool:
        """Whether something that must be written still runs or waits; may be asked in any thread."""
        return any(lane.promising for lane in self._lanes)

    @property
    def _lanes(self) -> tuple[Lane, ...]:
        return self._watches, self.jobs, self.thinking, self.mapping, self.disks, self.reads, self.edits

    def _follow_settings(self) -> None:
        (self.watching.begin if self.settings.watch else self.watching.end)()

    def _scan_steps(self, request: ScanRequest) -> Steps:
        # Imported in the lane: it brings the models' libraries, which take half a second.
        from engine.workflows.scan.full_scan import full_scan

        spare_what_is_loaded()
        settings = beside_the_window(self.settings)
        return (yield from full_scan(self.library, self.places, settings, request.paths, request.again))

    def _gather(self, changes: Changes) -> None:
        self._pending |= changes
        if not self._soon.isActive():
            self._soon.start()

    def _tell(self) -> None:
        changes, self._pending = self._pending, Changes()
        self.pictures.forget(faces=changes.faces if changes.photos else (), photos=changes.photos)
        self.photo_images.forget(changes.photos)
        if changes.folders or changes.photos:
            self.folders.read()
        self.changed.emit(changes)

    def _ask_elsewhere(self) -> None:
        if self.edits.busy:
            return
        job = self.edits.call(self.library.changed_elsewhere)
        job.done.connect(partial(_when, self.changed_elsewhere.emit))
        job.failed.connect(self.fail)
        job.start()


def _when(do: Callable[[], None], yes: object) -> None:
    if yes:
        do()
