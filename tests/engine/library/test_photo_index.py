import os
from dataclasses import replace
from datetime import datetime

import numpy as np
import pytest

from engine.library.edits import confirm_faces, ignore_faces, name_person
from engine.library.folders import add_folder
from engine.library.indexing import Problem, mark_missing, start_photos, store_problems, store_scans
from engine.library.queries import PhotoIndex, PhotoSearch, face_rows, photo_index, photo_rows, photos_by_id


def day(number: int) -> datetime:
    return datetime(2020, 1, number, 12)  # noqa: DTZ001 a camera's clock has no zone


def found(album, **conditions) -> list[int]:
    return photo_index(album.library, PhotoSearch(**conditions)).photo_ids.tolist()


class Pictured:
    """Five photos: nobody, Ada, Ada and Bo, Ada and Bo and a group without a name, Bo twice and a nobody."""

    def __init__(self, album) -> None:
        self.nobody, self.ada, self.both, self.four, self.bo = ids = album.start(*(f"{n}.jpg" for n in range(5)))
        store_scans(
            album.library, [album.scan(one, album.places(n)) for one, n in zip(ids, (0, 1, 2, 3, 3), strict=True)]
        )
        of = {one: [row.face for row in face_rows(album.library) if row.photo_id == one] for one in ids}
        self.faces = of
        groups = (
            [of[self.ada][0], of[self.both][0], of[self.four][0]],
            [of[self.both][1], of[self.four][1], *of[self.bo][:2]],
            [of[self.four][2]],
        )
        self.a, self.b, self.c = album.group(*groups)
        name_person(album.library, self.a, "Ada")
        name_person(album.library, self.b, "Bo")


@pytest.fixture
def pictured(album) -> Pictured:
    return Pictured(album)


def test_without_conditions_all_photos_are_found(album, pictured) -> None:
    assert found(album) == [pictured.bo, pictured.four, pictured.both, pictured.ada, pictured.nobody]


def test_everyone_must_be_there(album, pictured) -> None:
    people = pictured
    assert found(album, everyone=frozenset([people.a])) == [people.four, people.both, people.ada]
    assert found(album, everyone=frozenset([people.a, people.b])) == [people.four, people.both]
    assert found(album, everyone=frozenset([people.a, people.b, people.c])) == [people.four]
    assert found(album, everyone=frozenset([99])) == []


def test_nobody_of_these_may_be_there(album, pictured) -> None:
    people = pictured
    assert found(album, nobody_of=frozenset([people.a])) == [people.bo, people.nobody]
    assert found(album, nobody_of=frozenset([people.a, people.b])) == [people.nobody]
    both = {"everyone": frozenset([people.a]), "nobody_of": frozenset([people.c])}
    assert found(album, **both) == [people.both, people.ada]


def test_exactly_these_means_nobody_else_with_a_name(album, pictured) -> None:
    people = pictured
    assert found(album, everyone=frozenset([people.a]), exactly=True) == [people.ada]
    assert found(album, everyone=frozenset([people.a, people.b]), exactly=True) == [people.four, people.both]
    assert found(album, exactly=True) == [people.nobody]
    name_person(album.library, people.c, "Cleo")
    assert found(album, everyone=frozenset([people.a, people.b]), exactly=True) == [people.both]


def test_ignored_faces_do_not_count(album, pictured) -> None:
    people = pictured
    ignore_faces(album.library, [people.faces[people.both][1], *people.faces[people.bo]])
    assert found(album, everyone=frozenset([people.b])) == [people.four]
    assert found(album, everyone=frozenset([people.a]), exactly=True) == [people.both, people.ada]
    index = photo_index(album.library, PhotoSearch())
    assert index.faces.tolist() == [0, 3, 1, 1, 0]


@pytest.mark.parametrize(
    ("fewest", "most", "numbers"),
    [
        (0, None, [3, 3, 2, 1, 0]),
        (2, None, [3, 3, 2]),
        (0, 0, [0]),
        (1, 2, [2, 1]),
        (4, None, []),
        (0, 3, [3, 3, 2, 1, 0]),
    ],
)
def test_the_number_of_faces(album, pictured, fewest: int, most: int | None, numbers: list[int]) -> None:
    index = photo_index(album.library, PhotoSearch(fewest_faces=fewest, most_faces=most))
    assert index.faces.tolist() == numbers


