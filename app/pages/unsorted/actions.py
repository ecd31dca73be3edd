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
        known = self.tr("Set aside; later photos of them, too")
        listed = self.tr("Show the faces that were set aside")
        return (
            Row("yes", self.tr("Yes"), ("Y",), self.tr("They are whom they are offered to"), targets=(UNSORTED,)),
            Row("no", self.tr("No"), ("N",), self.tr("They are not whom they are offered to"), targets=(UNSORTED,)),
            Row("name", self.tr("Name…"), ("F2",), who, targets=(UNSORTED,)),
            Row("group", self.tr("Select the group"), ("G",), targets=(UNSORTED,)),
            Row("aside", self.tr("Strangers"), ("I", "Del"), known, targets=(UNSORTED,)),
            Row("no_face", self.tr("Not a face"), ("X",), self.tr("Set aside, and nothing else"), targets=(UNSORTED,)),
            Row("strangers", self.tr("Everyone unnamed…"), ("E",), around, targets=(UNSORTED,)),
            Row("restore", self.tr("Take back"), ("R", "Ctrl+Del"), nobody, targets=(SET_ASIDE,)),
            Row("listed", self.tr("Set aside"), ("Shift+I",), listed, checkable=True),
        )

    def of_faces(self) -> list[QAction]:
        """Return what is done with faces and can be seen now."""
        return [action for action in (*self.of(UNSORTED), *self.of(SET_ASIDE)) if action.isVisible()]

    def set_target(self, chosen: int, *, listed: bool, offered: bool) -> None:
        """Offer what can be done with so many faces; `listed` says that those set aside are shown.

        `offered` says that some of the faces that are meant are offered to somebody.
        """
        for action in self.of(UNSORTED):
            action.setVisible(not listed)
        for action in self.of(SET_ASIDE):
            action.setVisible(listed)
        for name in ("aside", "no_face", "restore", "strangers"):
            self[name].setEnabled(chosen > 0)
        for name in ("yes", "no"):
            self.offer(name, possible=offered and not listed)
