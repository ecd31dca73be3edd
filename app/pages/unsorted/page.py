"""Faces that belong to nobody yet, alike ones together: naming them quickly, setting strangers aside, taking back."""

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QSignalBlocker, Qt
from PySide6.QtWidgets import QStackedLayout, QToolButton, QWidget

from app.faces.face_board import BoardMemory, FaceBoard
from app.faces.model import FacesModel, no_faces
from app.grid.tile import Standing
from app.names.known_names import KnownNames
from app.pages.next_step import offer_photos
from app.pages.page import Page
from app.pages.unsorted.actions import UnsortedActions
from app.pages.unsorted.arrangement import Grouped, Grouping, Words, by_years, grouped
from app.pages.unsorted.commands import UnsortedCommands
from app.pages.unsorted.group_grid import GroupGrid
from app.pages.unsorted.reading import UnsortedReading, UnsortedSeen
from app.session.context import Context
from app.style import texts
from app.style.theme import Space, set_hint_colour
from app.widgets.actions import Keys
from app.widgets.empty_state import EmptyState
from app.widgets.label import Label
from app.widgets.menus import pop_up
from app.widgets.selection_bar import SelectionBar
from engine.library.changes import Changes
from engine.words import fill


@dataclass(frozen=True, slots=True)
class UnsortedMemory:
    """How the page was left; `listed`: with the faces that were set aside."""

    listed: bool
    board: BoardMemory


