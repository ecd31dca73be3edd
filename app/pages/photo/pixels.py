"""Brings the pixels of a photo onto the canvas: the small picture, the screen's, all of them; and the neighbours'."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from app.pages.photo.view import PhotoView
from app.pictures.photo_images import Decoded, Detail, PhotoImages
from app.style import texts
from engine.library.queries import PhotoRow

RESIZED_MS = 150
"""How long the view keeps its size before the photo is read for it."""


class PhotoPixels(QObject):
    """Shows one photo at a time; `failed` carries why it cannot be shown."""

    failed = Signal(object)
    noted = Signal(str)
    """A sentence that says what of the photo could not be read."""

    def __init__(self, images: PhotoImages, view: PhotoView, parent: QObject) -> None:
        super().__init__(parent)
        self._images, self._view = images, view
        self._photo: PhotoRow | None = None
        self._beside: list[PhotoRow] = []
        self._resized = QTimer(self, singleShot=True, interval=RESIZED_MS)
        self._resized.timeout.connect(self._ask)
        images.arrived.connect(self._take)
        view.finer.connect(self._ask_for_finer)
        view.framed.connect(self._resized.start)

    def show(self, photo: PhotoRow) -> None:
        """Show a photo: what is known of it at once."""
        self._photo, self._beside = photo, []
        self._view.show_photo(photo.width or 1, photo.height or 1)
        self._ask()
        if not self._view.has_image:
            self._want(photo, Detail.QUICK)

    def forget(self) -> None:
        """Show nothing."""
        self._photo, self._beside = None, []
        self._view.show_photo(1, 1)

    def expect(self, photos: Sequence[PhotoRow]) -> None:
        """Read these next, when nothing else is to do: the user will most likely go there."""
        self._beside = list(photos)
        if self._view.has_image:
            self._expect()

    def renew(self, photo: PhotoRow) -> None:
        """Read the photo anew: its file has changed."""
        self._photo = photo
        self._ask()

    def _ask(self) -> None:
        if self._photo is not None:
            self._want(self._photo, Detail.SCREEN)

    def _ask_for_finer(self) -> None:
        if self._photo is not None and not self._view.framing.fitted:
            self._want(self._photo, Detail.FULL)

    def _want(self, photo: PhotoRow, detail: Detail) -> None:
        known = self._images.image(photo.id, detail, self._side(photo))
        if known is not None:
            self._view.show_image(detail, known)

    def _side(self, photo: PhotoRow) -> int:
        """Return the side to read at; the view's own where nobody knows how large the photo is."""
        if photo.width and photo.height:
            return self._view.fitted_side(photo.width, photo.height)
        return round(max(self._view.width(), self._view.height()) * self._view.devicePixelRatioF())

    def _take(self, photo_id: int, detail: Detail, result: object) -> None:
        if self._photo is None or photo_id != self._photo.id:
            return
        if isinstance(result, Decoded):
            self._view.show_image(detail, result)
            if result.note:
                self.noted.emit(texts.told(result.note))
            if detail is Detail.SCREEN:
                self._expect()
        elif detail is not Detail.QUICK:
            self.failed.emit(result)

    def _expect(self) -> None:
        for photo in self._beside:
            self._images.image(photo.id, Detail.SCREEN, self._side(photo))
        self._beside = []
