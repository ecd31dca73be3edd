"""The window: sidebar, one page at a time, the message bar and the job bar."""

import logging
import os
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent, QPalette
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from app.pages.page import Page
from app.session.context import Context
from app.session.folders import FolderState
from app.session.navigation import Visit
from app.shell.actions import PAGE_KEYS, WindowActions
from app.shell.announcing import Announcing
from app.shell.asking import askers
from app.shell.crumbs import Crumbs
from app.shell.entering import EnterPresses
from app.shell.fault_report import FaultReport
from app.shell.faults import describe
from app.shell.folder_commands import FolderCommands
from app.shell.job_bar import JobBar
from app.shell.known_disks import KnownDisks
from app.shell.lacking_notice import LackingNotice
from app.shell.menus import fill_menus
from app.shell.message_bar import MessageBar
from app.shell.mouse_back import MouseBack
from app.shell.namesake_offer import NamesakeOffer
from app.shell.pages import PAGES, PagesAhead, make_page
from app.shell.screen import first_size
from app.shell.selecting import select_nothing
from app.shell.sidebar import Sidebar
from app.shell.sidebar_counts import SidebarCounts
from app.style.theme import TextSizes
from app.widgets.actions import Keys
from engine.library.folders import folders

log = logging.getLogger(__name__)


