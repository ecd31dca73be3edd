"""Work in a process of its own: numbers arrive as they are, errors as they were raised, and an end is no silence."""

import io

import numpy as np
import pytest

from engine.beside.asking import BesideError, run_beside
from engine.beside.frames import Rows, put, putting, take
from engine.errors import KinfolkError, UsageError
from engine.library.library import Library
from engine.progress import finish


def test_arrays_arrive_as_they_are():
    sent = {
        "floats": np.arange(6, dtype=np.float32).reshape(2, 3)[:, ::-1],
        "none": np.empty((0, 2), np.float32),
        "whole": np.array([1, -2], np.int64),
        "yes": np.array([True, False]),
    }
    pipe = io.BytesIO()
    put(pipe, {"kind": "report", "name": "é"}, sent)
    pipe.seek(0)
    words, arrays = take(pipe) or ({}, {})
    assert words == {"kind": "report", "name": "é"}
    for name, array in sent.items():
        assert arrays[name].dtype == array.dtype
        assert np.array_equal(arrays[name], array)
    assert take(pipe) is None


@pytest.mark.parametrize("cut", [1, 20, -1])
def test_a_message_that_breaks_off_is_none(cut):
    pipe = io.BytesIO()
    put(pipe, {}, {"numbers": np.arange(9)})
    assert take(io.BytesIO(pipe.getvalue()[:cut])) is None


def test_objects_are_not_passed_on():
    with pytest.raises(TypeError, match="odd"):
        put(io.BytesIO(), {}, {"odd": np.array([object()])})


def test_a_sentence_for_the_user_arrives_as_it_was_said(tmp_path):
    Library(tmp_path / "library.sqlite").close()
    asked = {"library": str(tmp_path / "library.sqlite"), "models": str(tmp_path), "algorithm": "magic", "settings": {}}
    with pytest.raises(UsageError, match="Known models"):
        finish(run_beside("grouping", {**asked, "card": "no such card"}, {}))


def test_a_fault_is_told_without_its_words():
    with pytest.raises(BesideError, match="KeyError") as told:
        finish(run_beside("layout", {"seed": 0}, {"secret": np.zeros(3)}))
    assert "lay_out_task" in str(told.value)
    assert not isinstance(told.value, KinfolkError)


def test_what_is_large_is_handed_over_in_pieces():
    sent, pipe = np.arange(9 << 20, dtype=np.float32), io.BytesIO()
    assert sum(1 for _ in putting(pipe, {}, {"large": sent, "none": sent[:0], "small": sent[:9]})) == 2
    pipe.seek(0)
    _, arrays = take(pipe) or ({}, {})
    assert np.array_equal(arrays["large"], sent)
    assert np.array_equal(arrays["small"], sent[:9])


def test_some_rows_are_handed_over_without_a_copy_of_all_of_them():
    array = np.arange(3 << 20, dtype=np.float32).reshape(-1, 64)
    rows = np.arange(len(array))[::-1][5:]
    sent, pipe = Rows(array, rows), io.BytesIO()
    assert sum(1 for _ in putting(pipe, {}, {"rows": sent, "none": Rows(array, rows[:0])})) == 0
    pipe.seek(0)
    _, arrays = take(pipe) or ({}, {})
    assert np.array_equal(arrays["rows"], array[rows])
    assert arrays["none"].shape == (0, 64)
    large = Rows(np.zeros((1 << 10, 1 << 14), np.float32), np.arange(1 << 10))
    pieces = [piece.nbytes for piece in large.pieces()]
    assert sum(pieces) == 1 << 26
    assert max(pieces) <= 1 << 24