class UnsortedPage(Page):
    """Shows nobody's faces in groups or, when that is asked for, the faces that were set aside."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, "", parent)
        self.set_title(self.tr("Unsorted"))
        self.seen = UnsortedSeen(no_faces(), 0, listed=False)
        self.found: Grouping | None = None
        self.names = KnownNames(context, self)
        self.groups: Grouped = grouped(self.seen.faces, None, self._words())
        self._returning: UnsortedMemory | None = None
        self._entering = self._fresh = False
        self.acts = UnsortedActions(self)
        self.model = FacesModel(self)
        self.grid = GroupGrid(self.model, self._is_group, self._yes_to)
        self.board = FaceBoard(context, self.grid, self.model)
        self.reading = UnsortedReading(context, self)
        self.bar = SelectionBar([self.acts[name] for name in ("yes", "no", "aside", "no_face", "strangers", "restore")])
        self.commands = UnsortedCommands(context, self.board, self.grid, self.acts, self.names)
        self.empty, self.status, self.listed = EmptyState("", ""), Label(), QToolButton()
        self._lay_out()
        self._connect()

    def enter(self, subject: int | None, memory: object) -> None:
        """Show nobody's faces; they are grouped anew unless somebody returns to where they were."""
        self._returning = memory if isinstance(memory, UnsortedMemory) else None
        self._entering = True
        with QSignalBlocker(self.acts["listed"]):
            self.acts["listed"].setChecked(self._returning is not None and self._returning.listed)
        self.names.load()
        self._read()
        if self._returning is None or self.found is None:
            self._fresh = True
            self.reading.group()

    def memory(self) -> object:
        """Return how the faces were left; a name that is being typed is given."""
        self.grid.leave_naming()
        return UnsortedMemory(self.seen.listed, self.board.memory())

    def escape(self) -> bool:
        """Close the preview, then the faces that were set aside."""
        if self.board.close_preview():
            return True
        listed = self.acts["listed"].isChecked()
        self.acts["listed"].setChecked(False)
        return listed

    def keys(self) -> Keys:
        """Return the page's keys."""
        first = [
            (self.tr("Enter"), self.tr("Open the photo; in a name field: name and go on to the next group")),
            (self.tr("Space"), self.tr("Show the face large; the arrows lead on")),
            (self.tr("Tab"), self.tr("In a group's name field: the next group")),
            ("1–9", self.tr("In the empty name field below: pick a likely person")),
        ]
        files = self.board.files.keys()
        return [*first, *self.acts.keys(), *files, ("Ctrl++ / Ctrl+-", self.tr("Larger and smaller faces"))]

    def _lay_out(self) -> None:
        self.listed.setDefaultAction(self.acts["listed"])
        self.listed.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.head.addWidget(self.status)
        self.head.addWidget(self.listed)
        set_hint_colour(self.status)
        self.status.setContentsMargins(0, 0, Space.MEDIUM, 0)
        self.grid.setAccessibleName(self.tr("Faces that belong to nobody yet"))
        self.bar.insert(self.commands.who)
        middle = QWidget()
        self.stack = QStackedLayout(middle)
        for widget in (self.board, self.empty):
            self.stack.addWidget(widget)
        self.body.addWidget(middle, 1)
        self.body.addWidget(self.bar)

    def _connect(self) -> None:
        self.context.scanning.finished.connect(self.while_seen(self._group))
        self.reading.told.connect(self._show)
        self.reading.grouped.connect(self._regroup)
        self.reading.failed.connect(self._say_failed)
        self.reading.looking.connect(self.status.setText)
        self.names.changed.connect(self._arrange)
        self.names.namesakes.changed.connect(self._arrange)
        self.board.chosen_changed.connect(self._update_target)
        self.board.menu_wanted.connect(self._show_menu)
        self.bar.cleared.connect(self.board.select_nothing)
        self.acts["listed"].toggled.connect(lambda _on: self._turn())

    def _is_group(self, section: int) -> bool:
        return self.groups.is_group(section)

    def _yes_to(self, section: int) -> str:
        """Return the words of a yes to the person whom a section is offered to, "" where there is none."""
        person = self.groups.offered_to(section)
        return fill(self.tr("Yes, {name}"), name=self._called(person)) if person in self.names.names else ""

    def _called(self, person: int) -> str:
        """Return a person's name, with a number where several people have it."""
        return self.names.namesakes.told_apart(person, texts.called_shortly(self.names.names.get(person)))

    def _turn(self) -> None:
        self.grid.leave_naming()
        self.board.select_nothing()
        self._entering = True
        self._read()

    def _read(self) -> None:
        self.reading.read(listed=self.acts["listed"].isChecked())

    def follow(self, changes: Changes | None) -> None:
        """Read again what the changes touch."""
        if changes is None or changes.people:
            self.names.load()
        if changes is None or changes.faces or changes.photos:
            self.reading.refresh(listed=self.acts["listed"].isChecked())

    def _group(self) -> None:
        """Find groups anew, unless somebody is naming one."""
        if self.grid.naming < 0:
            self.reading.group()

    def _regroup(self, found: Grouping) -> None:
        self.found = found
        self._arrange()
        self._show_board()
        if self._fresh and not self.board.count() and self.grid.naming < 0:
            self.board.begin()
        self._fresh = False
        self._update_target()

    def _show(self, seen: UnsortedSeen) -> None:
        self.seen = seen
        self._arrange()
        self.set_title(self.tr("Set aside") if seen.listed else self.tr("Unsorted"))
        self.acts["listed"].setText(self._listed_text())
        self.listed.setVisible(seen.listed or bool(seen.aside))
        self._say_empty()
        self._show_board()
        self._update_target()
        if self._returning is not None:
            self.board.restore(self._returning.board)
        if self._entering:
            self.board.focus()
        self._entering, self._returning = False, None

    def _listed_text(self) -> str:
        if self.seen.listed:
            return self.tr("Back to unsorted")
        return fill(self.tr("Set aside ({number})"), number=texts.number(self.seen.aside))

    def _arrange(self) -> None:
        faces = self.seen.faces
        if self.seen.listed:
            self.groups = Grouped(by_years(faces, self._words()), ())
            self.model.show(faces, self.groups.arrangement, Standing.IGNORED)
        else:
            self.groups = grouped(faces, self.found, self._words())
            self.model.show(faces, self.groups.arrangement, Standing.PLAIN)
        self.commands.groups = self.groups

    def _show_board(self) -> None:
        self.stack.setCurrentWidget(self.board if len(self.groups.arrangement.ids) else self.empty)

    def _say_empty(self) -> None:
        if self.seen.listed:
            sentence = self.tr("Strangers and things that are no faces are listed here, and can be taken back.")
            self.empty.say(self.tr("Nothing is set aside"), sentence)
            self.empty.offer(self.tr("Back to unsorted"), lambda: self.acts["listed"].setChecked(False))
        else:
            sentence = self.tr("Faces that belong to nobody yet appear here while your folders are scanned.")
            self.empty.say(self.tr("Everybody is sorted"), sentence)
            self._offer_step()

    def _say_failed(self) -> None:
        if not len(self.groups.arrangement.ids):
            self.empty.say(self.tr("The faces could not be read"), self.tr("Try again in a moment."))
            self.empty.offer(self.tr("Try again"), self._read)
            self.stack.setCurrentWidget(self.empty)

    def _offer_step(self) -> None:
        """Offer to look at people where there are any photos, else what brings photos in."""
        if self.context.folders.states:
            self.empty.offer(self.tr("Show people"), lambda: self.context.navigator.go("people"))
        else:
            offer_photos(self.context, self.empty)

    def _update_target(self) -> None:
        count = self.board.count()
        self.acts.set_target(count, listed=self.seen.listed, offered=bool(self.commands.offered()))
        self.commands.who.setVisible(not self.seen.listed)
        self.bar.show_count(count)
        if not count:
            self.commands.who.clear()

    def _show_menu(self, point: QPoint) -> None:
        shown = [action for action in self.acts.of_faces() if action is not self.acts["strangers"]]
        groups = [shown, self.board.files.all()]
        if not self.seen.listed:
            self.commands.aim_menu()
            groups.append([self.commands.menu.menuAction()])
        pop_up(self, groups, point)

    def _words(self) -> Words:
        return Words(
            offered=lambda person: fill(self.tr("{name}?"), name=self._called(person)),
            alike=texts.faces_alike,
            alone=self.tr("Like no other"),
            new=self.tr("New"),
            hard=self.tr("Hard to recognise"),
            year=lambda year: texts.year_name(year) if year else self.tr("Without a date"),
            count=texts.faces,
        )
