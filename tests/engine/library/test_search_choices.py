"""What a search can be narrowed to: sub-folders with photos, and years with photos."""

from dataclasses import replace
from datetime import datetime

from engine.library.indexing import store_scans
from engine.library.queries.search_choices import SubFolder, photo_years, sub_folders


def test_every_directory_above_a_photo_can_be_chosen(album) -> None:
    album.start("loose.jpg", "2012/summer/a.jpg", "2012/summer/b.jpg", "2012/c.jpg", "2013 (old)/d.jpg")
    folder = album.folder_id
    assert sub_folders(album.library) == [
        SubFolder(folder, "2012", 3),
        SubFolder(folder, "2012/summer", 2),
        SubFolder(folder, "2013 (old)", 1),
    ]


def test_years_are_those_of_the_camera_clock(album) -> None:
    photos = album.start("a.jpg", "b.jpg", "c.jpg", "undated.jpg")
    times = [datetime(1966, 12, 31, 23, 59), datetime(2012, 1, 1), datetime(2012, 12, 31, 23, 59), None]  # noqa: DTZ001 a camera's clock has no zone
    scans = [replace(album.scan(photo, []), taken_at=taken_at) for photo, taken_at in zip(photos, times, strict=True)]
    store_scans(album.library, scans)
    assert list(photo_years(album.library).items()) == [(2012, 2), (1966, 1)]
