"""The icon of Windows and of macOS, made from the drawing by Qt and Pillow. Never run there."""

import io
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

DRAWING = Path(__file__).resolve().parents[1] / "desktop" / "kinfolk.svg"
SIDES = (16, 24, 32, 48, 64, 128, 256)
"""Pixels of the pictures in an icon of Windows."""


def drawn(side: int) -> Image.Image:
    """Return the drawing as a picture of so many pixels, RGBA."""
    picture = QImage(side, side, QImage.Format.Format_ARGB32)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(str(DRAWING)).render(painter, QRectF(0, 0, side, side))
    painter.end()
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs want bytes for the format
    return Image.open(io.BytesIO(held.data())).convert("RGBA")


def ico(folder: Path) -> Path:
    """Write `kinfolk.ico` into the folder, each size drawn anew, and return it."""
    pictures = [drawn(side) for side in SIDES]
    path = folder / "kinfolk.ico"
    pictures[-1].save(path, sizes=[(side, side) for side in SIDES], append_images=pictures[:-1])
    return path


def icns(folder: Path) -> Path:
    """Write `kinfolk.icns` into the folder and return it; Pillow makes the sizes that are not drawn."""
    path = folder / "kinfolk.icns"
    drawn(1024).save(path, append_images=[drawn(side) for side in (16, 32, 64, 128, 256, 512)])
    return path