def test_the_newest_come_first_and_undated_ones_last(album) -> None:
    ids = album.start("a.jpg", "b.jpg", "c.jpg", "d.jpg")
    times = (day(2), None, day(4), day(2))
    store_scans(album.library, [replace(album.scan(one, []), taken_at=at) for one, at in zip(ids, times, strict=True)])
    index = photo_index(album.library, PhotoSearch())
    assert index.photo_ids.tolist() == [ids[2], ids[3], ids[0], ids[1]]
    assert index.taken_at[0] - index.taken_at[1] == 2 * 86400
    assert np.isnan(index.taken_at[3])
    assert found(album, since=day(2)) == [ids[2], ids[3], ids[0]]
    assert found(album, until=day(4)) == [ids[3], ids[0]]
    assert found(album, since=day(3), until=day(4)) == []


def test_missing_photos_are_found_and_broken_ones_not(album) -> None:
    gone, broken, fresh = album.start("gone.jpg", "broken.jpg", "fresh.jpg")
    mark_missing(album.library, [gone])
    store_problems(album.library, [Problem(broken, "cut short", 1, 1, None)])
    assert found(album) == [fresh, gone]
    assert photo_index(album.library, PhotoSearch()).missing.tolist() == [False, True]


BYTES = os.fsdecode(b"caf\xe9")


@pytest.mark.parametrize(
    ("below", "names"),
    [
        ("", ["a.jpg", "sub/b.jpg", "sub/deep/c.jpg", f"sub/{BYTES}.jpg", "sub2/d.jpg", "sub.jpg", f"{BYTES}/e.jpg"]),
        ("sub", ["sub/b.jpg", "sub/deep/c.jpg", f"sub/{BYTES}.jpg"]),
        ("sub/", ["sub/b.jpg", "sub/deep/c.jpg", f"sub/{BYTES}.jpg"]),
        ("sub/deep", ["sub/deep/c.jpg"]),
        (BYTES, [f"{BYTES}/e.jpg"]),
        ("absent", []),
    ],
)
def test_a_sub_folder_holds_what_lies_below_it(album, tmp_path, below: str, names: list[str]) -> None:
    files = ["a.jpg", "sub/b.jpg", "sub/deep/c.jpg", f"sub/{BYTES}.jpg", "sub2/d.jpg", "sub.jpg", f"{BYTES}/e.jpg"]
    ids = dict(zip(files, album.start(*files), strict=True))
    other = tmp_path / "other"
    other.mkdir()
    other_id = add_folder(album.library, other)
    (elsewhere,) = start_photos(album.library, other_id, [("sub/b.jpg", 1, 1)]).values()
    assert set(found(album, folder_id=album.folder_id, below=below)) == {ids[name] for name in names}
    assert found(album, folder_id=other_id) == [elsewhere]
    everywhere = set(found(album, below=below))
    assert everywhere - {elsewhere} == {ids[name] for name in names}
    assert (elsewhere in everywhere) == (below in {"", "sub", "sub/"})


def test_conditions_hold_together(album, pictured) -> None:
    search = {"everyone": frozenset([pictured.a]), "fewest_faces": 2, "folder_id": album.folder_id}
    assert found(album, **search) == [pictured.four, pictured.both]
    assert found(album, **search, since=day(1)) == []


def test_whoever_has_all_photos_at_hand_finds_the_same(album, pictured) -> None:
    everything = photo_index(album.library, PhotoSearch())
    for search in (
        PhotoSearch(),
        PhotoSearch(everyone=frozenset([pictured.a]), exactly=True),
        PhotoSearch(nobody_of=frozenset([pictured.a]), fewest_faces=1),
        PhotoSearch(exactly=True),
        PhotoSearch(folder_id=album.folder_id, below="absent"),
    ):
        again = photo_index(album.library, search, everything)
        assert again.photo_ids.tolist() == photo_index(album.library, search).photo_ids.tolist()


def test_the_arrays_have_their_types_even_without_photos(album) -> None:
    index: PhotoIndex = photo_index(album.library, PhotoSearch())
    types = [np.int64, np.float64, np.int8, np.int32, np.int64, np.bool_, np.int64, np.float32]
    assert [getattr(index, name).dtype for name in index.__slots__] == types
    assert len(index) == 0


def test_photos_are_found_by_their_ids(album, pictured) -> None:
    rows = {row.id: row for row in photo_rows(album.library)}
    assert photos_by_id(album.library, [pictured.ada, pictured.bo, 99]) == {
        one: rows[one] for one in (pictured.ada, pictured.bo)
    }
    assert photos_by_id(album.library, []) == {}


def test_a_confirmed_face_counts_like_a_suggested_one(album, pictured) -> None:
    (free,) = pictured.faces[pictured.bo][2:]
    confirm_faces(album.library, pictured.a, [free])
    assert found(album, everyone=frozenset([pictured.a, pictured.b])) == [pictured.bo, pictured.four, pictured.both]
