import os
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from engine.errors import LibraryError
from engine.library.folders import add_folder
from engine.library.indexing import start_photos, store_scans
from engine.library.queries import photos_below, photos_of_event

BYTES = os.fsdecode(b"caf\xe9")
NOON = datetime(2020, 1, 1, 12)  # noqa: DTZ001 a camera's clock has no zone


def taken(album, hours: dict[str, float | None]) -> dict[str, int]:
    """Photos taken so many hours after noon, or undated."""
    ids = album.start(*hours)
    scans = [
        replace(album.scan(one, []), taken_at=None if after is None else NOON + timedelta(hours=after))
        for one, after in zip(ids, hours.values(), strict=True)
    ]
    store_scans(album.library, scans)
    return dict(zip(hours, ids, strict=True))


def test_an_event_is_joined_by_short_gaps(album) -> None:
    ids = taken(album, {"d/late.jpg": 20, "d/a.jpg": 0, "d/c.jpg": 11, "d/b.jpg": 5.5, "d/later.jpg": 26})
    for name in ("a", "b", "c"):
        assert photos_of_event(album.library, ids[f"d/{name}.jpg"]) == [ids["d/a.jpg"], ids["d/b.jpg"], ids["d/c.jpg"]]
    assert photos_of_event(album.library, ids["d/late.jpg"]) == [ids["d/late.jpg"]]
    assert photos_of_event(album.library, ids["d/late.jpg"], 6.5) == [ids["d/late.jpg"], ids["d/later.jpg"]]
    assert photos_of_event(album.library, ids["d/a.jpg"], 24.0) == [
        ids[f"d/{name}.jpg"] for name in ("a", "b", "c", "late", "later")
    ]


def test_undated_photos_of_a_directory_are_one_event(album) -> None:
    ids = taken(album, {"d/a.jpg": 0, "d/x.jpg": None, "d/y.jpg": None, "z.jpg": None})
    assert photos_of_event(album.library, ids["d/x.jpg"]) == [ids["d/x.jpg"], ids["d/y.jpg"]]
    assert photos_of_event(album.library, ids["d/a.jpg"]) == [ids["d/a.jpg"]]
    assert photos_of_event(album.library, ids["z.jpg"]) == [ids["z.jpg"]]


@pytest.mark.parametrize("directory", ["", "d/", "d/e/", f"{BYTES}/", "ü/"])
def test_an_event_keeps_to_its_directory(album, directory: str) -> None:
    files = [f"{place}{name}" for place in ("", "d/", "d/e/", "ü/", f"{BYTES}/") for name in ("a", "b")]
    files.append(f"d/{BYTES}")
    ids = taken(album, dict.fromkeys(files, 0.0))
    expected = {ids[name] for name in files if name.rpartition("/")[0] == directory.rstrip("/")}
    assert set(photos_of_event(album.library, ids[f"{directory}a"])) == expected


def test_an_event_keeps_to_its_folder(album, tmp_path) -> None:
    ids = taken(album, {"d/a.jpg": 0})
    other = tmp_path / "other"
    other.mkdir()
    start_photos(album.library, add_folder(album.library, other), [("d/a.jpg", 1, 1)])
    assert photos_of_event(album.library, ids["d/a.jpg"]) == [ids["d/a.jpg"]]


def test_a_photo_that_is_gone_has_no_event(album) -> None:
    with pytest.raises(LibraryError, match="no photo 99"):
        photos_of_event(album.library, 99)


def test_all_photos_below_a_directory(album) -> None:
    files = ["a.jpg", "sub/b.jpg", "sub/deep/c.jpg", f"sub/{BYTES}.jpg", "sub2/d.jpg"]
    ids = album.start(*files)
    assert photos_below(album.library, album.folder_id, "sub") == ids[1:4]
    assert set(photos_below(album.library, album.folder_id, "")) == set(ids)
    assert photos_below(album.library, album.folder_id, "absent") == []
    with pytest.raises(LibraryError, match="no folder 99"):
        photos_below(album.library, 99, "")
