"""Paints a person, a circle with a name and a number, and opens a field where the name stands."""

from collections.abc import Callable, Mapping
from enum import Enum

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPalette, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget

from app.grid.tile import ID, TILE, Tile
from app.grid.tile_delegate import TileDelegate
from app.names.name_edit import Asks, NameEdit
from app.names.namesakes import Namesakes
from app.pages.people.chip import chip_place, paint_chip
from app.pages.people.model import NAMED, PROPOSED
from app.pages.people.tile import PersonTile
from app.pictures.pictures import Pictures
from app.style import texts
from app.style.lettering import fitted, line_height, line_width, paint_line
from app.style.painting import painting
from app.style.theme import Space, TextSize, font_of
from engine.words import fill

NARROWEST_FIELD = 150
"""A field is as wide as what it lies on, but on the smallest tiles: a name has to be read while it is typed."""
FIELD_CORNER = 6
ONTO_RING = 6
ELSEWHERE = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason, Qt.FocusReason.MenuBarFocusReason)
"""The user looks at another window or a menu, and comes back to what was typed."""

Index = QModelIndex | QPersistentModelIndex
Names = Callable[[int], Mapping[int, str]]
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class Onward(Enum):
    """Where to go after an answer."""

    ENTER = "enter"
    NEXT = "next"
    BEFORE = "before"
    AWAY = "away"


TABS = {Qt.Key.Key_Tab: Onward.NEXT, Qt.Key.Key_Backtab: Onward.BEFORE}


