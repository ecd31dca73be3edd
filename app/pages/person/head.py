"""The head of a person's page: the cover, the name that can be typed over, how many faces, and what can be done."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QFont
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QMenu,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.faces.face_button import FaceButton
from app.faces.face_order import Order
from app.names.known_names import KnownNames
from app.names.name_edit import Asks, NameEdit
from app.pictures.pictures import Picture, Shape
from app.session.context import Context
from app.style import texts
from app.style.accessible import name_without_label
from app.style.icons import icon
from app.style.theme import Space, TextSize, set_hint_colour, set_text_size
from app.widgets.action_button import ActionButton
from app.widgets.flow_layout import FlowLayout
from app.widgets.label import Label
from engine.library.queries import PersonRow
from engine.words import fill

COVER, LETTERS = 64, 36
FIELD, LEAST = 280, 96


class PersonHead(QWidget):
    """Somebody without a name is asked for one; a name becomes a field when it is clicked."""

    named = Signal(str)
    """A name was given; an empty one takes the name away."""
    left = Signal()
    """The field was given up: the faces are looked at again."""
    ordered = Signal(object)
    """An `Order` was chosen."""
    cover_clicked = Signal()

    def __init__(self, context: Context, names: KnownNames, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names = names
        self._row: PersonRow | None = None
        self.cover = FaceButton(context.pictures, self)
        self.cover.set_room(COVER, COVER)
        self.cover.clicked.connect(self.cover_clicked)
        self.name, self.edit = QToolButton(), NameEdit()
        self.numbers, self.order, self.more = Label(), QComboBox(), QToolButton()
        self._tools = FlowLayout()
        self.edit.tell_apart(names.namesakes, Asks.NOBODY)
        self._make_name()
        self._make_tools()
        self._lay_out()
        names.changed.connect(self._offer)

    def show_person(self, row: PersonRow) -> None:
        """Show who it is; a field that is being typed in stays as it is."""
        before, self._row = self._row, row
        other = before is None or before.person != row.person
        circle = Picture(Shape.CIRCLE, row.cover) if row.cover is not None else None
        self.cover.show_picture(circle, self.tr("Cover"))
        self.name.setText(texts.called_shortly(row.name, LETTERS).replace("&", "&&"))
        # Where there is no room for both, the name gives way, not the tools.
        self.name.setMinimumWidth(min(LEAST, self.name.sizeHint().width()))
        self.name.setToolTip(texts.plain_tip(fill(self.tr("{name}: rename (F2)"), name=texts.called(row.name))))
        self.name.setAccessibleName(fill(self.tr("{name}, rename"), name=texts.called(row.name)))
        self.numbers.setText(self._counted(row))
        if other or row.name != (before.name if before else None):
            self.edit.setText(row.name or "")
            self._show_field(open_=row.name is None)
        self._offer()

    def rename(self) -> None:
        """Open the field."""
        self._show_field(open_=True)
        self.edit.selectAll()
        self.edit.setFocus()

    @property
    def asks(self) -> bool:
        """Whether the person has no name, so that the field stays open."""
        return self._row is not None and self._row.name is None

    def add_actions(self, shown: list[QAction], hidden: list[QAction]) -> None:
        """Offer some actions as buttons and the others in a menu."""
        for action in shown:
            self._tools.addWidget(ActionButton(action, self))
        self._tools.addWidget(self.more)
        menu = QMenu(self.more)
        menu.addActions(hidden)
        self.more.setMenu(menu)

    def choose_order(self, order: Order) -> None:
        """Show which order is in use."""
        self.order.setCurrentIndex(self.order.findData(order.value))

    def _make_name(self) -> None:
        self.name.setAutoRaise(True)
        set_text_size(self.name, TextSize.TITLE, QFont.Weight.DemiBold)
        self.name.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.name.clicked.connect(self.rename)
        set_text_size(self.edit, TextSize.NAME)
        self.edit.setMinimumWidth(2 * LEAST)
        self.edit.setMaximumWidth(FIELD)
        self.edit.setPlaceholderText(self.tr("Who is this?"))
        self.edit.setAccessibleName(self.tr("Who is this?"))
        self.edit.named.connect(self._answer)
        self.edit.cancelled.connect(self._give_up)
        set_text_size(self.numbers, TextSize.HINT)
        set_hint_colour(self.numbers)
        self.numbers.setContentsMargins(Space.LARGE, 0, 0, 0)

    def _make_tools(self) -> None:
        words = {
            Order.NEWEST: self.tr("Newest first"),
            Order.OLDEST: self.tr("Oldest first"),
            Order.UNLIKE: self.tr("Most unlike first"),
            Order.ALIKE: self.tr("Most alike first"),
        }
        for order, text in words.items():
            self.order.addItem(text, order.value)
        # Where there is no room for the longest one in a line of its own, it gives way, and not the window.
        self.order.setMinimumWidth(Space.HUGE * 4)
        name_without_label(self.order, self.tr("Order of the faces"))
        # A click does not take the focus: the letters stay the keys of the page.
        self.order.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.order.activated.connect(lambda place: self.ordered.emit(Order(self.order.itemData(place))))
        self.more.setIcon(icon("ellipsis"))
        self.more.setAccessibleName(self.tr("More"))
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)

    def _lay_out(self) -> None:
        who = QVBoxLayout()
        who.setSpacing(Space.TINY)
        who.addStretch(1)
        who.addWidget(self.name)
        who.addWidget(self.edit)
        who.addWidget(self.numbers)
        who.addStretch(1)
        self._tools.addWidget(self.order)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.LARGE)
        row.addWidget(self.cover)
        row.addLayout(who)
        row.addStretch(1)
        row.addLayout(self._tools)

    def _counted(self, row: PersonRow) -> str:
        parts = [texts.faces(row.faces), texts.photos(row.photos)]
        if row.name is not None and row.suggested:
            parts.append(texts.suggestions(row.suggested))
        if row.born:
            parts.append(fill(self.tr("born {date}"), date=row.born))
        if row.hidden:
            parts.append(self.tr("hidden"))
        return "  ·  ".join(parts)

    def _offer(self) -> None:
        own = self._row.person if self._row is not None else None
        self.edit.set_names({person: name for person, name in self._names.names.items() if person != own})

    def _answer(self, name: str) -> None:
        plain = " ".join(name.split())
        if self._row is not None and plain != (self._row.name or ""):
            self.named.emit(plain)
        self._give_up()

    def _give_up(self) -> None:
        self._show_field(open_=self.asks)
        self.left.emit()

    def _show_field(self, *, open_: bool) -> None:
        if not open_ and self._row is not None:
            self.edit.setText(self._row.name or "")
        self.name.setVisible(not open_)
        self.edit.setVisible(open_)
