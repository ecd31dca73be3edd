"""More faces of the person who is meant: opened with a key, it follows until it is closed."""

from PySide6.QtCore import QModelIndex, QObject, QRect

from app.grid.grid_view import GridView
from app.grid.tile import ID
from app.pages.people.delegate import PersonDelegate
from app.pages.people.face_glimpse import FaceGlimpse
from app.pages.people.naming import Naming
from app.session.context import Context


class PeopleGlimpse(QObject):
    """Keeps the glimpse beside the current tile, also while names are given one after another."""

    def __init__(self, context: Context, grid: GridView, delegate: PersonDelegate, naming: Naming) -> None:
        super().__init__(grid)
        self._grid, self._delegate, self._naming = grid, delegate, naming
        self.panel = FaceGlimpse(context, grid)
        grid.selectionModel().currentChanged.connect(self._follow)
        grid.verticalScrollBar().valueChanged.connect(lambda _value: self._close_unless_naming())
        naming.began.connect(lambda _person: self._follow())
        naming.ended.connect(self.panel.close_up)

    @property
    def is_open(self) -> bool:
        """Whether somebody's faces are shown or being read."""
        return self.panel.person is not None

    def turn(self) -> None:
        """Show more faces of the current person, or put them away."""
        if self.is_open:
            self.panel.close_up()
        else:
            self._open()

    def close(self) -> None:
        """Put them away."""
        self.panel.close_up()

    def _open(self) -> None:
        index = self._grid.currentIndex()
        if index.isValid():
            self._grid.scrollTo(index)
            circle = self._delegate.picture_rect(self._grid.visualRect(index))
            self.panel.open_beside(int(index.data(ID)), QRect(circle))

    def _follow(self, *_: QModelIndex) -> None:
        if self.is_open:
            self._open()

    def _close_unless_naming(self) -> None:
        if self._naming.person is None:
            self.panel.close_up()
