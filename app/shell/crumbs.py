"""The way back, above a page that was reached from another one: a button, and the places that lie behind."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from app.session.navigation import Navigator, Visit
from app.style import texts
from app.style.icons import SMALL, icon
from app.style.theme import Space
from app.widgets.label import Label
from engine.words import fill

SHOWN = 3
"""Places that are named at most, the nearest ones."""
LETTERS = 28

DEEP = ("person", "photo", "photos_of")
"""Pages that one comes to from another one."""


class Crumbs(QWidget):
    """Shown above pages that are about somebody or something; a click on a place leads there as it was left.

    `title_of` gives what a page of the sidebar is called, "" for others: they are called as they were when left.
    """

    def __init__(self, navigator: Navigator, title_of: Callable[[str], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._navigator, self._title_of = navigator, title_of
        self.back = QToolButton()
        self.back.setIcon(icon("arrow-left"))
        self.back.setIconSize(QSize(SMALL, SMALL))
        self.back.setAutoRaise(True)
        self.back.setAccessibleName(self.tr("Back"))
        self.back.setToolTip(self.tr("Back (Alt+Left, Esc)"))
        self.back.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.back.clicked.connect(lambda _checked: navigator.back())
        self._places: list[QWidget] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(Space.LARGE, Space.SMALL, Space.WIDE, 0)
        self._row.setSpacing(0)
        self._row.addWidget(self.back)
        self._row.addStretch(1)
        self.hide()

    def show_way(self) -> None:
        """Show the places behind the one that is shown now."""
        for widget in self._places:
            self._row.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._places = []
        here, way = self._navigator.here, self._way()
        self.setVisible(here is not None and here.page in DEEP and bool(way))
        for number, visit in list(enumerate(reversed(way), start=1))[:SHOWN][::-1]:
            if self._places:
                self._add(Label("›"))
            self._add(self._place(visit, number))

    def _way(self) -> list[Visit]:
        """Return the places behind this one, from the page of the sidebar on from which one came."""
        way = self._navigator.way
        roots = [place for place, visit in enumerate(way) if self._title_of(visit.place.page)]
        return way[roots[-1] :] if roots else way

    def _add(self, widget: QWidget) -> None:
        self._places.append(widget)
        self._row.insertWidget(self._row.count() - 1, widget)

    def _place(self, visit: Visit, steps: int) -> QToolButton:
        title = self._title_of(visit.place.page) or visit.title
        button = QToolButton(self)
        button.setText(texts.called_shortly(title, LETTERS).replace("&", "&&"))
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setAccessibleName(fill(self.tr("Back to {place}"), place=title))
        button.setToolTip(texts.plain_tip(button.accessibleName()))
        button.clicked.connect(partial(self._go_back, steps))
        return button

    def _go_back(self, steps: int) -> None:
        self._navigator.back(steps)
