from engine.library.edits import confirm_faces, ignore_faces, name_person
from engine.library.queries import DoubledPerson, doubled_faces, photo_rows, unnamed_faces


def test_unnamed_faces_are_those_that_nobody_spoke_about(album) -> None:
    here, there = album.fill(2, 5)
    free, ignored, grouped, known, named = here
    group, spoken, ada = album.group([grouped, there[0]], [known, there[1]], [named])
    name_person(album.library, ada, "Ada")
    confirm_faces(album.library, spoken, [there[1]])
    ignore_faces(album.library, [ignored])
    first, second = (row.id for row in photo_rows(album.library))
    assert unnamed_faces(album.library, photo_ids=[first]) == [free, grouped]
    assert unnamed_faces(album.library, photo_ids=[first, second]) == [free, grouped, there[0], *there[2:]]
    assert unnamed_faces(album.library, photo_ids=[]) == []
    confirm_faces(album.library, group, [there[0]])
    assert unnamed_faces(album.library, photo_ids=[first]) == [free]


def test_a_person_who_stands_twice_in_a_photo_is_found(album) -> None:
    one, two = album.fill(2, 4)
    (person, other) = album.group([one[0], one[2], one[3], two[1]], [two[0], two[2]])
    first, second = (row.id for row in photo_rows(album.library))
    assert doubled_faces(album.library) == [
        DoubledPerson(first, person, (one[0], one[2], one[3])),
        DoubledPerson(second, other, (two[0], two[2])),
    ]
    ignore_faces(album.library, [one[2], two[2]])
    assert doubled_faces(album.library) == [DoubledPerson(first, person, (one[0], one[3]))]


def test_nobodys_faces_are_not_doubled(album) -> None:
    album.fill(1, 3)
    assert doubled_faces(album.library) == []
