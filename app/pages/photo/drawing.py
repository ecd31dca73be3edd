"""Drawing a face that no detector found: the pen, then the work of aligning and embedding it."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from app.pages.photo.canvas import PhotoCanvas
from app.session.context import Context
from engine.geometry import Box
from engine.library.edits import NewFace


@dataclass(frozen=True, slots=True)
class Drawn:
    """A box that was drawn on a photo, relative (0 to 1) to it."""

    photo: int
    box: Box


class PhotoDrawing(QObject):
    """Each box stays on its photo until its face is in the library; `made` carries the face's id, on that photo."""

    made = Signal(int)

    def __init__(self, context: Context, canvas: PhotoCanvas, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._canvas = context, canvas
        self._photo: int | None = None
        self._waiting: list[Drawn] = []
        canvas.drawn.connect(self._make)

    @property
    def out(self) -> bool:
        """Whether the pen is out."""
        return self._canvas.drawing

    def set_photo(self, photo: int | None) -> None:
        """Another photo is shown, or none."""
        self._photo = photo
        self._show()

    def begin(self) -> None:
        """Take the pen out; again puts it away."""
        if not self.cancel():
            self._canvas.begin_drawing()
            self._canvas.setFocus()

    def cancel(self) -> bool:
        """Put the pen away and say whether it was out."""
        was_out = self._canvas.drawing
        if was_out:
            self._canvas.end_drawing()
        return was_out

    def _make(self, box: Box) -> None:
        self.cancel()
        if self._photo is None:
            return
        context, drawn = self._context, Drawn(self._photo, box)
        self._waiting.append(drawn)
        self._show()
        context.operations.edit(
            lambda: _draw(context, drawn),
            self.tr("A face was drawn."),
            lambda new: self._tell(drawn, new),
            lambda: self._end(drawn),
        )

    def _tell(self, drawn: Drawn, new: NewFace) -> None:
        if drawn.photo == self._photo:
            self.made.emit(new.face_id)

    def _end(self, drawn: Drawn) -> None:
        self._waiting.remove(drawn)
        self._show()

    def _show(self) -> None:
        self._canvas.show_waiting([drawn.box for drawn in self._waiting if drawn.photo == self._photo])


def _draw(context: Context, drawn: Drawn) -> NewFace:
    """Run in a thread: open the models, which takes a moment, and draw."""
    from engine.models.catalog import Catalog
    from engine.workflows.drawing import draw
    from engine.workflows.embedding.in_use import cards_in_use
    from engine.workflows.scan.opening_models import open_analyser

    models = context.places.models
    detector, embedder = cards_in_use(context.library, Catalog(models), context.settings)
    analyser = open_analyser(detector, embedder, models, context.settings)
    return draw(context.library, analyser, drawn.photo, drawn.box)
