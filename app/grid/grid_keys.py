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
        down = 1 if action == Moves.MovePageDown else -1
        for _ in range(max(1, height // layout.row_height)):
            here = layout.moved(here, 0, down)
        return here
    return layout.moved(here, *STEPS.get(action, (0, 0)))
