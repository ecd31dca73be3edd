"""The grid of photos: rows that are filled from edge to edge."""

from PySide6.QtCore import QSize

from app.grid.grid_layout import GridLayout
from app.grid.grid_view import GridView
from app.grid.justified_layout import JustifiedLayout
from app.pages.photos.model import PhotosModel
from app.style.theme import Space


class PhotosGrid(GridView):
    """Tiles are as wide as their photos; `set_tile` says how high rows may be."""

    def __init__(self, model: PhotosModel) -> None:
        self._photos, self._highest = model, 120
        super().__init__(model)

    def set_tile(self, size: QSize) -> None:
        """Let rows be as high as this."""
        self._highest = size.height()
        super().set_tile(size)

    def make_layout(self, width: int, head: int) -> GridLayout:
        """Return where everything lies."""
        photos = self._photos
        return JustifiedLayout(
            photos.sections,
            width,
            self._highest,
            photos.ratios,
            spacing=Space.TINY,
            margin=Space.WIDE,
            head=head,
        )
