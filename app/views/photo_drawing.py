"""Drawing a face that no detector found: the pen, then the work of aligning and embedding it."""

from PySide6.QtCore import QObject, Signal

from app.context import Context
from app.widgets.photo_canvas import PhotoCanvas
from engine.geometry import Box
from engine.library.edits import NewFace
from engine.library.queries import PhotoRow


class PhotoDrawing(QObject):
    """`made` carries the id of the new face."""

    made = Signal(int)

    def __init__(self, context: Context, canvas: PhotoCanvas, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._canvas = context, canvas
        self._photo: PhotoRow | None = None
        self._work = context.thinker(self, self._tell)
        canvas.drawn.connect(self._make)

    @property
    def out(self) -> bool:
        """Whether the pen is out."""
        return self._canvas.drawing

    def begin(self, photo: PhotoRow) -> None:
        """Take the pen out for this photo; again puts it away."""
        if not self.cancel():
            self._photo = photo
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
        context, photo = self._context, self._photo
        if photo is not None:
            self._work.load(lambda: _draw(context, photo.id, box))

    def _tell(self, new: NewFace) -> None:
        self._context.operations.look()
        self.made.emit(new.face_id)


def _draw(context: Context, photo: int, box: Box) -> NewFace:
    """Run in a thread: open the models, which takes a moment, and draw."""
    from engine.workflows.drawing import draw
    from engine.workflows.models import open_analyser

    return draw(context.library, open_analyser(context.places.models, context.settings), photo, box)
