from dataclasses import replace
from datetime import UTC, datetime

from engine.library.edits import ignore_faces
from engine.library.indexing import store_scans
from engine.library.queries import face_rows
from engine.library.queries.last_seen import latest_photos


def test_the_latest_dated_photo_of_each_person(album) -> None:
    days = [datetime(2012, 5, 1, 9, tzinfo=UTC), datetime(2019, 8, 2, 23, 30, tzinfo=UTC), None]
    early_day, late_day = (day.replace(tzinfo=None) for day in days[:2] if day)
    photos = album.start("a.jpg", "b.jpg", "c.jpg")
    scans = [replace(album.scan(photo, album.places(2)), taken_at=day) for photo, day in zip(photos, days, strict=True)]
    store_scans(album.library, scans)
    (one, two), (three, four), (five, six) = (
        [row.face for row in face_rows(album.library) if row.photo_id == photo] for photo in photos
    )
    early, late, undated = album.group([one, two], [three], [five, six])
    assert latest_photos(album.library) == {early: early_day, late: late_day}
    assert latest_photos(album.library, only=[early, undated]) == {early: early_day}
    ignore_faces(album.library, [three, four])
    assert latest_photos(album.library) == {early: early_day}
