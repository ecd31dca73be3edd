"""The one motion of the grid: people who were merged move to whom they are now."""

from collections.abc import Iterable

from PySide6.QtCore import QAbstractAnimation, QEasingCurve, QPropertyAnimation, QRect, Qt
from PySide6.QtGui import QPixmap

from app.pages.people.grid import PeopleGrid
from app.pages.people.model import PeopleModel
from app.widgets.label import Label

MOVED_MS = 150
SMALLEST = 0.3
"""How much of its size a circle has left when it arrives."""


def move_together(grid: PeopleGrid, model: PeopleModel, people: Iterable[int], kept: int) -> None:
    """Let the circles of people fly to that of `kept`, as far as both are in sight."""
    goal = _seen(grid, model, kept)
    if goal is None:
        return
    for person in people:
        start = _seen(grid, model, person)
        if person != kept and start is not None:
            tile = model.tile(model.row_of(person))
            _fly(grid, grid.delegate.circle(tile, start.width(), grid.devicePixelRatioF()), start, goal)


def _seen(grid: PeopleGrid, model: PeopleModel, person: int) -> QRect | None:
    """Return where a person's circle is seen in the grid's viewport."""
    row = model.row_of(person)
    if row < 0:
        return None
    place = grid.delegate.picture_rect(grid.visualRect(model.index(row)))
    return place if place.intersects(grid.viewport().rect()) else None


def _fly(grid: PeopleGrid, pixmap: QPixmap, start: QRect, goal: QRect) -> None:
    flyer = Label("", grid.viewport())
    flyer.setPixmap(pixmap)
    flyer.setScaledContents(True)
    flyer.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    end = QRect(0, 0, round(goal.width() * SMALLEST), round(goal.height() * SMALLEST))
    end.moveCenter(goal.center())
    flight = QPropertyAnimation(flyer, b"geometry", flyer)
    flight.setDuration(MOVED_MS)
    flight.setStartValue(start)
    flight.setEndValue(end)
    flight.setEasingCurve(QEasingCurve.Type.InOutQuad)
    flight.finished.connect(flyer.deleteLater)
    flyer.setGeometry(start)
    flyer.show()
    flight.start(QAbstractAnimation.DeletionPolicy.DeleteWhenStopped)