class PersonDelegate(TileDelegate):
    """Tiles of people. `names` gives the names that are offered for a person."""

    answered = Signal(int, str, object)
    """A person's name was typed: their id, the text, and an `Onward`."""
    given_up = Signal(int)
    """Esc was pressed in a person's field."""

    def __init__(self, pictures: Pictures, side: int, names: Names, namesakes: Namesakes) -> None:
        super().__init__(pictures, side, 2)
        self._namesakes = namesakes
        self._names = names
        self._side_before = side
        self.onto: int | None = None
        """The person onto whom others would be dropped now."""

    def set_side(self, side: int) -> None:
        """Paint larger or smaller circles; until those are made, the ones of before are stretched."""
        self._side_before, self.side = self.side, side

    def tile_size(self) -> QSize:
        """Return the size of a tile: the circle, the name in up to two lines, the number."""
        lines = 2 * line_height(TextSize.NAME) + line_height(TextSize.HINT) + 2 * Space.TINY
        return QSize(self.side, self.side + Space.TINY + lines)

    def title_rect(self, rect: QRect) -> QRect:
        """Return where the name stands."""
        height = line_height(TextSize.NAME) + Space.TINY
        return QRect(rect.left(), rect.top() + self.side + Space.TINY, rect.width(), height)

    def chip_rect(self, rect: QRect, index: Index) -> QRect:
        """Return where the name stands that a group may have; nothing where none is proposed."""
        name = index.data(PROPOSED)
        return chip_place(self.picture_rect(rect), name) if name else QRect()

    def paint_tile(self, painter: QPainter, option: QStyleOptionViewItem, tile: Tile) -> None:
        """Paint one person; the one onto whom others would be dropped has a thick ring."""
        super().paint_tile(painter, option, tile)
        if not isinstance(tile, PersonTile):
            return
        if tile.may:
            paint_chip(painter, self.picture_rect(option.rect), option.palette, tile.may)
        if tile.person == self.onto:
            painter.setPen(QPen(option.palette.color(QPalette.ColorRole.Highlight), ONTO_RING))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(self.picture_rect(option.rect))

    def circle(self, tile: Tile, side: int, ratio: float) -> QPixmap:
        """Return a tile's circle alone, `side` device-independent pixels wide on a screen of this ratio."""
        circle = QPixmap(round(side * ratio), round(side * ratio))
        circle.setDevicePixelRatio(ratio)
        circle.fill(Qt.GlobalColor.transparent)
        with painting(circle) as painter:
            painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
            pixmap = self._pixmap_of(painter, tile)
            if pixmap is not None and not pixmap.isNull():
                painter.drawPixmap(QRectF(0, 0, side, side), pixmap, QRectF(pixmap.rect()))
            else:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QPalette().color(QPalette.ColorRole.AlternateBase))
                painter.drawEllipse(0, 0, side, side)
        return circle

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Open a field for the name."""
        person = int(index.data(ID))
        field = NameEdit(parent)
        field.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        may = texts.called_shortly(index.data(PROPOSED), 24) if index.data(PROPOSED) else ""
        asks = fill(self.tr("{name}? (Tab)"), name=may) if may else self.tr("Who is this?")
        field.setPlaceholderText(asks)
        field.setAccessibleName(fill(self.tr("Name of {tile}"), tile=index.data(Qt.ItemDataRole.AccessibleTextRole)))
        field.setText(index.data(TILE).title if index.data(NAMED) else "")
        field.tell_apart(self._namesakes, Asks.NOBODY)
        field.set_names(self._names(person))
        field.named.connect(lambda name: self.answered.emit(person, name, Onward.ENTER))
        field.cancelled.connect(lambda: self.given_up.emit(person))
        field.setProperty("person", person)
        return field

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Leave what is typed as it is: the person may get more faces meanwhile."""

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Leave the model as it is: a name comes from the library."""

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """Lay the field over the name, wide enough to type in and inside the grid."""
        parent = editor.parentWidget()
        place, room = self.title_rect(option.rect), parent.width() if parent is not None else NARROWEST_FIELD
        size = QSize(min(max(NARROWEST_FIELD, place.width()), room), editor.sizeHint().height())
        field = QRect(place.center(), size).translated(-size.width() // 2, -size.height() // 2)
        field.moveLeft(max(0, min(field.left(), room - field.width())))
        editor.setGeometry(field)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Tab answers and goes on; leaving the field for elsewhere in the window answers, too."""
        if not isinstance(editor, NameEdit):
            return super().eventFilter(editor, event)
        person = int(editor.property("person"))
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in TABS:
            self.answered.emit(person, editor.answer(), TABS[Qt.Key(event.key())])
            return True
        if (
            isinstance(event, QFocusEvent)
            and event.lostFocus()
            and event.reason() not in ELSEWHERE
            and editor.isVisible()
        ):
            self.answered.emit(person, editor.text(), Onward.AWAY)
        return False

    def _pixmap_of(self, painter: QPainter, tile: Tile) -> QPixmap | None:
        """Return the picture; while it is made at a new size, the one of before, stretched."""
        pixmap = super()._pixmap_of(painter, tile)
        if pixmap is not None or tile.picture is None or self._side_before == self.side:
            return pixmap
        before = self._pictures.pixmap(tile.picture, self._side_before, painter.device().devicePixelRatioF())
        if before is None or before.isNull():
            return None
        stretched = QPixmap(before)
        stretched.setDevicePixelRatio(before.width() / self.side)
        return stretched

    def _paint_text(self, painter: QPainter, option: QStyleOptionViewItem, tile: Tile) -> None:
        named = isinstance(tile, PersonTile) and tile.is_named
        place, palette = self.title_rect(option.rect), option.palette
        if not named or option.state & QStyle.StateFlag.State_MouseOver:
            kind = "field", palette.cacheKey()
            self._stamps.press(painter, place, kind, lambda pen, rect: _draw_field(pen, rect, palette))
        colour = palette.color(QPalette.ColorRole.Text if named else QPalette.ColorRole.PlaceholderText)
        inside = place.adjusted(Space.TINY, 0, -Space.TINY, 0)
        size = TextSize.NAME if named else _fitting(tile.title, inside)
        lines = two_lines(tile.title, size, inside.width()) if named else [tile.title]
        painter.setFont(font_of(size))
        painter.setPen(colour)
        for line in lines:
            paint_line(painter, inside, Qt.AlignmentFlag.AlignCenter, fitted(line, size, inside.width()))
            inside.translate(0, line_height(size))
        top = place.bottom() + 1 + (len(lines) - 1) * line_height(size)
        below = QRect(place.left(), top, place.width(), line_height(TextSize.HINT) + Space.TINY)
        self._paint_number(painter, below, palette, tile)

    def _paint_mark(self, painter: QPainter, place: QRect, palette: QPalette, mark: str) -> None:
        """Leave the circle free: the mark stands beside the number."""

    def _paint_number(self, painter: QPainter, place: QRect, palette: QPalette, tile: Tile) -> None:
        """Paint how many faces there are and, after it in the accent colour, how many wait; not onto the next tile."""
        faces, mark = number_line(tile, place.width())
        number, width = (line_width(words, TextSize.HINT) for words in (faces, faces + mark))
        left = place.center().x() - width // 2
        whole = QRect(left, place.top(), width + 1, place.height())
        painter.setFont(font_of(TextSize.HINT))
        painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
        paint_line(painter, whole, LEFT, faces)
        if mark:
            painter.setPen(palette.color(QPalette.ColorRole.Link))
            paint_line(painter, whole.adjusted(number, 0, 0, 0), LEFT, mark)


def _draw_field(painter: QPainter, place: QRect, palette: QPalette) -> None:
    """Show that a name can be typed here."""
    painter.setPen(QPen(palette.color(QPalette.ColorRole.Mid), 1))
    painter.setBrush(palette.color(QPalette.ColorRole.Base))
    painter.drawRoundedRect(QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5), FIELD_CORNER, FIELD_CORNER)


def number_line(tile: Tile, width: int) -> tuple[str, str]:
    """Return how many faces there are, shortened where both do not fit the width, and how many wait."""
    mark = f"  {tile.mark}" if tile.mark else ""
    return fitted(tile.hint, TextSize.HINT, width - line_width(mark, TextSize.HINT)), mark


def two_lines(words: str, size: TextSize, width: int) -> list[str]:
    """Return a text as one line, or as two where it does not fit one: parted between words, if it has several."""
    if line_width(words, size) <= width:
        return [words]
    parts = words.split()
    fitting = [n for n in range(1, len(parts)) if line_width(" ".join(parts[:n]), size) <= width]
    return [" ".join(parts[: fitting[-1]]), " ".join(parts[fitting[-1] :])] if fitting else [words]


def _fitting(words: str, place: QRect) -> TextSize:
    """Return the size at which these few words can be read on a small tile."""
    return TextSize.BODY if line_width(words, TextSize.BODY) <= place.width() else TextSize.HINT
