"""What metadata say, placed below what a user says and above what the machine thinks."""

from engine.geometry import Box
from engine.library import edits
from engine.library.forgetting import delete_person
from engine.library.history import undo
from engine.library.indexing import store_scans
from engine.library.mentions import (
    ReadPhoto,
    photos_to_name,
    store_mentions,
)
from engine.library.queries import people_names, photo_face_rows
from engine.library.removal import delete_face_data
from engine.library.states import Source
from engine.metadata.mentions import Origin
from tests.engine.library.conftest import Album, photo_of, place
from tests.engine.library.mentioning import names, say


def test_a_box_names_the_face_that_it_frames(album: Album, photo: int) -> None:
    named = say(album, photo, ("Ada", Box(0.09, 0.19, 0.1, 0.12)))
    assert named.faces == 1
    assert names(album, photo) == [(None, None), ("Ada", Source.METADATA)]


def test_one_name_is_one_person_whatever_its_spelling(album: Album) -> None:
    for faces in album.fill(3, 1):
        say(album, photo_of(album, faces[0]), (["Ada", "ADA", " ada "][faces[0] % 3], place(0)))
    assert len(set(people_names(album.library))) == 1


def test_the_person_who_is_called_so_is_meant(album: Album) -> None:
    (one,), (two,) = album.fill(2, 1)
    (ada,) = album.group([one])
    edits.name_person(album.library, ada, "Ada")
    say(album, photo_of(album, two), ("ada", place(0)))
    assert album.person_of(two) == (ada, Source.METADATA)


def test_a_name_that_two_people_have_names_nobody(album: Album) -> None:
    (one,), (two,), (three,) = album.fill(3, 1)
    for person in album.group([one], [two]):
        edits.name_person(album.library, person, "Ada")
    named = say(album, photo_of(album, three), ("Ada", place(0)))
    assert (named.faces, named.shared) == (0, 1)
    assert album.person_of(three) == (None, None)


def test_what_the_user_said_stays(album: Album, photo: int) -> None:
    first, second = (row.face for row in photo_face_rows(album.library, photo))
    grace = edits.split_off(album.library, [first], "Grace").person_id
    edits.ignore_faces(album.library, [second])
    say(album, photo, ("Ada", place(0)), ("Joan", place(1)))
    assert album.person_of(first) == (grace, Source.USER)
    assert names(album, photo)[1] == (None, None)


def test_what_the_machine_thinks_gives_way(album: Album, photo: int) -> None:
    first, second = (row.face for row in photo_face_rows(album.library, photo))
    album.group([first, second])
    say(album, photo, ("Ada", place(0)))
    assert names(album, photo) == [("Ada", Source.METADATA), (None, Source.CLUSTER)]


def test_a_refusal_is_remembered(album: Album, photo: int) -> None:
    say(album, photo, ("Ada", place(0)), ("Grace", place(1)))
    first = photo_face_rows(album.library, photo)[0].face
    ada, _ = album.person_of(first)
    assert ada is not None
    edits.reject_faces(album.library, ada, [first])
    say(album, photo, ("Ada", place(0)), ("Grace", place(1)))
    assert names(album, photo) == [(None, None), ("Grace", Source.METADATA)]


def test_a_renamed_person_is_who_was_meant(album: Album) -> None:
    (one,), (two,) = album.fill(2, 1)
    say(album, photo_of(album, one), ("Ada", place(0)))
    ada, _ = album.person_of(one)
    assert ada is not None
    edits.name_person(album.library, ada, "Ada Lovelace")
    for face in (one, two):
        say(album, photo_of(album, face), ("Ada", place(0)))
        assert album.person_of(face)[0] == ada
    edits.name_person(album.library, ada, "")
    say(album, photo_of(album, two), ("Ada", place(0)))
    assert album.person_of(two)[0] == ada
    assert people_names(album.library) == {}


def test_after_a_merge_the_one_who_stays_is_meant(album: Album) -> None:
    (one,), (two,), (three,) = album.fill(3, 1)
    say(album, photo_of(album, one), ("Ada", place(0)))
    say(album, photo_of(album, two), ("Countess", place(0)))
    ada, countess = album.person_of(one)[0], album.person_of(two)[0]
    assert ada is not None
    assert countess is not None
    edits.merge_people(album.library, ada, [countess])
    say(album, photo_of(album, three), ("Countess", place(0)))
    assert album.person_of(three)[0] == ada
    assert album.person_of(two)[0] == ada


