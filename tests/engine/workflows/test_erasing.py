"""After erasing nothing about faces is left in any file of Kinfolk's; where something is left, that is said."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from engine.errors import LibraryError
from engine.library import edits
from engine.library.backups import Reason, back_up
from engine.library.folders import add_folder
from engine.library.library import Library
from engine.library.queries import counts, face_rows, people_rows
from engine.library.removal import picture_sources
from engine.models.card import write_card
from engine.models.catalog import Catalog
from engine.paths import Places
from engine.progress import Progress, finish
from engine.thumb_keys import places_of
from engine.thumb_store import ThumbStore
from engine.workflows.erasing import erase_face_data, forget_person, remove_folder
from engine.workflows.scan.only_scan import ScanRunningError, only_scan
from tests.engine.library.conftest import Album, vector


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


def test_a_folder_takes_its_pictures_with_it_and_no_others(album: Album, places: Places, thumbs: ThumbStore) -> None:
    path, boxes = next(iter(picture_sources(album.library, album.folder_id).items()))
    for place in places_of(path, boxes):
        thumbs.save(f"{place}-{'0' * 32}", np.zeros((8, 8, 3), np.uint8))
    assert len(list(places.thumbs.rglob("*.thumb"))) == 3 + 3 * len(boxes) + 1
    remove_folder(album.library, thumbs, album.folder_id)
    assert [kept.name for kept in places.thumbs.rglob("*.thumb")] == ["ab-1.thumb"]
    assert counts(album.library).faces == 0


def test_models_that_were_trained_here_are_named(album: Album, places: Places, thumbs: ThumbStore) -> None:
    places.models.mkdir()
    card = Catalog(places.models).default_embedder()
    write_card(replace(card, name="ours", origin="trained here with Kinfolk: small"), places.models / "ours.toml")
    gone = finish(forget_person(album.library, places, thumbs, people_rows(album.library)[0].person))
    assert gone.models == ("ours",)
    assert len(gone.changes.faces) == 1
