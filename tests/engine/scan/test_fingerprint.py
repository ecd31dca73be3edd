"""The content hash is the same however the content is read."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import PhotoError
from engine.scan.decode import read_photo
from engine.scan.fingerprint import content_hash, file_hash
from tests.portraits import FOLDER


@given(st.binary(), st.binary())
def test_it_is_32_bytes_that_depend_on_every_byte(first: bytes, second: bytes) -> None:
    assert len(content_hash(first)) == 32
    assert (content_hash(first) == content_hash(second)) == (first == second)


def test_it_stays_what_it_was() -> None:
    # Stored in every library: another function would make every moved photo a new one.
    assert content_hash(b"kinfolk").hex() == "784188a352754ca5de0c6c9a3079ec99201d39aa3244853d9b00e970e85b189e"


def test_a_file_in_pieces_and_in_memory(tmp_path: Path) -> None:
    for size in (0, 1, 3_000_001):
        (tmp_path / "file").write_bytes(b"\xa5" * size)
        assert file_hash(tmp_path / "file") == content_hash(b"\xa5" * size)
    with pytest.raises(PhotoError, match="gone"):
        file_hash(tmp_path / "absent")


def test_reading_a_photo_gives_it_too() -> None:
    path = FOLDER / "hopper.jpg"
    assert read_photo(path, side=0)[0] == file_hash(path)
