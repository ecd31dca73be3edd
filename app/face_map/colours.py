"""Which colour a point has: the largest groups have their own, which the legend names; nobody's points are grey."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QPalette

from app.face_map.raster import Pixels

NAMED = 8
"""Groups of the legend."""

HUES = (0.585, 0.075, 0.40, 0.96, 0.755, 0.135, 0.50, 0.87)
"""Hues of the largest groups: neighbours in the list differ for those, too, who see red and green alike."""

GOLDEN = 0.618034
"""Between the hues of the others: those of any few that follow one another lie far apart."""

DARK_GREY, LIGHT_GREY = 0.46, 0.72
"""How light nobody's points are on either ground."""

DARK_BELOW = 128
"""A ground of less lightness is dark."""


@dataclass(frozen=True, slots=True)
class Colouring:
    """A colour a face (n,), and the groups of the legend with their colours, the largest first.

    `others` are groups without a place in it, `nobody` counts the faces in `grey`.
    """

    colours: Pixels
    legend: tuple[tuple[int, QColor], ...]
    others: int
    nobody: int
    grey: QColor


def colour_by(groups: NDArray[np.int64], palette: QPalette, first: Collection[int] = ()) -> Colouring:
    """Colour faces by group (n,), negative for none; those groups come `first` which somebody would look for."""
    dark = palette.color(QPalette.ColorRole.Base).lightness() < DARK_BELOW
    grey = QColor.fromHslF(0, 0, DARK_GREY if dark else LIGHT_GREY)
    ahead = frozenset(first)
    found, place, sizes = np.unique(groups, return_inverse=True, return_counts=True)
    order = sorted(
        (row for row in range(len(found)) if found[row] >= 0),
        key=lambda row: (int(found[row]) not in ahead, -sizes[row], found[row]),
    )
    by_group = np.full(len(found), _packed(grey), np.uint32)
    legend = []
    for rank, row in enumerate(order):
        colour = _strong(rank, dark=dark) if rank < NAMED else _soft(rank, dark=dark)
        by_group[row] = _packed(colour)
        if rank < NAMED:
            legend.append((int(found[row]), colour))
    nobody = int(sizes[found < 0].sum())
    return Colouring(by_group[place], tuple(legend), max(0, len(order) - NAMED), nobody, grey)


def _strong(rank: int, *, dark: bool) -> QColor:
    return QColor.fromHslF(HUES[rank], 0.78 if dark else 0.72, 0.64 if dark else 0.46)


def _soft(rank: int, *, dark: bool) -> QColor:
    hue = (rank * GOLDEN) % 1.0
    return QColor.fromHslF(hue, 0.38 if dark else 0.36, 0.56 if dark else 0.60)


def _packed(colour: QColor) -> int:
    return colour.rgba() & 0xFFFFFFFF
