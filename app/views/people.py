"""Everybody: a grid of covers, named people first, then the others by size."""

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QStackedLayout, QWidget

from app.context import Context
from app.delegates.tile_delegate import TileDelegate
from app.models.people import PeopleModel
from app.models.tile import ID
from app.views.page import Page
from app.widgets.empty_state import EmptyState
from app.widgets.grid_view import GridView
from engine.library.queries import PersonRow, people_rows

SIDE = 120


class PeoplePage(Page):
    """Shows everybody with a name or a face."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, "", parent)
        self.set_title(self.tr("People"))
        self.model = PeopleModel(self)
        self.grid = GridView(self.model, self)
        self.grid.setAccessibleName(self.tr("People"))
        delegate = TileDelegate(context.pictures, SIDE, 2, self.grid)
        self.grid.setItemDelegate(delegate)
        self.grid.set_tile(delegate.tile_size())
        self.empty = EmptyState(
            self.tr("Nobody yet"), self.tr("People appear here while your folders are scanned."), parent=self
        )
        self._stack = QStackedLayout()
        self._stack.addWidget(self.grid)
        self._stack.addWidget(self.empty)
        self.body.addLayout(self._stack, 1)
        self._rows = context.loader(self, self._show)
        context.changed.connect(lambda _changes: self._load())
        context.changed_elsewhere.connect(self._load)
        context.pictures.arrived.connect(lambda _picture: self.grid.viewport().update())
        self.grid.activated.connect(self._open)

    def enter(self, subject: int | None, memory: object) -> None:
        """Load everybody anew."""
        self._load()

    def _load(self) -> None:
        self._rows.load(lambda: people_rows(self.context.library))

    def _show(self, rows: list[PersonRow]) -> None:
        self.model.show([row for row in rows if not row.hidden])
        self._stack.setCurrentWidget(self.grid if rows else self.empty)

    def _open(self, index: QModelIndex) -> None:
        self.context.navigator.go("person", index.data(ID))
