"""The remedies, each with its key."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from app.pages.problems.problem import Problem, ProblemKind
from app.style import texts

MOST_FACES = 4
"""Faces of one person in one photo between which can be chosen."""

Kind = ProblemKind


class ProblemActions(QObject):
    """The page's actions; `about` tells them which problem they would mend."""

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page = page
        self.picks = [self._action("", str(place + 1)) for place in range(MOST_FACES)]
        self.both = self._action(self.tr("All of them: a mirror or a collage"), "B")
        self.split = self._action(self.tr("They are two: split"), "S")
        self.one = self._action(self.tr("It is one person"), "Y")
        self.merge = self._action(self.tr("Merge…"), "M")
        self.apart = self._action(self.tr("They are two people"), "D")
        self.again = self._action(self.tr("Try again"), "T")
        self.scan = self._action(self.tr("Scan again"), "T")
        self.place = self._action(self.tr("Choose where it is now…"), "W")
        self.folder = self._action(self.tr("Show in the file manager"), "F")
        self.photo = self._action(self.tr("Open the photo"), "O")
        self.person = self._action(self.tr("Open the person"), "O")
        self.copy = self._action(self.tr("Copy the list"), "Ctrl+C")
        self._fitting = {
            Kind.UNREADABLE: (self.again, self.folder),
            Kind.PARTLY: (self.photo, self.folder),
            Kind.AWAY: (self.place, self.scan),
            Kind.MISSING: (self.scan, self.folder),
            Kind.DOUBLED: (*self.picks, self.both, self.photo),
            Kind.TWO_IN_ONE: (self.split, self.one, self.person),
            Kind.NAMESAKES: (self.merge, self.apart, self.person),
        }
        self.about(None, 0)

    @property
    def listed(self) -> list[QAction]:
        """All but copying, in the order of their buttons."""
        return list(dict.fromkeys(action for actions in self._fitting.values() for action in actions))

    def about(self, problem: Problem | None, selected: int) -> None:
        """Take this problem, one of so many selected lines, as the one that is meant."""
        fitting = self._fitting[problem.kind] if problem else ()
        for action in self.listed:
            action.setEnabled(action in fitting)
            action.setVisible(action in fitting)
        if problem is None:
            return
        if problem.kind is Kind.DOUBLED:
            self._offer_faces(len(problem.faces))
        several = problem.kind is Kind.UNREADABLE and selected > 1
        again = self.tr("Try {files} again").format(files=texts.photos(selected))
        self.again.setText(again if several else self.tr("Try again"))

    def keys(self) -> list[tuple[str, str]]:
        """Return the keys with what they do."""
        listed = [(action, action.text()) for action in (*self.listed, self.copy) if action not in self.picks]
        keys = [(self.tr("1 to 4"), self.tr("This face is the person, the others are not"))]
        native = QKeySequence.SequenceFormat.NativeText
        return keys + [(action.shortcut().toString(native), does) for action, does in listed]

    def _offer_faces(self, faces: int) -> None:
        words = (self.tr("The first"), self.tr("The second"), self.tr("The third"), self.tr("The fourth"))
        for place, (action, text) in enumerate(zip(self.picks, words, strict=True)):
            action.setText(text)
            action.setVisible(place < faces)
            action.setEnabled(place < faces)
        both = self.tr("Both: a mirror or a collage")
        self.both.setText(both if faces == 2 else self.tr("All: a mirror or a collage"))

    def _action(self, text: str, key: str) -> QAction:
        action = QAction(text, self)
        action.setShortcut(QKeySequence(key))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._page.addAction(action)
        return action
