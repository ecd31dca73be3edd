from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.library.folders import add_folder, folders
from engine.library.indexing import Move, known_photos, mark_missing, move_photos, start_photos, store_scans
from engine.library.library import Library
from engine.library.queries import face_rows
from engine.library.states import PhotoState


def names(album) -> dict[int, str]:
    return {photo.id: photo.relpath for photo in known_photos(album.library, album.folder_id)}


def move(album, photo_id: int, relpath: str) -> Move:
    return Move(photo_id, album.folder_id, relpath, 1000, 60)


def test_a_moved_photo_keeps_its_faces(album, tmp_path: Path) -> None:
    faces = album.fill(1, 2)[0]
    (photo,) = known_photos(album.library, album.folder_id)
    other = tmp_path / "other"
    other.mkdir()
    other_id = add_folder(album.library, other)
    mark_missing(album.library, [photo.id])
    move_photos(album.library, [Move(photo.id, other_id, "sub/new.jpg", 1000, 60)])
    (moved,) = known_photos(album.library, other_id)
    assert (moved.id, moved.relpath, moved.mtime_ns, moved.state) == (photo.id, "sub/new.jpg", 60, PhotoState.SCANNED)
    assert [row.face for row in face_rows(album.library)] == faces
    assert {row.photo for row in face_rows(album.library)} == {other.resolve() / "sub" / "new.jpg"}


def test_two_photos_swap_their_names(album) -> None:
    one, two = album.start("a", "b")
    changes = move_photos(album.library, [move(album, one, "b"), move(album, two, "a")])
    assert changes.photos == {one, two}
    assert names(album) == {one: "b", two: "a"}


def test_an_overwritten_photo_is_kept_as_missing_where_there_is_room(album) -> None:
    """`mv a b; mv c a`: b's file is gone; its row takes the last name that nobody holds any more."""
    one, two, three = album.start("a", "b", "c")
    store_scans(album.library, [album.scan(two, [])])
    move_photos(album.library, [move(album, one, "b"), move(album, three, "a")])
    assert names(album) == {one: "b", two: "c", three: "a"}
    states = {photo.id: photo.state for photo in known_photos(album.library, album.folder_id)}
    assert states[two] == PhotoState.MISSING


def test_a_photo_that_is_gone_from_the_library_is_left_out(album) -> None:
    (one,) = album.start("a")
    assert move_photos(album.library, [move(album, one, "b"), move(album, 999, "c")]).photos == {one}


def test_no_moves(album) -> None:
    assert not move_photos(album.library, [])


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory):
    root = tmp_path_factory.mktemp("moves")
    with Library(root / "library.sqlite") as library:
        yield library, root


@settings(max_examples=40)
@given(st.permutations(range(6)), st.sets(st.integers(0, 5)))
def test_any_moves_keep_every_photo_under_a_name_of_its_own(shelf, targets: list[int], moved: set[int]) -> None:
    """Chains, circles and overwritten names: photo number i goes to the place of targets[i] if it moves at all."""
    library, root = shelf
    folder = root / f"{len(folders(library))}"
    folder.mkdir()
    folder_id = add_folder(library, folder)
    ids = list(start_photos(library, folder_id, [(str(number), 1, 1) for number in range(6)]).values())
    goals = {ids[number]: str(targets[number]) for number in moved}
    move_photos(library, [Move(photo_id, folder_id, goal, 1, 2) for photo_id, goal in goals.items()])
    after = {photo.id: photo for photo in known_photos(library, folder_id)}
    assert sorted(photo.relpath for photo in after.values()) == [str(number) for number in range(6)]
    for photo_id, goal in goals.items():
        assert after[photo_id].relpath == goal
    for number, photo_id in enumerate(ids):
        if photo_id not in goals:
            displaced = str(number) in goals.values()
            assert (after[photo_id].relpath != str(number)) == displaced
            assert (after[photo_id].state == PhotoState.MISSING) == displaced
