"""After erasing nothing about faces is left in any file of Kinfolk's; where something is left, that is said."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from engine.errors import LibraryError
from engine.library import edits
from engine.library.backups import Reason, back_up
from engine.library.folders import add_folder
from engine.library.library import Library
from engine.library.queries import counts, face_rows
from engine.paths import Places
from engine.progress import Progress, finish
from engine.thumb_store import ThumbStore
from engine.workflows.erasing import erase_face_data
from engine.workflows.scan.only_scan import ScanRunningError, only_scan
from tests.engine.library.conftest import Album, vector


@pytest.fixture
def places(tmp_path: Path) -> Places:
    (tmp_path / "data").mkdir()
    return Places(tmp_path / "data")


@pytest.fixture
def album(places: Places) -> Iterator[Album]:
    """Two photos of two faces each; the first is somebody with a name."""
    with Library(places.library, patience=0.1) as library:
        made = Album(library, places.data.parent, add_folder(library, places.data.parent))
        faces = made.fill(2, 2)
        (person,) = made.group([faces[0][0]])
        edits.name_person(library, person, "Ada Lovelace")
        yield made


@pytest.fixture
def thumbs(places: Places) -> ThumbStore:
    store = ThumbStore(places.thumbs)
    store.save("ab-1", np.zeros((8, 8, 3), np.uint8))
    return store


def kept(places: Places) -> bytes:
    return b"".join(path.read_bytes() for path in places.data.rglob("*") if path.is_file())


def test_no_name_embedding_picture_or_backup_is_left(album: Album, places: Places, thumbs: ThumbStore) -> None:
    backup = back_up(places.library, Reason.ASKED).path
    embedding = np.ascontiguousarray(vector(100), "<f4").tobytes()
    assert embedding in kept(places)
    changes = finish(erase_face_data(album.library, places, thumbs))
    assert len(changes.faces) == 4
    assert counts(album.library).faces == 0
    assert b"Lovelace" not in kept(places)
    assert embedding not in kept(places)
    assert not backup.exists()
    assert not any(places.thumbs.rglob("*.thumb"))


def test_where_the_file_is_in_use_all_else_is_gone_and_that_is_said(
    album: Album, places: Places, thumbs: ThumbStore
) -> None:
    backup = back_up(places.library, Reason.ASKED).path
    with Library(places.library) as elsewhere, elsewhere.read() as connection:
        connection.exec_driver_sql("SELECT count(*) FROM faces").scalar()
        with pytest.raises(LibraryError, match="traces of it may be left"):
            finish(erase_face_data(album.library, places, thumbs))
    assert counts(album.library).faces == 0
    assert not backup.exists()
    assert not any(places.thumbs.rglob("*.thumb"))
    finish(erase_face_data(album.library, places, thumbs))
    assert b"Lovelace" not in kept(places)


def test_while_a_scan_runs_nothing_is_erased(album: Album, places: Places, thumbs: ThumbStore) -> None:
    with only_scan(places.data), pytest.raises(ScanRunningError):
        finish(erase_face_data(album.library, places, thumbs))
    assert counts(album.library).faces == 4
    assert any(places.thumbs.rglob("*.thumb"))


def test_who_gives_up_before_it_begins_keeps_everything(album: Album, places: Places, thumbs: ThumbStore) -> None:
    erasing = erase_face_data(album.library, places, thumbs)
    assert next(erasing) == Progress("erase", 0)
    erasing.close()
    assert len(face_rows(album.library)) == 4
    with only_scan(places.data):
        pass  # it is free for a scan again