def test_a_name_that_is_gone_takes_its_placement_back(album: Album, photo: int) -> None:
    say(album, photo, ("Ada", place(0)), ("Grace", place(1)))
    first, second = (row.face for row in photo_face_rows(album.library, photo))
    grace, _ = album.person_of(second)
    assert grace is not None
    edits.confirm_faces(album.library, grace, [second])
    say(album, photo)
    assert names(album, photo) == [(None, None), ("Grace", Source.USER)]
    assert list(people_names(album.library).values()) == ["Grace"]
    assert album.person_of(first) == (None, None)


def test_another_name_takes_the_place_of_the_first(album: Album, photo: int) -> None:
    say(album, photo, ("Ada", place(0)))
    say(album, photo, ("Grace", place(0)))
    assert names(album, photo) == [("Grace", Source.METADATA), (None, None)]
    assert list(people_names(album.library).values()) == ["Grace"]


def test_what_cannot_be_read_takes_nothing_back(album: Album, photo: int) -> None:
    say(album, photo, ("Ada", place(0)))
    store_mentions(album.library, [ReadPhoto(photo, "other", None)])
    assert names(album, photo)[0] == ("Ada", Source.METADATA)
    assert photos_to_name(album.library, album.folder_id)[0].stamp == "other"


def test_one_name_and_one_face_that_are_left_belong_together(album: Album, photo: int) -> None:
    say(album, photo, ("Ada", place(0)), "Grace", "Ada")
    assert names(album, photo) == [("Ada", Source.METADATA), ("Grace", Source.METADATA)]


def test_several_names_or_faces_are_only_a_hint(album: Album, photo: int) -> None:
    say(album, photo, "Ada")
    assert names(album, photo) == [(None, None), (None, None)]
    say(album, photo, ("Joan", place(0)), "Ada", "Grace")
    assert names(album, photo) == [("Joan", Source.METADATA), (None, None)]


def test_a_keyword_is_a_name_only_where_somebody_has_it(album: Album) -> None:
    (one,), (two,) = album.fill(2, 1)
    say(album, photo_of(album, one), words=["Ada", "Oslo"])
    assert album.person_of(one) == (None, None)
    say(album, photo_of(album, two), ("Ada", place(0)))
    say(album, photo_of(album, one), words=["Ada", "Oslo"])
    assert album.person_of(one)[0] == album.person_of(two)[0]


def test_nothing_of_it_stands_in_the_history(album: Album, photo: int) -> None:
    say(album, photo, ("Ada", place(0)))
    first = photo_face_rows(album.library, photo)[0].face
    edits.ignore_faces(album.library, [first])
    undo(album.library)
    assert names(album, photo)[0] == ("Ada", Source.METADATA)


def test_a_face_found_again_keeps_its_name(album: Album, photo: int) -> None:
    say(album, photo, ("Ada", place(0)))
    store_scans(album.library, [album.scan(photo, album.places(2))])
    assert names(album, photo)[0] == ("Ada", Source.METADATA)


def test_a_face_of_another_picture_is_named_anew(album: Album, photo: int) -> None:
    say(album, photo, ("Ada", place(0)))
    store_scans(album.library, [album.scan(photo, album.places(2), b"second")])
    assert ("Ada", Source.METADATA) not in names(album, photo)
    say(album, photo, ("Ada", place(0)))
    assert names(album, photo) == [("Ada", Source.METADATA), (None, None)]


def test_who_is_forgotten_stands_in_no_mention_any_more(album: Album, photo: int) -> None:
    say(album, photo, ("Ada", place(0)), "Grace", "Joan")
    ada, _ = album.person_of(photo_face_rows(album.library, photo)[0].face)
    assert ada is not None
    delete_person(album.library, ada)
    with album.library.read() as connection:
        assert connection.exec_driver_sql("SELECT name FROM mentions ORDER BY name").scalars().all() == [
            "Grace",
            "Joan",
        ]
    delete_face_data(album.library)
    with album.library.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM mentions").scalar_one() == 0
        assert connection.exec_driver_sql("SELECT count(*) FROM mentioned_people").scalar_one() == 0


def test_other_origins_stay_when_a_file_is_read_again(album: Album, photo: int) -> None:
    with album.library.write() as transaction:
        transaction.connection.exec_driver_sql(
            f"INSERT INTO mentions(photo_id, name, origin) VALUES ({photo}, 'Joan', '{Origin.IMPORT}')"
        )
    say(album, photo, ("Ada", place(0)))
    with album.library.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM mentions").scalar_one() == 2
