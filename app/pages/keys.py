"""A short manual, and every key with what it does."""

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QTreeWidget, QTreeWidgetItem, QWidget

from app.pages.manual import Manual
from app.pages.page import Page
from app.session.context import Context
from app.style.theme import Space, TextSize, font_of
from app.widgets.actions import Keys

translate = QCoreApplication.translate


KEYS_SHARE = 0.48
"""How much of the list's width the keys have at most; longer ones go on in the next line."""


class KeyList(QTreeWidget):
    """Keys and what they do, in two columns that are seen whole."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width anew."""
        super().resizeEvent(event)
        self.share_out()

    def share_out(self) -> None:
        """Give the keys as much width as they need, or their share."""
        self.setColumnWidth(0, min(self.sizeHintForColumn(0), round(self.viewport().width() * KEYS_SHARE)))
        self.scheduleDelayedItemsLayout()  # rows are as high as their words need in this width


class KeysPage(Page):
    """The manual, and a list in sections: what works everywhere, in lists of faces, and the keys of each page."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, "", parent)
        self.set_title(self.tr("Help"))
        self.manual, self.list = Manual(), KeyList()
        self.list.setAccessibleName(self.tr("All keys"))
        self.list.setColumnCount(2)
        self.list.setHeaderHidden(True)
        self.list.setRootIsDecorated(False)
        self.list.setItemsExpandable(False)
        self.list.setFrameShape(QTreeWidget.Shape.NoFrame)
        self.list.setUniformRowHeights(False)
        self.list.setWordWrap(True)
        self.list.setIndentation(Space.WIDE)
        inset = QHBoxLayout()
        inset.setContentsMargins(Space.LARGE, 0, Space.LARGE, Space.LARGE)
        inset.setSpacing(Space.WIDE)
        inset.addWidget(self.manual, 1)
        inset.addWidget(self.list, 2)
        self.body.addLayout(inset, 1)
        self._pages: Iterator[tuple[str, Keys]] = iter(())
        self._next = QTimer(self, interval=0)
        self._next.timeout.connect(self._add_page)

    def enter(self, subject: int | None, memory: object) -> None:
        """List everything; the pages tell of their keys one after the other."""
        if not self.list.topLevelItemCount():
            self._add(self.tr("Everywhere"), [*self.context.key_book.everywhere(), *_everywhere()])
            self._add(self.tr("Lists of faces, people and photos"), _in_lists())
            self._pages = self.context.key_book.pages()
            self._next.start()
        self.list.setFocus()

    def _add_page(self) -> None:
        title, keys = next(self._pages, ("", None))
        if keys is None:
            self._next.stop()
        elif keys:
            self._add(title, keys)

    def _add(self, title: str, keys: Keys) -> None:
        section = QTreeWidgetItem(self.list, [title])
        section.setFont(0, font_of(TextSize.NAME))
        section.setFirstColumnSpanned(True)
        section.setData(1, Qt.ItemDataRole.AccessibleTextRole, title)
        for key, meaning in keys:
            line = QTreeWidgetItem(section, [key, meaning])
            line.setData(0, Qt.ItemDataRole.AccessibleTextRole, f"{key}: {meaning}")
        section.setExpanded(True)
        self.list.share_out()
        if self.list.currentItem() is None:
            self.list.setCurrentItem(section.child(0) or section)


def _everywhere() -> Keys:
    return [
        (translate("KeysPage", "Esc"), translate("KeysPage", "End what is being done, or go back")),
        (translate("KeysPage", "Tab"), translate("KeysPage", "The next control")),
    ]


def _in_lists() -> Keys:
    return [
        (
            translate("KeysPage", "Arrows, Home, End, Page up, Page down"),
            translate("KeysPage", "Go from one to another"),
        ),
        (translate("KeysPage", "Shift and arrows"), translate("KeysPage", "Select several")),
        (translate("KeysPage", "Ctrl+A"), translate("KeysPage", "Select all")),
        (translate("KeysPage", "Enter"), translate("KeysPage", "Open")),
        (translate("KeysPage", "Space"), translate("KeysPage", "Look at it larger")),
        (translate("KeysPage", "Ctrl and wheel"), translate("KeysPage", "Larger or smaller")),
    ]
