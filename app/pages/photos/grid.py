"""The grid of photos: rows that are filled from edge to edge."""

from PySide6.QtCore import QSize

from app.grid.grid_layout import GridLayout
from app.grid.grid_paint import title_width
from app.grid.grid_view import GridView
from app.grid.justified_layout import JustifiedLayout
from app.pages.photos.model import PhotosModel
from app.style.theme import Space

USUAL = 4 / 3
"""Width by height of most photos."""


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
            gap=Space.WIDE,
            title_width=title_width,
        )

    def high_with(self, headings: int) -> int:
        """Return about how high so many headings will be with a photo below each, rather less than they are.

        Rows of which several headings share one are not lower than they may be, others half as high at least.
        """
        abreast = max(1, self.viewport().width() // (round(USUAL * self._highest) + Space.WIDE))
        shared = -(-headings // abreast) * (self.head_height + self._highest)
        return min(shared, headings * (self.head_height + self._highest // 2))
