"""Selections as ranges of rows."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QItemSelectionModel
from pytestqt.qtbot import QtBot

from app.grid.grid_ranges import selected_ranges, selection_of
from app.grid.id_model import IdModel
from app.grid.tile import Tile


class Numbers(IdModel):
    def tile(self, row: int) -> Tile:
        return Tile(None, title=str(row))


@given(st.permutations(range(30)), st.sets(st.integers(-5, 40)))
def test_ids_are_selected_as_few_ranges_and_read_back(order: list[int], chosen: set[int]) -> None:
    model = Numbers()
    model.set_rows(np.array(order, np.int64))
    rows = model.rows_of(np.array(sorted(chosen), np.int64))
    assert sorted(model.ids[rows].tolist()) == sorted(chosen & set(range(30)))
    assert rows.tolist() == sorted(rows.tolist())
    selecting = QItemSelectionModel(model)
    selecting.select(selection_of(model, rows), QItemSelectionModel.SelectionFlag.ClearAndSelect)
    ranges = selected_ranges(selecting)
    assert [row for part in ranges for row in part] == rows.tolist()
    assert len(ranges) == int((np.diff(rows) != 1).sum()) + bool(len(rows))


def test_an_empty_model_has_no_rows(qtbot: QtBot) -> None:
    assert Numbers().rows_of(np.array([1, 2])).tolist() == []
