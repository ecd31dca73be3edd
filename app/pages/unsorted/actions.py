"""What can be done on the page of nobody's faces."""

from PySide6.QtGui import QAction

from app.widgets.actions import Actions, Row

UNSORTED, SET_ASIDE = "nobody's faces", "faces that were set aside"


class UnsortedActions(Actions):
    """`set_target` tells them what they would be done to."""

    def rows(self) -> tuple[Row, ...]:
        """Return the table."""
        who = self.tr("Say who this is: the selection, or the whole group")
        around = self.tr("In this photo, this event or this folder")
        nobody = self.tr("To the faces that belong to nobody yet")
        listed = self.tr("Show the faces that were set aside")
        return (
            Row("name", self.tr("Name…"), ("F2",), who, targets=(UNSORTED,)),
            Row("group", self.tr("Select the group"), ("G",), targets=(UNSORTED,)),
            Row("aside", self.tr("Set aside"), ("I", "Del"), self.tr("Not a face, or a stranger"), targets=(UNSORTED,)),
            Row("strangers", self.tr("Everyone unnamed…"), ("E",), around, targets=(UNSORTED,)),
            Row("restore", self.tr("Take back"), ("R", "Ctrl+Del"), nobody, targets=(SET_ASIDE,)),
            Row("listed", self.tr("Set aside"), ("Shift+I",), listed, checkable=True),
        )

    def of_faces(self) -> list[QAction]:
        """Return what is done with faces and can be seen now."""
        return [action for action in (*self.of(UNSORTED), *self.of(SET_ASIDE)) if action.isVisible()]

    def set_target(self, chosen: int, *, listed: bool) -> None:
        """Offer what can be done with so many faces; `listed` says that those set aside are shown."""
        for action in self.of(UNSORTED):
            action.setVisible(not listed)
        for action in self.of(SET_ASIDE):
            action.setVisible(listed)
        for name in ("aside", "restore", "strangers"):
            self[name].setEnabled(chosen > 0)