class MainWindow(QMainWindow):
    """Moves between pages and shows what happens; everything else is the pages'."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._pages: dict[str, Page] = {}
        self._fault_report: FaultReport | None = None
        self._has_folders = False
        self.acts = WindowActions(context, self)
        self.sidebar, self.stack = Sidebar(), QStackedWidget()
        self.namesakes, self.messages, self.job_bar = NamesakeOffer(context), MessageBar(), JobBar()
        self.lacking, self.crumbs = LackingNotice(context), Crumbs(context.navigator, self.sidebar.title_of)
        TextSizes(self)
        MouseBack(self, context.navigator.back)
        EnterPresses(self)
        self._announcing = Announcing(context, self.messages, self)
        self.disks, self._counts = KnownDisks(context, self), SidebarCounts(context, self.sidebar, self)
        self._folder_commands = FolderCommands(context, self.sidebar.folders, self)
        self.setWindowTitle("Kinfolk")
        self.setAcceptDrops(True)
        self._lay_out()
        fill_menus(self.menuBar(), self.acts, self.sidebar.title_of, context.navigator.go)
        context.key_book.actions = self.findChildren(QAction)
        context.key_book.pages = self._keys_of_pages
        self._connect()
        self._restore()

    def begin(self) -> None:
        """Show the first page: the one that was shown last, or the welcome where there is no folder."""
        last = str(self.context.remembered.value("window/page", "people"))
        self._has_folders = bool(folders(self.context.library))
        self.context.navigator.go((last if last in PAGE_KEYS else "people") if self._has_folders else "welcome")
        self.context.folders.read()
        self._counts.begin()
        self.context.operations.read_steps()
        PagesAhead(self)

    def take_over(self, before: "MainWindow") -> None:
        """Show instead of another window what that one showed, of the same session."""
        self._has_folders = before._has_folders  # noqa: SLF001  # its own kind
        here = self.context.navigator.visit
        if here is not None:
            self._move(here)
        for name, page in before._pages.items():  # noqa: SLF001
            legacy = page.legacy()
            if legacy is not None:
                self.page(name).inherit(legacy)
        self.namesakes.ask(before.namesakes.waiting)
        self.lacking.look()
        self.context.folders.read()
        self._counts.begin()
        PagesAhead(self)

    def remember(self) -> None:
        """Remember where the window is and what it shows."""
        self.context.remembered.setValue("window/geometry", self.saveGeometry())
        if self.context.navigator.here is not None:
            self.context.remembered.setValue("window/page", self.context.navigator.here.page)

    def page(self, name: str) -> Page:
        """Return a page, made when it is first asked for."""
        if name not in self._pages:
            self._pages[name] = make_page(name, self.context)
            self.stack.addWidget(self._pages[name])
            if name == "problems":
                self._pages[name].counted.connect(self._counts.problems.take_all)
        return self._pages[name]

    def come_forward(self, token: str = "") -> None:
        """Show the window before all others; the desktop's token says that the user asked for it."""
        if token:
            os.environ["XDG_ACTIVATION_TOKEN"] = token
        if self.isMinimized():
            self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.raise_()
        self.activateWindow()

    def report(self, error: BaseException) -> None:
        """Show a fault of the program in a report that is open beside the window."""
        report = describe(error)
        log.error("%s", report)
        if self._fault_report is None:
            self._fault_report = FaultReport(self)
            self._fault_report.finished.connect(self._forget_report)
        self._fault_report.add(report)
        self._fault_report.show()

    def choose_folder(self) -> None:
        """Ask for a folder and scan it."""
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Add a folder of photos"))
        if chosen:
            self.disks.scan([Path(chosen)])

    def closeEvent(self, event: QCloseEvent) -> None:
        """Leave the page, which gives a name that is being typed; remember where the window was and what it showed."""
        self.context.navigator.leave()
        self.remember()
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc ends what the page is doing, else means what is selected no longer, else goes back."""
        if event.key() == Qt.Key.Key_Escape:
            page = self.stack.currentWidget()
            if not (isinstance(page, Page) and (page.escape() or select_nothing(page))):
                self.context.navigator.back()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take folders from anywhere but this window."""
        if event.mimeData().hasUrls() and event.source() is None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Scan what was dropped."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            self.disks.scan(paths)

    def _lay_out(self) -> None:
        right, column = QWidget(), QVBoxLayout()
        right.setAutoFillBackground(True)
        right.setBackgroundRole(QPalette.ColorRole.Base)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.lacking)
        column.addWidget(self.crumbs)
        column.addWidget(self.stack, 1)
        column.addWidget(self.namesakes)
        column.addWidget(self.messages)
        right.setLayout(column)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.sidebar)
        row.addWidget(right, 1)
        everything, outer = QWidget(), QVBoxLayout()
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(row, 1)
        outer.addWidget(self.job_bar)
        everything.setLayout(outer)
        self.setCentralWidget(everything)

    def _name_next(self) -> None:
        self.context.navigator.go("people")
        self.page("people").begin_naming()

    def _connect(self) -> None:
        context = self.context
        context.navigator.leaving.connect(self._leave)
        context.navigator.moved.connect(self._move)
        context.broke.connect(self.report)
        context.folder_wanted.connect(self.choose_folder)
        context.jobs.started.connect(self.job_bar.follow)
        for job in context.jobs.jobs:
            self.job_bar.follow(job)
        context.scanning.began.connect(self._end_welcome)
        context.folders.changed.connect(self._follow_folders)
        self.sidebar.page_chosen.connect(context.navigator.go)
        self.sidebar.folder_chosen.connect(lambda folder: context.navigator.go("photos", folder))
        self.sidebar.add_folder.connect(self.choose_folder)
        self.acts.bind({"add_folder": self.choose_folder, "find": self._find, "quit": self.close})
        self.acts.bind({"name_next": self._name_next} | askers(self.context, self))

    def _find(self) -> None:
        page = self.stack.currentWidget()
        if isinstance(page, Page):
            page.begin_search()

    def _keys_of_pages(self) -> Iterator[tuple[str, Keys]]:
        told: set[tuple[str, str]] = set()
        # The titles of these two are those of whom or what they show now.
        general = {"person": self.tr("A person"), "photo": self.tr("A photo")}
        for name, kind in PAGES.items():
            # A class may stand for several pages.
            if kind not in told:
                told.add(kind)
                title = general.get(name) or self.sidebar.title_of(name) or self.page(name).title.text()
                yield title, self.page(name).keys()

    def _leave(self, visit: Visit) -> None:
        page = self._pages.get(visit.place.page)
        if page is not None:
            visit.title = page.called()
            visit.memory = page.memory()

    def _move(self, visit: Visit) -> None:
        page = self.page(visit.place.page)
        # First what takes room above the page: it is to find its place as it was left.
        self.crumbs.show_way()
        self.stack.setCurrentWidget(page)
        page.enter(visit.place.subject, visit.memory)
        self.sidebar.show_way([*(one.place for one in self.context.navigator.way), visit.place])
        self.acts["back"].setEnabled(self.context.navigator.can_go_back)

    def _end_welcome(self) -> None:
        """Show the people instead, who appear while the first scan runs."""
        here = self.context.navigator.here
        if here is not None and here.page == "welcome":
            self.context.navigator.replace("people")

    def _follow_folders(self, states: list[FolderState]) -> None:
        """Welcome whoever has no folder any more; nobody is led there twice."""
        if states:
            self._end_welcome()
        elif self._has_folders and self.context.scanning.job is None:
            self.context.navigator.go("welcome")
        self._has_folders = bool(states)

    def _forget_report(self) -> None:
        self._fault_report = None

    def _restore(self) -> None:
        geometry = self.context.remembered.value("window/geometry", QByteArray())
        if not (isinstance(geometry, QByteArray) and self.restoreGeometry(geometry)):
            self.resize(first_size(self.screen().availableSize()))
