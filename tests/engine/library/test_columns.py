import os
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects import sqlite

from engine.library.columns import FilePath, Instant, WallClock
from engine.library.folders import add_folder, folders
from engine.library.indexing import known_photos
from engine.library.library import Library

DIALECT = sqlite.dialect()


@given(st.binary(min_size=1, max_size=40).filter(lambda raw: b"\0" not in raw))
def test_any_file_name_comes_back(raw: bytes) -> None:
    name = os.fsdecode(raw)
    stored = FilePath().process_bind_param(name, DIALECT)
    assert FilePath().process_result_value(stored, DIALECT) == name


def test_a_path_is_text_where_it_can_be(album) -> None:
    names = ["plain.jpg", "Größe 🙂.jpg", os.fsdecode(b"caf\xe9.jpg")]
    album.start(*names)
    assert [photo.relpath for photo in known_photos(album.library, album.folder_id)] == names
    with album.library.read() as connection:
        kinds = connection.exec_driver_sql("SELECT typeof(relpath) FROM photos ORDER BY id").scalars().all()
    assert kinds == ["text", "text", "blob"]


def test_a_folder_that_is_not_utf8(library: Library, tmp_path: Path) -> None:
    odd = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9"))
    try:
        odd.mkdir()
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    assert add_folder(library, odd) == add_folder(library, odd)
    assert folders(library)[0].path == odd.resolve()


def test_an_instant_keeps_its_moment_to_the_microsecond() -> None:
    moment = datetime(2021, 3, 4, 5, 6, 7, 123457, tzinfo=timezone(timedelta(hours=2)))
    stored = Instant().process_bind_param(moment, DIALECT)
    assert Instant().process_result_value(stored, DIALECT) == moment
    with pytest.raises(ValueError, match="time zone"):
        Instant().process_bind_param(datetime(2021, 3, 4), DIALECT)  # noqa: DTZ001 the mistake is the point


@given(st.datetimes())
def test_a_wall_clock_shows_what_the_camera_showed(reading: datetime) -> None:
    stored = WallClock().process_bind_param(reading, DIALECT)
    assert WallClock().process_result_value(stored, DIALECT) == reading
    assert WallClock().process_bind_param(reading.replace(tzinfo=UTC), DIALECT) == stored
