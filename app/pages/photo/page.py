"""One photo: large, with the faces on it, whose names are given here."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.files.actions import PhotoFileActions
from app.pages.page import Page
from app.pages.photo.actions import PHOTO, PhotoActions
from app.pages.photo.canvas import PhotoCanvas
from app.pages.photo.commands import PhotoCommands
from app.pages.photo.drawing import PhotoDrawing
from app.pages.photo.face_boxes import FaceMark
from app.pages.photo.head import PhotoHead
from app.pages.photo.model import PhotoFacesModel, standing_of
from app.pages.photo.naming import PhotoNaming
from app.pages.photo.notice import PhotoNotice
from app.pages.photo.pixels import PhotoPixels
from app.pages.photo.reading import PhotoSheet, place_in, read_sheet
from app.pages.photo.side import PhotoSide
from app.pages.photo.tools import connect_tools
from app.pages.photo.words import trouble_knowing, trouble_reading, trouble_with
from app.session.context import Context
from app.style import texts
from app.style.theme import Space
from app.widgets.actions import Keys
from app.widgets.menus import pop_up
from app.work.reading import Reading
from engine.library.changes import Changes
from engine.library.queries import PhotoRow
from engine.library.states import PhotoState

WALK = {Qt.Key.Key_Right: 1, Qt.Key.Key_PageDown: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_PageUp: -1}
"""Keys that lead to the next photo or the one before."""


class PhotoPage(Page):
    """The subject is a photo; the arrows lead along the trail that it was opened with, else through its directory."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, "", parent)
        self._photo: int | None = None
        self._sheet = PhotoSheet(None)
        self.faces = PhotoFacesModel(self)
        self.canvas, self.side = PhotoCanvas(), PhotoSide(self.faces, context.pictures)
        self.notice = PhotoNotice(self.canvas)
        self.acts = PhotoActions(self)
        self.commands = PhotoCommands(context, self.acts)
        self.files = PhotoFileActions(context, lambda: [] if self._photo is None else [self._photo], self)
        self.top = PhotoHead(self.head, self.acts, self.files.all(), self)
        self.pixels = PhotoPixels(context.photo_images, self.canvas, self)
        self.naming = PhotoNaming(context, self.canvas, self.faces, self.acts, self)
        self.drawing = PhotoDrawing(context, self.canvas, self)
        connect_tools(context, self.canvas, self.side, self.acts)
        self._drawn: int | None = None
        self._reading = Reading(context.reads, self, self._show, self._give_up)
        self._lay_out()
        self._connect()

    def enter(self, subject: int | None, memory: object) -> None:
        """Show a photo; the names are read anew, as somebody may have been named elsewhere."""
        self._photo, self._drawn = subject, None
        self.drawing.set_photo(subject)
        if subject is not None:
            self._reading.begin(self._reader(subject))
        self.naming.read_names()
        self.canvas.setFocus()

    def memory(self) -> object:
        """Put away what is open; nothing needs to be remembered."""
        self.escape()
        self._drawn = None
        self.drawing.set_photo(None)
        return None

    def escape(self) -> bool:
        """Put the name or the pen away, if one is out."""
        return self.naming.close() or self.drawing.cancel()

    def keys(self) -> Keys:
        """Return the keys of the actions, and those of the photo itself."""
        return [
            ("←  →", self.tr("The photo before, the next photo")),
            (self.tr("Tab"), self.tr("The next face")),
            (self.tr("Enter"), self.tr("Name the face")),
            (self.tr("Shift and arrows"), self.tr("Move an enlarged photo")),
            *self.acts.keys(),
            *self.files.keys(),
        ]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the next photo or the one before."""
        step = WALK.get(Qt.Key(event.key()))
        if step is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif not self.drawing.out:
            self._walk(step)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(Space.WIDE, 0, 0, Space.SMALL)
        row.setSpacing(0)
        row.addWidget(self.canvas, 1)
        row.addWidget(self.side)
        self.body.addLayout(row, 1)
        self.canvas.setAccessibleName(self.tr("Photo"))

    def _connect(self) -> None:
        canvas, listed = self.canvas, self.side.list
        for widget in (canvas, listed):
            widget.face_opened.connect(self._open_face)
            widget.menu_wanted.connect(self._show_menu)
        canvas.pointed_at.connect(listed.point_at)
        listed.pointed_at.connect(canvas.point_at)
        canvas.current_moved.connect(listed.set_current)
        listed.current_moved.connect(self._set_target)
        canvas.passed_by.connect(self.naming.close)
        canvas.touched.connect(self.files.prepare)
        canvas.carried_off.connect(lambda: self.files.carry(canvas))
        self.faces.rows_changed.connect(self._mark)
        self.faces.dataChanged.connect(self._mark)
        self.side.aside_wanted.connect(lambda shown: self.faces.show_ignored(shown=shown))
        self.acts.bind({"draw": self._draw, "name": self._name_target})
        self.naming.named.connect(self._go_on)
        self.drawing.made.connect(self._name_drawn)
        self.pixels.failed.connect(self._tell_trouble)
        self.pixels.noted.connect(lambda note: self.notice.say(note, ""))
        self.top.walked.connect(self._walk)

    def _read(self) -> None:
        if self._photo is not None:
            self._reading.refresh(self._reader(self._photo))

    def _reader(self, photo: int) -> Callable[[], PhotoSheet]:
        library, trail = self.context.library, self.context.navigator.trail
        return lambda: read_sheet(library, photo, trail)

    def _show(self, sheet: PhotoSheet) -> None:
        before, self._sheet = self._sheet.photo, sheet
        self._show_trouble(sheet.photo)
        if sheet.photo is None:
            self.pixels.forget()
        else:
            self._show_photo(sheet.photo, before)
            self.pixels.expect(sheet.beside)
        self.naming.know(sheet.people)
        self.faces.show(sheet.faces)
        self.side.show_details(sheet.photo, sheet.bytes)
        self.side.show_not_shown(sheet.not_shown)
        self.acts.set_photo(None if sheet.photo is None else sheet.photo.id, is_page=sheet.is_page)
        self.set_title(_title(sheet.photo))
        self.top.show_place(-1 if self._photo is None else place_in(sheet.trail, self._photo), len(sheet.trail))
        self._set_target(self.side.list.current_face())
        if self._drawn is not None and self.faces.row_of(self._drawn) >= 0:
            self._open_drawn(self._drawn)

    def _give_up(self, error: object) -> None:
        if self._sheet.photo is not None and self._sheet.photo.id == self._photo:
            self.context.fail(error)  # what is shown already stays
        else:
            self._show(PhotoSheet(None))
            self.notice.say(*trouble_knowing(error))
            self.context.report(error)

    def _show_photo(self, photo: PhotoRow, before: PhotoRow | None) -> None:
        if before is None or photo.id != before.id:
            self.escape()
            self.pixels.show(photo)
            if photo.state is PhotoState.MISSING:
                self.canvas.fade()
        elif photo != before:
            self.pixels.renew(photo)

    def _show_trouble(self, photo: PhotoRow | None) -> None:
        trouble = trouble_with(photo)
        if trouble is None:
            self.notice.hide()
        else:
            self.notice.say(*trouble)

    def _tell_trouble(self, error: object) -> None:
        if self._sheet.photo is not None and trouble_with(self._sheet.photo) is None:
            self.notice.say(*trouble_reading(error))

    def follow(self, changes: Changes | None) -> None:
        """Read again what these changes touch."""
        if changes is None or changes.people:
            self.naming.read_names()
        if changes is None or self._concerns(changes):
            self._read()

    def _concerns(self, changes: Changes) -> bool:
        faces, people = {face.face for face in self._sheet.faces}, self._sheet.people.keys()
        return self._photo in changes.photos or bool(faces & changes.faces or people & changes.people)

    def _walk(self, step: int) -> None:
        place = -1 if self._photo is None else place_in(self._sheet.trail, self._photo) + step
        if 0 <= place < len(self._sheet.trail) and self._sheet.photo is not None:
            self.context.navigator.replace("photo", int(self._sheet.trail[place]))

    def _mark(self) -> None:
        faces = self.faces.faces()
        self.canvas.show_marks([FaceMark(face.face, face.box, standing_of(face), face.name or "") for face in faces])
        spoken = ", ".join(self.faces.tile(row).spoken for row in range(len(faces)))
        self.canvas.setAccessibleDescription(spoken)

    def _set_target(self, face: int | None) -> None:
        """Let keys mean this face, on the photo, in the list and for the actions."""
        self.canvas.set_current(face)
        self.acts.set_target(self.faces.face(face))

    def _open_face(self, face: int) -> None:
        self.side.list.set_current(face)
        self.naming.open(face)

    def _name_target(self) -> None:
        if self.acts.target is not None:
            self._open_face(self.acts.target.face)

    def _go_on(self, named: int) -> None:
        """Mean the next face without a name, so that Enter asks for it."""
        order = [int(face) for face in self.faces.ids]
        place = order.index(named) if named in order else 0
        waiting = set(self.faces.unnamed) - {named}
        following = [face for face in (*order[place:], *order[:place]) if face in waiting]
        if following:
            self.side.list.set_current(following[0])

    def _draw(self) -> None:
        if self._photo is not None and self._sheet.photo is not None:
            self.naming.close()
            self.drawing.begin()

    def _name_drawn(self, face: int) -> None:
        """Ask for the name of a face that was drawn, as soon as it is known here."""
        self._drawn = face
        self._read()

    def _open_drawn(self, face: int) -> None:
        self._drawn = None
        if self.naming.face is None and not self.drawing.out:
            self._open_face(face)

    def _show_menu(self, point: QPoint) -> None:
        pop_up(self, [self.acts.of_face(), self.acts.of(PHOTO), self.files.all()], point)


def _title(photo: PhotoRow | None) -> str:
    if photo is None:
        return ""
    if photo.taken_at is None:
        return photo.path.stem
    return texts.date(photo.taken_at, photo.taken_precision)
