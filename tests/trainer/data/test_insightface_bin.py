"""The sets are written with `pickle` here, as InsightFace writes them; the reader never loads one."""

import contextlib
import io
import pickle

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import UsageError
from trainer.data.insightface_bin import read_bin
from trainer.data.plain_pickle import Call, UnplainPickleError, read_plain


def jpeg(value: int) -> bytes:
    return cv2.imencode(".jpg", np.full((112, 112, 3), value, np.uint8))[1].tobytes()


PICTURES = [jpeg(value) for value in (10, 20, 30, 40, 50, 60)]
SAME = [True, False, True]


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
@pytest.mark.parametrize(
    ("pictures", "same"),
    [
        (PICTURES, SAME),
        ([np.frombuffer(data, np.uint8) for data in PICTURES], SAME),
        (PICTURES, np.array(SAME)),
        (PICTURES, list(np.array(SAME))),
        (tuple(PICTURES), [1, 0, 1]),
    ],
    ids=["bytes", "arrays", "truth-array", "numpy-truths", "numbers"],
)
def test_every_way_of_writing_a_set(tmp_path, protocol, pictures, same) -> None:
    path = tmp_path / "lfw.bin"
    path.write_bytes(pickle.dumps((pictures, same), protocol))
    found = read_bin(path)
    assert found.same.tolist() == SAME
    assert found.first.tolist() == [0, 2, 4]
    assert found.second.tolist() == [1, 3, 5]
    assert [round(found.crop(index).mean(), -1) for index in range(6)] == [10, 20, 30, 40, 50, 60]


def test_python_2_wrote_its_bytes_as_strings(tmp_path) -> None:
    path = tmp_path / "cfp_fp.bin"
    # (["\xff\x01", "\xfe"], [True]) by Python 2.7's cPickle with protocol 2.
    path.write_bytes(b"\x80\x02]q\x01(U\x02\xff\x01q\x02U\x01\xfeq\x03e]q\x04\x88a\x86q\x05.")
    assert read_plain(io.BytesIO(path.read_bytes())) == ([b"\xff\x01", b"\xfe"], [True])
    assert read_bin(path).same.tolist() == [True]


class Hostile:
    def __reduce__(self):
        return (open, ("/tmp/kinfolk-was-here", "w"))


def test_a_hostile_set_does_nothing(tmp_path) -> None:
    path = tmp_path / "lfw.bin"
    path.write_bytes(pickle.dumps(([Hostile(), b"x"], [True])))
    with pytest.raises(UsageError, match="other than compressed pictures"):
        read_bin(path)
    value = read_plain(io.BytesIO(pickle.dumps(Hostile())))
    assert isinstance(value, Call)
    assert value.arguments == ("/tmp/kinfolk-was-here", "w")


@pytest.mark.parametrize("value", [{"a": 1}, {1, 2}, frozenset({1})])
def test_what_is_not_plain_is_refused(value) -> None:
    with pytest.raises(UnplainPickleError, match="never needs"):
        read_plain(io.BytesIO(pickle.dumps(value, 5)))


plain = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.binary(), st.text()),
    lambda inner: st.one_of(st.lists(inner), st.tuples(inner), st.tuples(inner, inner, inner, inner)),
)


@given(plain, st.integers(3, 5))
def test_plain_values_come_back(value, protocol) -> None:
    assert read_plain(io.BytesIO(pickle.dumps(value, protocol))) == value


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(data) -> None:
    with contextlib.suppress(UnplainPickleError):
        read_plain(io.BytesIO(data))


@pytest.mark.parametrize(
    ("value", "word"),
    [
        ((PICTURES, [True]), "two for each pair"),
        (([], []), "two for each pair"),
        ((PICTURES, 3), "no list"),
        ((PICTURES, ["yes"] * 3), "neither true nor false"),
        ((PICTURES, SAME, 1), "pair of pictures"),
        (([1, 2], [True]), "other than compressed pictures"),
        (([np.zeros((2, 2), np.uint8), b""], [True]), "other than compressed pictures"),
    ],
)
def test_other_pickles_are_refused_with_a_sentence(tmp_path, value, word) -> None:
    path = tmp_path / "x.bin"
    path.write_bytes(pickle.dumps(value))
    with pytest.raises(UsageError, match=word):
        read_bin(path)


def test_an_absent_file_is_named(tmp_path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        read_bin(tmp_path / "lfw.bin")
