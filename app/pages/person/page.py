"""One person: suggested faces apart from confirmed ones, by date or by likeness, and everything to say about them."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedLayout, QWidget

from app.names.known_names import KnownNames
from app.pages.page import Page
from app.pages.person.actions import PersonActions
from app.pages.person.faces import FacesMemory, PersonFaces
from app.pages.person.finding import PersonFinding
from app.pages.person.head import PersonHead
from app.pages.person.reading import PersonSeen, next_unnamed, read_person
from app.pages.person.split import PersonSplit
from app.session.context import Context
from app.style import texts
from app.style.theme import Space, set_hint_colour
from app.widgets.actions import Keys
from app.widgets.empty_state import EmptyState
from app.widgets.label import Label
from app.work.reading import Reading
from engine.library.changes import Changes
from engine.words import fill

IN_MENU = ("find", "rename", "birth", "merge", "parts", "copy_photos", "hide", "unname", "forget")
"""In the menu beside the name; what has no key is reached nowhere else."""


@dataclass(frozen=True, slots=True)
class Sought:
    """The page was left while candidates for the person were looked at, as for the photo of one."""

    faces: FacesMemory


class PersonPage(Page):
    """Shows the faces of the person whose id is the subject; somebody without a name is asked for one."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, "", parent)
        self.title.hide()
        self.person, self.seen = -1, PersonSeen()
        self._returning: FacesMemory | None = None
        self._entering = self._sought = False
        self.names = KnownNames(context, self)
        self.acts = PersonActions(self)
        self.header = PersonHead(context, self.names)
        self.faces = PersonFaces(context, self.acts, self.names)
        self.splitting, self.finding = PersonSplit(context, self.names, self), PersonFinding(context, self)
        self.status, self.waiting = Label(), QWidget()
        self.gone = EmptyState("", "", self.tr("Back"))
        self._reading = Reading(context.reads, self, self._show, self._give_up)
        self._next = context.loader(self, self._go_on)
        self._lay_out()
        self._connect()

    def enter(self, subject: int | None, memory: object) -> None:
        """Show somebody."""
        person = subject if subject is not None else -1
        self._sought = isinstance(memory, Sought)
        memory = memory.faces if isinstance(memory, Sought) else memory
        self._returning = memory if isinstance(memory, FacesMemory) else None
        self._entering = True
        if person != self.person:
            self.person, self.seen = person, PersonSeen()
            self.stack.setCurrentWidget(self.waiting)
            self.header.hide()
        self.faces.turn_to(person, memory)
        self.header.choose_order(self.faces.display.order)
        self.names.load()
        self._reading.begin(self._reader())

    def memory(self) -> object:
        """Return how the faces were left; what is open is closed."""
        sought = self.finding.is_open
        self.splitting.close()
        self.finding.close()
        return Sought(self.faces.memory()) if sought else self.faces.memory()

    def escape(self) -> bool:
        """Close what is open in place of the faces."""
        if self.splitting.open_panel is not None:
            self.splitting.close()
            return True
        return self.finding.escape() or self.faces.escape()

    def keys(self) -> Keys:
        """Return the page's keys."""
        first = [
            (self.tr("Enter"), self.tr("Open the photo")),
            (self.tr("Space"), self.tr("Show the face large; the arrows lead on")),
            ("1–9", self.tr("While faces are moved: pick a likely person")),
        ]
        files = self.faces.board.files.keys()
        return [*first, *self.acts.keys(), *files, ("Ctrl++ / Ctrl+-", self.tr("Larger and smaller faces"))]

    def _lay_out(self) -> None:
        self.head.insertWidget(0, self.header, 1)
        self.head.setStretch(self.head.count() - 1, 0)
        self.header.add_actions([self.acts["photos"]], [self.acts[name] for name in IN_MENU])
        self.header.choose_order(self.faces.display.order)
        self.header.hide()
        set_hint_colour(self.status)
        self.status.setContentsMargins(Space.WIDE, 0, Space.WIDE, Space.SMALL)
        self.status.hide()
        middle = QWidget()
        self.stack = QStackedLayout(middle)
        asides = (self.splitting.panel, self.splitting.parts, self.finding.panel)
        for widget in (self.waiting, self.faces, *asides, self.gone):
            self.stack.addWidget(widget)
        self.body.addWidget(self.status)
        self.body.addWidget(middle, 1)

    def _connect(self) -> None:
        acts, header = self.acts, self.header
        header.named.connect(self._name)
        header.left.connect(self.faces.board.focus)
        header.ordered.connect(self.faces.sort)
        header.cover_clicked.connect(self._show_cover)
        self.gone.step.connect(self._leave)
        acts.bind(
            {
                "rename": header.rename,
                "split": lambda: self.splitting.begin(self.seen, self.faces.board.chosen()),
                "parts": lambda: self.splitting.begin_parts(self.seen),
                "find": self._find,
            }
        )
        for aside in (self.splitting, self.finding):
            aside.opened.connect(self._show_panel)
            aside.closed.connect(self._show_faces)
        self.splitting.looking.connect(self._say)
        self.faces.looking.connect(self._say)

    def _reader(self) -> Callable[[], PersonSeen]:
        library, person = self.context.library, self.person
        return lambda: read_person(library, person)

    def follow(self, changes: Changes | None) -> None:
        """Read again what the changes touch."""
        if changes is None or self._concerns(changes):
            self._reading.refresh(self._reader())
        if changes is None or changes.faces or changes.people:
            self.finding.follow()
        if changes is None or changes.people:
            self.names.load()

    def _concerns(self, changes: Changes) -> bool:
        faces = self.seen.faces
        touched = np.isin(faces.face_ids, list(changes.faces)) | np.isin(faces.photo_ids, list(changes.photos))
        return self.person in changes.people or bool(touched.any())

    def _show(self, seen: PersonSeen) -> None:
        self.seen = seen
        self.splitting.follow(seen)
        if seen.row is None:
            self._show_gone()
            return
        self.set_title(texts.called(seen.row.name))
        self.header.show_person(seen.row)
        self.header.show()
        self.faces.show_person(seen)
        if not len(seen.faces):
            self._show_nothing(texts.called(seen.row.name))
        elif not self._is_aside():
            self.stack.setCurrentWidget(self.faces)
        self._arrive()

    def _arrive(self) -> None:
        """Be where somebody was left, or begin where there is something to do; later changes move nothing."""
        if self._returning is not None:
            self.faces.restore(self._returning)
        if self._entering:
            asks = self.header.asks and self._returning is None
            if asks:
                self.header.edit.setFocus(Qt.FocusReason.OtherFocusReason)
            else:
                self.faces.board.focus()
            if self._sought:
                self._find()
        self._entering, self._returning = False, None

    def _show_gone(self) -> None:
        self.finding.close()
        self.header.hide()
        self.acts.rest()
        self.set_title(self.tr("Nobody"))
        self.gone.say(
            self.tr("Nobody is here any more"),
            self.tr("These faces are elsewhere now: they were merged, moved, set aside or taken back."),
        )
        self.stack.setCurrentWidget(self.gone)
        self.gone.button.setFocus()

    def _give_up(self, error: object) -> None:
        """Say that the person cannot be shown, unless they are."""
        self.context.fail(error)
        if self.seen.row is None:
            self.gone.say(self.tr("The faces could not be read"), self.tr("Go back and try again in a moment."))
            self.stack.setCurrentWidget(self.gone)

    def _show_nothing(self, name: str) -> None:
        self.gone.say(self.tr("No faces"), fill(self.tr("No face is {name} now."), name=name))
        self.stack.setCurrentWidget(self.gone)

    def _show_panel(self, panel: QWidget) -> None:
        self.stack.setCurrentWidget(panel)
        self.acts.rest()

    def _show_faces(self) -> None:
        self.stack.setCurrentWidget(self.faces)
        self.faces.show_person(self.seen)
        self.faces.board.focus()

    def _show_cover(self) -> None:
        if self.seen.row is not None and self.seen.row.cover is not None and not self._is_aside():
            self.faces.show_large(self.seen.row.cover)

    def _is_aside(self) -> bool:
        """Say whether something stands in place of the faces."""
        return self.splitting.open_panel is not None or self.finding.is_open

    def _find(self) -> None:
        if self.seen.row is not None and self.seen.row.name is not None:
            self.finding.begin(self.person, texts.called_shortly(self.seen.row.name))

    def _say(self, sentence: str) -> None:
        self.status.setText(sentence)
        self.status.setVisible(bool(sentence))

    def _name(self, name: str) -> None:
        """Name the person; after a first name go on to the next one without a name."""
        first = self.header.asks and bool(name)
        library, person = self.context.library, self.person
        self.context.operations.name(person, name)
        if first:
            self._next.load(lambda: next_unnamed(library, person))

    def _go_on(self, person: int | None) -> None:
        if not self.isVisible():
            return
        if person is not None:
            self.context.navigator.replace("person", person)
        else:
            self._leave()

    def _leave(self) -> None:
        navigator = self.context.navigator
        if navigator.can_go_back:
            navigator.back()
        else:
            navigator.go("people")
