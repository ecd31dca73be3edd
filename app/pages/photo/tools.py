"""How the photo is shown: closer, whole, with boxes, with details."""

from functools import partial

from app.pages.photo.actions import PhotoActions
from app.pages.photo.canvas import PhotoCanvas
from app.pages.photo.side import PhotoSide
from app.session.context import Context

SHOWN = {"boxes": True, "info": False}
"""What is shown before the user has said so; afterwards it is remembered."""


def connect_tools(context: Context, canvas: PhotoCanvas, side: PhotoSide, actions: PhotoActions) -> None:
    """Let the actions show the photo as they say, and show it as was last said."""
    actions.bind({"closer": canvas.enlarge, "farther": canvas.reduce, "fit": canvas.fit, "pixels": canvas.show_pixels})
    for name, show in (("boxes", canvas.show_boxes), ("info", side.details.setVisible)):
        shown = bool(context.remembered.value(f"photo/{name}", SHOWN[name], bool))
        actions[name].setChecked(shown)
        show(shown)
        actions[name].toggled.connect(show)
        actions[name].toggled.connect(partial(context.remembered.setValue, f"photo/{name}"))
