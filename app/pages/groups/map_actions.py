"""What can be done on the map."""

from app.widgets.actions import Actions, Row

FACES, MAP = "faces that are selected", "the map itself"


class MapActions(Actions):
    """`set_target` tells them what they would be done to."""

    def rows(self) -> tuple[Row, ...]:
        """Return the table."""
        known = self.tr("Set aside; later photos of them, too")
        return (
            Row("yes", self.tr("Yes"), ("Y",), self.tr("They are who they are suggested to be"), targets=(FACES,)),
            Row("no", self.tr("Not this person"), ("Del", "N"), targets=(FACES,)),
            Row("name", self.tr("Name…"), ("F2",), self.tr("Say who this is"), targets=(FACES,)),
            Row("split", self.tr("Somebody new"), ("S",), self.tr("Make one new person of them"), targets=(FACES,)),
            Row("aside", self.tr("Strangers"), ("I",), known, targets=(FACES,)),
            Row("no_face", self.tr("Not a face"), ("X",), self.tr("Set aside, and nothing else"), targets=(FACES,)),
            Row("photo", self.tr("Open the photo"), ("O",), targets=(FACES,)),
            Row("group", self.tr("Select the group"), ("G",), targets=(MAP,)),
            Row("whole", self.tr("See the whole map"), ("0",), targets=(MAP,)),
            Row("pan", self.tr("Move the map"), ("H",), targets=(MAP,), checkable=True),
            Row("lasso", self.tr("Lasso"), ("L",), self.tr("Draw around faces"), targets=(MAP,), checkable=True),
            Row("rectangle", self.tr("Rectangle"), ("R",), targets=(MAP,), checkable=True),
            Row("anew", self.tr("Lay out anew"), (), self.tr("Forget where faces are"), targets=(MAP,)),
        )

    def set_target(self, chosen: int, *, owned: int, suggested: int) -> None:
        """Offer what can be done with so many faces, of which some are somebody's and some only suggested to be."""
        for action in self.of(FACES):
            action.setEnabled(chosen > 0)
        self["no"].setEnabled(owned > 0)
        self.offer("yes", possible=suggested > 0)
        self["photo"].setEnabled(chosen == 1)
