"""Paints again what lies around a tile, too: the rings of chosen, current and pointed tiles stand outside of it."""

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect
from PySide6.QtWidgets import QAbstractItemView

RING_ROOM = 8
"""How far a ring reaches beyond its tile, at most, in device-independent pixels."""

LOOKS = (QEvent.Type.MouseMove, QEvent.Type.Enter, QEvent.Type.Leave, QEvent.Type.Wheel)


def with_ring(rect: QRect) -> QRect:
    """Return a tile's rectangle with the room of its ring; an empty one stays empty."""
    return rect.adjusted(-RING_ROOM, -RING_ROOM, RING_ROOM, RING_ROOM) if not rect.isNull() else rect


class Rings(QObject):
    """Follows which tile is current and which is pointed at."""

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._view = view
        self._pointed = QPersistentModelIndex()
        view.selectionModel().currentChanged.connect(self._turn)
        view.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice when the mouse points at another tile."""
        if event.type() in LOOKS:
            self._note_pointed()
        return super().eventFilter(watched, event)

    def _note_pointed(self) -> None:
        viewport = self._view.viewport()
        here = viewport.mapFromGlobal(self._view.cursor().pos())
        pointed = self._view.indexAt(here) if viewport.underMouse() else QModelIndex()
        if pointed != self._pointed:
            self._paint(self._pointed)
            self._paint(pointed)
            self._pointed = QPersistentModelIndex(pointed)

    def _turn(self, current: QModelIndex, previous: QModelIndex) -> None:
        self._paint(current)
        self._paint(previous)

    def _paint(self, index: QModelIndex | QPersistentModelIndex) -> None:
        if index.isValid():
            self._view.viewport().update(with_ring(self._view.visualRect(index)))
