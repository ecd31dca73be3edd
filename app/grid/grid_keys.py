"""Where the keys lead in a grid."""

from PySide6.QtWidgets import QAbstractItemView

from app.grid.grid_layout import GridLayout

Moves = QAbstractItemView.CursorAction

STEPS = {
    Moves.MoveLeft: (-1, 0),
    Moves.MovePrevious: (-1, 0),
    Moves.MoveRight: (1, 0),
    Moves.MoveNext: (1, 0),
    Moves.MoveUp: (0, -1),
    Moves.MoveDown: (0, 1),
}
"""Columns and rows that a key goes."""


def reached(layout: GridLayout, here: int, action: QAbstractItemView.CursorAction, height: int) -> int:
    """Return the tile that a key leads to from `here` (−1: nowhere) in a view of this height; −1 in an empty grid."""
    if not layout.count:
        return -1
    if here < 0 or action == Moves.MoveHome:
        return 0
    if action == Moves.MoveEnd:
        return layout.count - 1
    if action in (Moves.MovePageUp, Moves.MovePageDown):
        return _paged(layout, here, 1 if action == Moves.MovePageDown else -1, height)
    return layout.moved(here, *STEPS.get(action, (0, 0)))


def _paged(layout: GridLayout, here: int, down: int, height: int) -> int:
    """Return the tile of the last row that is not further away than a view is high, headings between included."""
    begin = layout.rect(here).top()
    there, following = here, layout.moved(here, 0, down)
    while following != there and (there == here or abs(layout.rect(following).top() - begin) <= height):
        there, following = following, layout.moved(following, 0, down)
    return there
