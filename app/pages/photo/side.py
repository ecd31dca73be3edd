"""Beside a photo: whose faces are on it, those that were set aside on demand, and the details of its file."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QLocale, Qt, QTime, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.pages.photo.face_list import FaceList
from app.pages.photo.model import PhotoFacesModel
from app.pages.photo.words import not_shown_sentence
from app.pictures.pictures import Pictures
from app.style import texts
from app.style.lettering import letter_width
from app.style.theme import Space, TextSize, font_of, set_hint_colour, set_text_size
from app.widgets.label import Label
from engine.library.queries import FaceRow, PhotoRow
from engine.scan.dates import Precision
from engine.words import fill

WIDTH_LETTERS = 34


class PhotoSide(QWidget):
    """The list of faces, a button for those set aside, and below, when asked for, the details."""

    aside_wanted = Signal(bool)
    """Whether faces that were set aside are to be shown."""

    def __init__(self, faces: PhotoFacesModel, pictures: Pictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._faces = faces
        self._known: list[str] = []
        self.count, self.list = Label(), FaceList(faces, pictures)
        self.aside, self.not_shown, self.details = QPushButton(), Label(), Label()
        set_text_size(self.count, TextSize.NAME)
        set_hint_colour(self.details)
        set_hint_colour(self.not_shown)
        self.not_shown.setWordWrap(True)
        self.not_shown.setTextFormat(Qt.TextFormat.PlainText)
        self.not_shown.hide()
        self.aside.setCheckable(True)
        self.aside.setFlat(True)
        self.aside.toggled.connect(self.aside_wanted)
        self.details.setWordWrap(True)
        self.details.setTextFormat(Qt.TextFormat.PlainText)
        self.details.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.LARGE, Space.SMALL, Space.LARGE, Space.LARGE)
        column.setSpacing(Space.SMALL)
        column.addWidget(self.count)
        column.addWidget(self.list, 1)
        column.addWidget(self.aside)
        column.addWidget(self.not_shown)
        column.addWidget(self.details)
        self._measure()
        faces.rows_changed.connect(self._tell)
        self._tell()

    def changeEvent(self, event: QEvent) -> None:
        """Make room for larger or smaller letters."""
        if event.type() == QEvent.Type.FontChange:
            self._measure()
        super().changeEvent(event)

    def show_not_shown(self, faces: Sequence[FaceRow]) -> None:
        """Say who was in the photo before its file was changed, if something was said of them."""
        self.not_shown.setText(not_shown_sentence(faces) if faces else "")
        self.not_shown.setVisible(bool(faces))

    def show_details(self, photo: PhotoRow | None, size: int | None) -> None:
        """Show what is known of the photo's file; its size in bytes is None where it is not there."""
        self._known = [] if photo is None else self._lines(photo, size)
        self.details.setAccessibleName("\n".join(self._known))
        self.details.setToolTip(texts.plain_tip("\n".join(self._known)))
        self._fit()

    def _measure(self) -> None:
        self.setFixedWidth(round(letter_width(font_of(TextSize.BODY)) * WIDTH_LETTERS))
        self._fit()

    def _fit(self) -> None:
        """Shorten what has a word that is wider than the room: a label breaks lines between words alone."""
        measure, room = self.details.fontMetrics(), self.width() - 2 * Space.LARGE
        wide = [max(map(measure.horizontalAdvance, line.split()), default=0) > room for line in self._known]
        shown = (
            measure.elidedText(line, Qt.TextElideMode.ElideMiddle, room) if is_wide else line
            for line, is_wide in zip(self._known, wide, strict=True)
        )
        self.details.setText("\n".join(shown))

    def _lines(self, photo: PhotoRow, size: int | None) -> list[str]:
        locale = QLocale()
        lines = [photo.path.name, str(photo.path.parent)]
        if photo.taken_at is not None:
            taken = photo.taken_at
            said = [texts.date(taken, photo.taken_precision)]
            if photo.taken_precision in (None, Precision.SECOND):
                said.append(locale.toString(QTime(taken.hour, taken.minute), QLocale.FormatType.ShortFormat))
            lines.append(", ".join(said))
        measures = []
        if photo.width and photo.height:
            measures.append(f"{texts.number(photo.width)} × {texts.number(photo.height)}")
        if size is not None:
            measures.append(locale.formattedDataSize(size, 1))
        return [*lines, " · ".join(measures)] if measures else lines

    def _tell(self) -> None:
        shown = sum(not face.ignored for face in self._faces.faces())
        self.count.setText(texts.faces(shown) if shown else self.tr("Nobody here"))
        self.aside.setVisible(self._faces.ignored > 0)
        self.aside.setText(fill(self.tr("Set aside: {count}"), count=texts.number(self._faces.ignored)))
