"""What can be done with people, each with its key, in the page and in its context menu."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from app.style import texts
from engine.library.queries import PersonRow


class PeopleActions(QObject):
    """The page's actions; `about` tells them whom they would act on."""

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page = page
        self.open = self._action(self.tr("Open"))
        self.rename = self._action(self.tr("Rename"), "F2")
        self.merge = self._action(self.tr("Merge…"), "M")
        self.apart = self._action(self.tr("They are two people"))
        self.faces = self._action(self.tr("More faces"), "F3")
        self.hide = self._action(self.tr("Hide"), "Del")
        self.show = self._action(self.tr("Show again"))
        self.next = self._action(self.tr("Name the next person"), "Ctrl+N")
        self.larger = self._action(self.tr("Larger"), "Ctrl++", "Ctrl+=")
        self.smaller = self._action(self.tr("Smaller"), "Ctrl+-")
        self.usual = self._action(self.tr("Usual size"), "Ctrl+0")
        self.about(())

    def about(self, people: Sequence[PersonRow]) -> None:
        """Take these people as those who are meant."""
        one, several = len(people) == 1, len(people) > 1
        unnamed = one and people[0].name is None
        self.rename.setText(self.tr("Who is this?") if unnamed else self.tr("Rename"))
        self.hide.setText(
            self.tr("Hide {people}").format(people=texts.people(len(people))) if several else self.tr("Hide")
        )
        for action, can in (
            (self.open, one),
            (self.rename, one),
            (self.faces, one),
            (self.merge, several),
            (self.apart, len(people) == 2),
            (self.hide, any(not row.hidden for row in people)),
            (self.show, any(row.hidden for row in people)),
        ):
            action.setEnabled(can)
            action.setVisible(can)

    def popup(self, place: QPoint) -> None:
        """Show what can be done now in a menu at a point of the screen."""
        menu = QMenu(self._page)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions([self.open, self.rename, self.faces])
        menu.addSeparator()
        menu.addActions([self.merge, self.apart])
        menu.addSeparator()
        menu.addActions([self.hide, self.show])
        menu.popup(place)

    def keys(self) -> list[tuple[str, str]]:
        """Return the keys with what they do."""
        listed = [(self.rename, self.tr("Give a name")), (self.merge, self.tr("Merge the selected people"))]
        listed += [
            (self.faces, self.tr("More faces, also while a name is typed")),
            (self.hide, self.tr("Hide")),
            (self.next, self.next.text()),
        ]
        listed += [(action, action.text()) for action in (self.larger, self.smaller, self.usual)]
        return [(action.shortcut().toString(QKeySequence.SequenceFormat.NativeText), does) for action, does in listed]

    def _action(self, text: str, *keys: str) -> QAction:
        action = QAction(text, self)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._page.addAction(action)
        return action
