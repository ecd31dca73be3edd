"""The remedies, each with its key."""

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from app.pages.problems.problem import Problem, ProblemKind
from app.style import texts
from app.widgets.actions import Actions, Keys, Row
from engine.words import fill

MOST_FACES = 4
"""Faces of one person in one photo between which can be chosen."""

PICKS = tuple(f"pick {place + 1}" for place in range(MOST_FACES))
"""The actions that choose one of these faces."""

Kind = ProblemKind


class ProblemActions(Actions):
    """The targets of a remedy are the kinds of problems that it mends; `set_target` says which problem is meant."""

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self.set_target(None, 0)

    def rows(self) -> tuple[Row, ...]:
        """Return the table."""
        files = (Kind.UNREADABLE, Kind.PARTLY, Kind.MISSING, Kind.NOT_SHOWN)
        deleted, leave = self.tr("They were deleted: forget them…"), self.tr("Leave it so")
        people = (Kind.TWO_IN_ONE, Kind.NAMESAKES)
        mirror = self.tr("All of them: a mirror or a collage")
        return (
            Row("again", self.tr("Try again"), ("T",), targets=(Kind.UNREADABLE,)),
            Row("folder", self.tr("Show in the file manager"), ("F",), targets=files),
            Row("photo", self.tr("Open the photo"), ("O",), targets=(Kind.PARTLY, Kind.DOUBLED, Kind.NOT_SHOWN)),
            Row("place", self.tr("Choose where it is now…"), ("W",), targets=(Kind.AWAY,)),
            Row("scan", self.tr("Scan again"), ("T",), targets=(Kind.AWAY, Kind.MISSING)),
            Row("forget", deleted, ("G",), targets=(Kind.MISSING,)),
            Row("leave", leave, ("L",), targets=(Kind.NOT_SHOWN,)),
            *(Row(name, "", (name[-1],), targets=(Kind.DOUBLED,)) for name in PICKS),
            Row("both", mirror, ("B",), targets=(Kind.DOUBLED,)),
            Row("split", self.tr("They are two: split"), ("S",), targets=(Kind.TWO_IN_ONE,)),
            Row("one", self.tr("It is one person"), ("Y",), targets=(Kind.TWO_IN_ONE,)),
            Row("person", self.tr("Open the person"), ("O",), targets=people),
            Row("merge", self.tr("Merge…"), ("M",), targets=(Kind.NAMESAKES,)),
            Row("apart", self.tr("They are two people"), ("D",), targets=(Kind.NAMESAKES,)),
            Row("copy", self.tr("Copy the list"), ("Ctrl+C",)),
        )

    @property
    def remedies(self) -> list[QAction]:
        """What mends something, in the order of the buttons."""
        return [self[row.name] for row in self.table.values() if row.targets]

    def set_target(self, problem: Problem | None, selected: int) -> None:
        """Offer what mends this problem, one of so many selected lines."""
        fitting = self.of(problem.kind) if problem else []
        for name, row in self.table.items():
            if row.targets:
                self.offer(name, possible=self[name] in fitting)
        if problem is None:
            return
        if problem.kind is Kind.DOUBLED:
            self._offer_faces(len(problem.faces))
        several = problem.kind is Kind.UNREADABLE and selected > 1
        again = fill(self.tr("Try {files} again"), files=texts.photos(selected))
        self["again"].setText(again if several else self.tr("Try again"))

    def keys(self) -> Keys:
        """Return the keys with what they do; those of the faces are one line."""
        return [(self.tr("1 to 4"), self.tr("This face is the person, the others are not")), *super().keys()]

    def _offer_faces(self, faces: int) -> None:
        words = (self.tr("The first"), self.tr("The second"), self.tr("The third"), self.tr("The fourth"))
        for place, (name, text) in enumerate(zip(PICKS, words, strict=True)):
            self[name].setText(text)
            self.offer(name, possible=place < faces)
        both = self.tr("Both: a mirror or a collage")
        self["both"].setText(both if faces == 2 else self.tr("All: a mirror or a collage"))
