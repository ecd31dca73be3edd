"""How large the faces of a grid are: Ctrl and the wheel, Ctrl and + or −; remembered for all grids of faces."""

from PySide6.QtWidgets import QWidget

from app.grid.grid_view import ZOOM_STEP, GridView
from app.grid.tile_delegate import TileDelegate
from app.session.context import Context
from app.widgets.actions import Actions, Row

SIDE, SMALLEST, LARGEST = 132, 64, 320
REMEMBERED = "faces/side"


class FaceZoom(Actions):
    """Gives a grid its delegate and the size of its tiles; `owner` is where the keys hold."""

    def __init__(self, context: Context, grid: GridView, owner: QWidget) -> None:
        super().__init__(owner)
        self._remembered, self._grid = context.remembered, grid
        self._delegate = TileDelegate(context.pictures, SIDE, 0, grid)
        grid.setItemDelegate(self._delegate)
        grid.zoomed.connect(self._zoom)
        self.bind({"larger": lambda: self._zoom(ZOOM_STEP), "smaller": lambda: self._zoom(1 / ZOOM_STEP)})
        self.follow()

    def rows(self) -> tuple[Row, ...]:
        """Return the table."""
        return (
            Row("larger", self.tr("Larger faces"), ("Ctrl++", "Ctrl+=")),
            Row("smaller", self.tr("Smaller faces"), ("Ctrl+-",)),
        )

    def follow(self) -> None:
        """Take the size that is remembered; another page may have changed it."""
        try:
            side = int(str(self._remembered.value(REMEMBERED, SIDE)))
        except ValueError:
            side = SIDE
        self._show(side)

    def _zoom(self, factor: float) -> None:
        self._show(round(self._delegate.side * factor))
        self._remembered.setValue(REMEMBERED, self._delegate.side)

    def _show(self, side: int) -> None:
        self._delegate.side = max(SMALLEST, min(LARGEST, side))
        self._grid.set_tile(self._delegate.tile_size())
