"""Faces as columns: what a tile says, and that a hundred thousand of them cost little."""

import sys

import numpy as np
from pytestqt.qtbot import QtBot

from app.faces.face_order import Arrangement
from app.faces.model import FacesModel
from app.grid.grid_layout import Section
from app.grid.tile import ID, TILE, Standing
from app.pictures.pictures import Picture, Shape
from engine.library.queries import FaceIndex
from tests.app.pages.person.test_arrangement import index, when


def show(model: FacesModel, faces: FaceIndex, standing: Standing | None = None) -> None:
    model.show(faces, Arrangement(faces.face_ids), standing)


def test_a_tile_says_how_sure_it_is_and_when(qtbot: QtBot) -> None:
    model = FacesModel()
    show(model, index([when(2010), np.nan], [3, 1]))
    sure, unsure = model.tile(0), model.tile(1)
    assert (sure.standing, unsure.standing) == (Standing.CONFIRMED, Standing.SUGGESTED)
    assert sure.picture == Picture(Shape.ROUNDED, 100)
    assert sure.spoken.startswith("Confirmed, ")
    assert "2010" in sure.spoken
    assert unsure.spoken == "Suggested"
    show(model, index([when(2010), np.nan], [3, 1]), Standing.IGNORED)
    assert {model.tile(row).standing for row in (0, 1)} == {Standing.IGNORED}


def test_photos_of_faces(qtbot: QtBot) -> None:
    model = FacesModel()
    faces = index([when(2010)] * 4)
    faces.photo_ids[:] = [7, 9, 7, 8]
    show(model, faces)
    assert model.photo_of(101) == 9
    assert model.photo_of(5) is None
    assert model.trail().tolist() == [7, 9, 8]
    assert model.first_in_photo(7) == 100
    assert model.first_in_photo(70) is None


def test_a_changed_standing_is_told(qtbot: QtBot) -> None:
    model = FacesModel()
    show(model, index([when(2010)] * 3, [1, 1, 3]))
    told: list[int] = []
    model.dataChanged.connect(lambda first, _last: told.append(first.data(ID)))
    show(model, index([when(2010)] * 3, [1, 3, 3]))
    assert told == [101]


def test_a_face_that_is_leaving_still_has_a_tile(qtbot: QtBot) -> None:
    model = FacesModel()
    show(model, index([when(2010)] * 5))
    spoken: list[str] = []
    leaving = model.rowsAboutToBeRemoved
    leaving.connect(lambda _parent, first, _last: spoken.append(model.index(first).data(TILE).spoken))
    faces = index([when(2010)] * 3)
    model.show(faces, Arrangement(faces.face_ids, (Section("2010", 3),)))
    assert spoken == ["A face"]
    assert model.rowCount() == 3


def test_a_hundred_thousand_faces_are_a_few_megabytes(qtbot: QtBot) -> None:
    count = 100_000
    faces = index([when(2010)] * count, [1] * count)
    model = FacesModel()
    show(model, faces)
    held = [one for one in vars(model).values() if isinstance(one, np.ndarray)]
    assert any(one is model.ids for one in held)
    assert sum(array.nbytes for array in held) < 3_000_000
    assert sys.getsizeof(model.__dict__) < 2_000
    assert model.row_of(100 + count - 1) == count - 1
