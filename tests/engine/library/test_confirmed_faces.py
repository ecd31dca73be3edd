import numpy as np

from engine.library.edits import confirm_faces, ignore_faces, name_person
from engine.library.indexing import mark_missing
from engine.library.queries import confirmed_faces, photo_rows


def test_only_confirmed_faces_of_named_people_count(album) -> None:
    (one, two), (three, four), (five, six) = album.fill(3, 2)
    ada, nobody = album.group([one, three], [two, four])
    name_person(album.library, ada, "Ada")
    confirm_faces(album.library, nobody, [four])
    assert [(row.face, row.person) for row in confirmed_faces(album.library)] == [(one, ada), (three, ada)]
    confirm_faces(album.library, ada, [five])
    ignore_faces(album.library, [one])
    rows = confirmed_faces(album.library)
    assert [row.face for row in rows] == [three, five]
    assert all(row.landmarks.shape == (5, 2) and row.landmarks.dtype == np.float32 for row in rows)
    assert {row.photo for row in rows} <= {row.path for row in photo_rows(album.library)}
    assert six not in {row.face for row in rows}


def test_photos_that_are_gone_cannot_be_learnt_from(album) -> None:
    ((one,), (two,)) = album.fill(2, 1)
    (ada,) = album.group([one, two])
    name_person(album.library, ada, "Ada")
    mark_missing(album.library, [photo_rows(album.library)[0].id])
    assert [row.face for row in confirmed_faces(album.library)] == [two]
