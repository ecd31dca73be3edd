"""Two pictures of a grid, compared with how it looked when somebody last looked at it.

Nothing is written on them, since fonts differ between machines. KINFOLK_WRITE_SNAPSHOTS=1 takes them anew: look at them
before committing.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.grid.grid_layout import Section
from app.grid.grid_view import GridView
from app.grid.id_model import IdModel
from app.grid.tile import Standing, Tile
from app.grid.tile_delegate import TileDelegate
from app.pictures.pictures import Picture, Shape
from app.session.context import Context
from app.style.theme import DARK, LIGHT, Colours, palette_of
from tests.app.conftest import PLENTY_MS
from tests.app.drawn import DrawnLibrary

SNAPSHOTS = Path(__file__).parent / "snapshots"
SIZE = QSize(560, 420)
SIDE = 110
STEP = 24
"""A difference of a colour, of 256 levels, that an eye would see."""
SHARE = 0.005
"""Pixels that may differ so: edges are drawn a little differently by other versions of Qt."""


class Faces(IdModel):
    def __init__(self, shape: Shape, standings: dict[int, Standing]) -> None:
        super().__init__()
        self._shape, self._standings = shape, standings
        self.set_rows(np.array(list(standings), np.int64), [Section("", len(standings))])

    def tile(self, row: int) -> Tile:
        face = int(self.ids[row])
        return Tile(Picture(self._shape, face), standing=self._standings[face])


@pytest.fixture
def pinned(dressed: QApplication) -> Iterator[QApplication]:
    """The style and the palette that snapshots are taken with."""
    before = dressed.palette()
    dressed.setStyle("Fusion")
    yield dressed
    dressed.setPalette(before)


def picture_of(context: Context, model: Faces, colours: Colours, qtbot: QtBot) -> QImage:
    """Show the faces, the second selected, and return what is seen once all pictures are there."""
    grid = GridView(model)
    model.setParent(grid)
    grid.setPalette(palette_of(colours))
    delegate = TileDelegate(context.pictures, SIDE, 0, grid)
    grid.setItemDelegate(delegate)
    grid.set_tile(delegate.tile_size())
    grid.resize(SIZE)
    grid.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    grid.verticalScrollBar().setStyleSheet("width: 0px")
    arrived: set[int] = set()
    context.pictures.arrived.connect(lambda picture: arrived.add(picture.id))
    with qtbot.waitExposed(grid, timeout=PLENTY_MS):
        grid.show()
    qtbot.waitUntil(lambda: len(arrived) == len(model.ids), timeout=PLENTY_MS)
    grid.select_ids([int(model.ids[1])])
    image = grid.viewport().grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    grid.close()
    grid.deleteLater()
    return image


def check(image: QImage, name: str) -> None:
    path = SNAPSHOTS / f"{name}.png"
    if os.environ.get("KINFOLK_WRITE_SNAPSHOTS"):
        image.save(str(path))
    before = QImage(str(path)).convertToFormat(QImage.Format.Format_RGB888)
    assert not before.isNull(), f"{path} is missing"
    assert image.size() == before.size()
    differences = np.abs(pixels(image).astype(int) - pixels(before).astype(int)).max(axis=2)
    assert (differences > STEP).mean() <= SHARE


def pixels(image: QImage) -> np.ndarray:
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : image.width() * 3].reshape(image.height(), image.width(), 3)


def test_covers_are_circles_and_the_selected_one_has_a_ring(
    pinned: QApplication, context: Context, drawn: DrawnLibrary, qtbot: QtBot
) -> None:
    covers = Faces(Shape.CIRCLE, dict.fromkeys((faces[0] for faces in drawn.faces), Standing.PLAIN))
    check(picture_of(context, covers, LIGHT, qtbot), "covers-light")


def test_faces_that_are_set_aside_are_faded_and_struck_out(
    pinned: QApplication, context: Context, drawn: DrawnLibrary, qtbot: QtBot
) -> None:
    shown = drawn.faces[0][:8]
    standings = [Standing.CONFIRMED, Standing.CONFIRMED, Standing.IGNORED, Standing.CONFIRMED] * 2
    faces = Faces(Shape.ROUNDED, dict(zip(shown, standings, strict=True)))
    check(picture_of(context, faces, DARK, qtbot), "faces-dark")
