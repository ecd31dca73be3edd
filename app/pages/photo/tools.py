"""How the photo is shown: closer, whole, with boxes, with details."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from app.pages.photo.actions import PhotoActions
from app.pages.photo.canvas import PhotoCanvas
from app.pages.photo.side import PhotoSide
from app.session.context import Context

SHOWN = {"boxes": True, "info": False}
"""What is shown before the user has said so; afterwards it is remembered."""


class PhotoTools(QObject):
    """Does what the actions of a photo ask for."""

    def __init__(
        self, context: Context, canvas: PhotoCanvas, side: PhotoSide, actions: PhotoActions, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._doing: dict[str, Callable[[], None]] = {
            "closer": canvas.enlarge,
            "farther": canvas.reduce,
            "fit": canvas.fit,
            "pixels": canvas.show_pixels,
        }
        actions.asked.connect(self._do)
        for name, turn in (("boxes", canvas.show_boxes), ("info", side.details.setVisible)):
            shown = bool(context.remembered.value(f"photo/{name}", SHOWN[name], bool))
            actions[name].setChecked(shown)
            turn(shown)
            actions[name].toggled.connect(turn)
            actions[name].toggled.connect(partial(context.remembered.setValue, f"photo/{name}"))

    def _do(self, name: str) -> None:
        if name in self._doing:
            self._doing[name]()
