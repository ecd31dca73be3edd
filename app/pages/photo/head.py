"""The top row of the photo page: where the photo stands among the others, and the tools."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from app.pages.photo.actions import PHOTO, PhotoActions
from app.style import texts
from app.style.icons import icon
from app.style.theme import set_hint_colour
from app.widgets.flow_layout import FlowLayout
from app.widgets.label import Label
from engine.words import fill


class PhotoHead(QObject):
    """Adds the arrows, the place ("3 of 41"), three tools and a menu to a page's head."""

    walked = Signal(int)
    """1 for the next photo, −1 for the one before."""

    def __init__(self, head: QHBoxLayout, actions: PhotoActions, files: list[QAction], parent: QWidget) -> None:
        super().__init__(parent)
        self.place = Label()
        set_hint_colour(self.place)
        self.before = self._arrow("chevron-left", self.tr("The photo before"), -1)
        self.after = self._arrow("chevron-right", self.tr("The next photo"), 1)
        self.more = _button(self.tr("More"))
        self.menu = QMenu(self.more)
        self.menu.addActions(actions.of(PHOTO))
        self.menu.addSeparator()
        self.menu.addActions(files)
        self.more.setMenu(self.menu)
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        for widget in (self.before, self.place, self.after):
            head.insertWidget(head.count() - 1, widget)
        # In lines, so that the title keeps some room where text is large.
        tools = FlowLayout()
        for name, text in (("draw", self.tr("Draw")), ("boxes", self.tr("Boxes")), ("info", self.tr("Details"))):
            tools.addWidget(_tool(actions[name], text))
        tools.addWidget(self.more)
        head.addLayout(tools)

    def show_place(self, place: int, count: int) -> None:
        """Say where the photo stands; a place below 0 is none."""
        known = place >= 0 and count > 1
        text = fill(self.tr("{place} of {count}"), place=texts.number(place + 1), count=texts.number(count))
        self.place.setText(text if known else "")
        for button, there in ((self.before, place > 0), (self.after, place + 1 < count)):
            button.setVisible(known)
            button.setEnabled(there)

    def _arrow(self, drawing: str, name: str, step: int) -> QToolButton:
        button = _button("")
        button.setIcon(icon(drawing))
        button.setAccessibleName(name)
        button.setToolTip(texts.plain_tip(name))
        button.setAutoRaise(True)
        button.clicked.connect(lambda: self.walked.emit(step))
        return button


def _tool(action: QAction, text: str) -> QToolButton:
    """Return a button of few words for an action, which says the rest and its key as a tool tip."""
    button = _button(text)
    button.setIcon(action.icon())
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    button.setAccessibleName(action.text())
    button.setToolTip(
        texts.plain_tip(f"{action.text()} ({action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)})")
    )
    button.setCheckable(action.isCheckable())
    button.setChecked(action.isChecked())
    button.clicked.connect(action.trigger)
    action.toggled.connect(button.setChecked)
    return button


def _button(text: str) -> QToolButton:
    button = QToolButton()
    button.setText(text)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
