"""The tools above the grid of people: how many are named, search, order, hidden people, size."""

from PySide6.QtCore import QSettings, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from app.pages.people.known import Tally
from app.pages.people.listing import Order, PeopleQuery
from app.pages.people.search_edit import SearchEdit
from app.style import texts
from app.style.theme import Space, TextSize, set_hint_colour, set_text_size
from app.widgets.label import Label
from app.widgets.zoom_slider import ZoomSlider
from engine.words import fill

SIDES = (72, 84, 100, 120, 144, 172, 200, 230, 260)
USUAL_SIDE = 144
SEARCH_WIDTH = 190


class PeopleHead(QWidget):
    """What the user wants to see (`query`); order and size are remembered."""

    query_changed = Signal(object)
    """The `PeopleQuery`."""

    def __init__(self, remembered: QSettings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._remembered = remembered
        self.tally, self.search = Label(), SearchEdit(self.tr("Search names"))
        self.order, self.hidden = QToolButton(), QToolButton()
        self.zoom = ZoomSlider(SIDES, USUAL_SIDE, remembered, "people/side")
        self._orders: dict[Order, QAction] = {}
        self._prepare()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.SMALL)
        row.addWidget(self.tally)
        row.addStretch(1)
        for widget in (self.hidden, self.search, self.order, self.zoom):
            row.addWidget(widget)
        self._name_order()
        self.search.textChanged.connect(lambda _text: self._tell())
        self.search.composed.connect(self._tell)
        self.hidden.toggled.connect(lambda _shown: self._tell())

    @property
    def query(self) -> PeopleQuery:
        """What the user wants to see."""
        order = next((order for order, action in self._orders.items() if action.isChecked()), Order.NAME)
        return PeopleQuery(order, self.search.seen, self.hidden.isChecked())

    def show_tally(self, tally: Tally) -> None:
        """Say how many have a name, and offer hidden people where there are any."""
        named = self.tr("{named} of {people} named")
        self.tally.setText(fill(named, named=texts.number(tally.named), people=texts.number(tally.everybody)))
        self.tally.setVisible(tally.everybody > 0)
        self.hidden.setText(fill(self.tr("Show hidden ({number})"), number=texts.number(tally.hidden)))
        self.hidden.setVisible(tally.hidden > 0)
        if not tally.hidden:
            self.hidden.setChecked(False)

    def _prepare(self) -> None:
        set_text_size(self.tally, TextSize.HINT)
        set_hint_colour(self.tally)
        self.tally.setContentsMargins(Space.SMALL, Space.TINY, 0, 0)
        self.search.setMinimumWidth(SEARCH_WIDTH // 2)
        self.search.setMaximumWidth(SEARCH_WIDTH)
        self.hidden.setCheckable(True)
        self.hidden.hide()
        menu, group = QMenu(self), QActionGroup(self)
        wanted = self._remembered.value("people/order", Order.NAME.value)
        for order, text in self._order_texts().items():
            action = menu.addAction(text)
            action.setCheckable(True)
            action.setChecked(order.value == wanted)
            action.triggered.connect(self._reorder)
            group.addAction(action)
            self._orders[order] = action
        self.order.setMenu(menu)
        self.order.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        for button in (self.order, self.hidden):
            button.setAutoRaise(True)

    def _order_texts(self) -> dict[Order, str]:
        return {
            Order.NAME: self.tr("By name"),
            Order.SIZE: self.tr("By number of faces"),
            Order.RECENT: self.tr("By latest photo"),
        }

    def _reorder(self) -> None:
        self._remembered.setValue("people/order", self.query.order.value)
        self._name_order()
        self._tell()

    def _name_order(self) -> None:
        text = self._order_texts()[self.query.order]
        self.order.setText(text)
        self.order.setAccessibleName(fill(self.tr("Order of people: {order}"), order=text))

    def _tell(self) -> None:
        self.query_changed.emit(self.query)
