"""The answers to a question, each with its keys."""

from app.names.name_chips import MOST
from app.widgets.actions import Actions, Keys, Row

PICKS = tuple(f"pick {place + 1}" for place in range(MOST))
"""The actions that pick one of the names that are offered."""


class ReviewActions(Actions):
    """Their keys count where no name is typed."""

    def rows(self) -> tuple[Row, ...]:
        """Return the table; Enter and Space answer only where no button has the focus."""
        return (
            Row("yes", self.tr("Yes"), ("Y",)),
            Row("enter", "", ("Return", "Enter")),
            Row("no", self.tr("No"), ("N", "Del")),
            Row("not sure", self.tr("Not sure"), ("S",)),
            Row("space", "", ("Space",)),
            Row("look", "", ()),
            *(Row(name, "", (name[-1],)) for name in PICKS),
            Row("type", self.tr("Type a name"), ("F2",)),
            Row("undo", self.tr("Undo"), ("Z",)),
        )

    def keys(self) -> Keys:
        """Return the keys with what they do; several keys of one meaning are one line."""
        return [
            (self.tr("Y or Enter"), self.tr("Yes")),
            (self.tr("N or Delete"), self.tr("No")),
            ("S", self.tr("Not sure: not asked again for a month")),
            (self.tr("Space"), self.tr("Look at it larger: the photo of the face in question")),
            (self.tr("1 to 9"), self.tr("Pick a name")),
            ("F2", self.tr("Type a name")),
            ("Z", self.tr("Take the last answer back")),
        ]


class BarActions(Actions):
    """What is asked and said above the questions; the keys are those of the questions with Shift."""

    def rows(self) -> tuple[Row, ...]:
        """Return the table."""
        return (
            Row("page", self.tr("Yes, a page"), ("Shift+Y",)),
            Row("photo", self.tr("No, one photo"), ("Shift+N",)),
            Row("later", self.tr("Later"), ("Shift+S",)),
            Row("open", self.tr("Open the photo"), ("Shift+O",)),
            Row("enough", self.tr("Only likely ones"), ("Shift+L",), meaning=self.tr("Ask no less likely questions")),
            Row("refused", self.tr("Show them"), ("Shift+R",), meaning=self.tr("Show the refused faces that wait")),
        )
