"""Faces that are made of the boxes in metadata where no detector found one."""

from engine.geometry import Box
from engine.library import edits
from engine.library.mentions import note_vain, store_drawn, undrawn
from engine.library.queries import photo_face_rows
from engine.library.states import Source
from tests.engine.library.conftest import MODEL, Album, place, scanned
from tests.engine.library.mentioning import names, say

ELSEWHERE = Box(0.1, 0.6, 0.1, 0.12)


def test_a_box_without_a_face_waits_to_be_drawn(album: Album, photo: int) -> None:
    say(album, photo, ("Ada", ELSEWHERE))
    (waiting,) = undrawn(album.library)
    assert waiting.path == album.root / "photo0.jpg"
    store_drawn(album.library, [(waiting.mention_id, scanned(ELSEWHERE, seed=9))], MODEL)
    assert undrawn(album.library) == []
    assert names(album, photo)[2] == ("Ada", Source.METADATA)
    say(album, photo, ("Ada", ELSEWHERE))
    assert len(names(album, photo)) == 3
    say(album, photo)
    assert len(names(album, photo)) == 2


def test_a_drawn_face_of_which_the_user_spoke_stays(album: Album, photo: int) -> None:
    say(album, photo, ("Ada", ELSEWHERE))
    store_drawn(album.library, [(undrawn(album.library)[0].mention_id, scanned(ELSEWHERE, seed=9))], MODEL)
    drawn = photo_face_rows(album.library, photo)[2].face
    edits.split_off(album.library, [drawn], "Grace")
    say(album, photo)
    assert names(album, photo)[2] == ("Grace", Source.USER)


def test_a_face_that_is_there_is_not_drawn_twice(album: Album, photo: int) -> None:
    say(album, photo, ("Ada", place(0)), ("Grace", Box(0.12, 0.24, 0.08, 0.1)))
    for waiting in undrawn(album.library):
        store_drawn(album.library, [(waiting.mention_id, scanned(place(0), seed=9))], MODEL)
    assert len(names(album, photo)) == 2
    assert undrawn(album.library) == []


def test_what_cannot_be_drawn_is_not_tried_again_until_it_is_said_anew(album: Album, photo: int) -> None:
    say(album, photo, ("Ada", ELSEWHERE))
    note_vain(album.library, [undrawn(album.library)[0].mention_id])
    assert undrawn(album.library) == []
    say(album, photo, ("Ada", ELSEWHERE))
    assert len(undrawn(album.library)) == 1
