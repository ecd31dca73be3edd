"""What can be done with a photo and with the face that keys mean."""

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from app.grid.tile import Standing
from app.pages.photo.model import standing_of
from app.style import texts
from app.widgets.actions import Actions, Row
from engine.library.queries import FaceRow
from engine.words import fill

FACE, PHOTO = "a face", "the photo"


class PhotoActions(Actions):
    """`target` is the face that is meant, if any is; `photo` the photo, of which was said that it `is_page`, or not."""

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self.target: FaceRow | None = None
        self.photo: int | None = None
        self.is_page = False
        self.set_target(None)
        self.set_photo(None, is_page=False)

    def rows(self) -> tuple[Row, ...]:
        """Return the table; where a person is known some texts name them later."""
        return (
            Row("name", self.tr("Name…"), ("F2",), targets=(FACE,)),
            Row("confirm", self.tr("Yes, the suggested name is right"), ("Y",), targets=(FACE,)),
            Row("reject", self.tr("Not this person"), ("N",), targets=(FACE,)),
            Row("aside", self.tr("A stranger"), ("Del",), targets=(FACE,)),
            Row("no_face", self.tr("Not a face"), ("X",), targets=(FACE,)),
            Row("restore", self.tr("Take back"), ("Ctrl+Del",), targets=(FACE,)),
            Row("person", self.tr("Show the person"), ("P",), targets=(FACE,)),
            Row("draw", self.tr("Draw a missed face"), ("O",), targets=(PHOTO,)),
            Row("boxes", self.tr("Show boxes"), ("B",), targets=(PHOTO,), checkable=True),
            Row("info", self.tr("Show details"), ("I",), targets=(PHOTO,), checkable=True),
            Row("page", self.tr("This is a page with several pictures"), targets=(PHOTO,)),
            Row("closer", self.tr("Larger"), ("+", "=", "Ctrl++"), targets=(PHOTO,)),
            Row("farther", self.tr("Smaller"), ("-", "Ctrl+-"), targets=(PHOTO,)),
            Row("fit", self.tr("Whole photo"), ("0", "Ctrl+0"), targets=(PHOTO,)),
            Row("pixels", self.tr("Every pixel (100 %)"), ("1",), targets=(PHOTO,)),
        )

    def of_face(self) -> list[QAction]:
        """Return what can be done with the face that is meant."""
        return [action for action in self.of(FACE) if action.isEnabled()]

    def set_photo(self, photo: int | None, *, is_page: bool) -> None:
        """Mean this photo from now on."""
        self.photo, self.is_page = photo, is_page
        self["page"].setEnabled(photo is not None)
        self["page"].setText(self.tr("This is one photo, no page") if is_page else self.table["page"].text)

    def set_target(self, face: FaceRow | None) -> None:
        """Mean this face from now on."""
        self.target = face
        standing = standing_of(face) if face is not None else None
        known = face.name if face is not None and face.name is not None else ""
        # One ampersand would underline the next letter.
        known = texts.called_shortly(known).replace("&", "&&") if known else ""
        self["name"].setEnabled(face is not None)
        self["confirm"].setEnabled(standing is Standing.SUGGESTED)
        self["reject"].setEnabled(standing in (Standing.SUGGESTED, Standing.CONFIRMED))
        self["aside"].setEnabled(face is not None and standing is not Standing.IGNORED)
        self["no_face"].setEnabled(self["aside"].isEnabled())
        self["restore"].setEnabled(standing is Standing.IGNORED)
        self["person"].setEnabled(face is not None and face.person is not None)
        if known:
            self["confirm"].setText(fill(self.tr("Yes, {name}"), name=known))
            self["reject"].setText(fill(self.tr("Not {name}"), name=known))
        self["person"].setText(fill(self.tr("All of {name}"), name=known) if known else self.tr("All like this"))
