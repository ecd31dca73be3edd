"""Rows known by id: whatever comes, goes or moves, the selection stays with its ids."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QItemSelectionModel
from PySide6.QtTest import QAbstractItemModelTester

from app.grid.id_model import IdModel
from app.grid.tile import Tile

ids = st.lists(st.integers(1, 60), unique=True, max_size=40)


class Numbers(IdModel):
    def tile(self, row: int) -> Tile:
        return Tile(None, title=str(self.ids[row]))


@given(ids, ids, st.data())
def test_selection_and_current_row_stay_with_their_ids(
    before: list[int], after: list[int], data: st.DataObject
) -> None:
    model = Numbers()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_rows(np.array(before, np.int64))
    selection = QItemSelectionModel(model)
    chosen = data.draw(st.lists(st.sampled_from(before), unique=True)) if before else []
    for row_id in chosen:
        selection.select(model.index(model.row_of(row_id)), QItemSelectionModel.SelectionFlag.Select)
    model.set_rows(np.array(after, np.int64))
    assert model.ids.tolist() == after
    assert [model.index(row).data() for row in range(model.rowCount())] == [str(row_id) for row_id in after]
    assert {int(index.data()) for index in selection.selectedIndexes()} == set(chosen) & set(after)
    tester.deleteLater()


def test_an_unknown_id_has_no_row() -> None:
    model = Numbers()
    assert model.row_of(3) == -1
    model.set_rows(np.array([5, 3], np.int64))
    assert (model.row_of(3), model.row_of(5), model.row_of(4)) == (1, 0, -1)
