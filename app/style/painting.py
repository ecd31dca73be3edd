"""Painting that ends whatever happens meanwhile."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtGui import QPaintDevice, QPainter


@contextmanager
def painting(device: QPaintDevice) -> Iterator[QPainter]:
    """Give a painter on a widget or a picture, and end it also where an exception leaves.

    One that goes on lives as long as the exception's traceback; Qt then paints the widget no more, or ends the program.
    """
    painter = QPainter(device)
    try:
        yield painter
    finally:
        painter.end()
