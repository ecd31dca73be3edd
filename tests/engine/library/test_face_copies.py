"""Files of one picture: an answer about one is an answer about all, and the picture counts once."""

from dataclasses import dataclass, replace

import pytest

from engine.library.changes import Changes
from engine.library.clusters import Assignments, assign_faces
from engine.library.edits import (
    confirm_faces,
    draw_face,
    ignore_faces,
    name_person,
    reject_faces,
    set_cover,
    split_off,
)
from engine.library.history import go_to, redo, undo
from engine.library.indexing import Likeness, mark_found, mark_missing, note_copies, share_faces, store_scans
from engine.library.queries import (
    PhotoSearch,
    counts,
    face_rows,
    ignored_face_rows,
    people_rows,
    photo_face_rows,
    photo_index,
)
from engine.library.states import Source
from engine.library.vectors import face_vectors
from tests.engine.library.conftest import MODEL, scanned


@dataclass
class Copies:
    """Three files of one picture of two people, and a photo of its own."""

    album: object
    photos: list[int]

    def share(self) -> None:
        note_copies(self.album.library)
        share_faces(self.album.library)

    def faces(self, file: int) -> list[int]:
        return [row.face for row in photo_face_rows(self.album.library, self.photos[file])]

    def said(self, file: int) -> list[tuple[int | None, str | None, bool]]:
        rows = photo_face_rows(self.album.library, self.photos[file])
        return [(row.person, row.source, row.ignored) for row in rows]

    def refused(self, file: int) -> list[int]:
        with self.album.library.read() as connection:
            rows = connection.exec_driver_sql("SELECT face_id, person_id FROM rejections").all()
        return sorted(person for face, person in rows if face in self.faces(file))


ALIKE = Likeness(sure=0.9, likely=0.9, possible=0.9)


def add_copy(album, number: int, content: bytes = b"first") -> int:
    (photo,) = album.start(f"{number}.jpg")
    faces = tuple(scanned(box, seed=place) for place, box in enumerate(album.places(2)))
    store_scans(album.library, [replace(album.scan(photo, [], content), faces=faces)], likeness=ALIKE)
    return photo


@pytest.fixture
def copies(album) -> Copies:
    made = Copies(album, [add_copy(album, number) for number in range(3)])
    made.share()
    return made


def test_a_picture_counts_once(copies: Copies) -> None:
    library = copies.album.library
    assert len(face_rows(library)) == counts(library).faces == len(face_vectors(library, MODEL).face_ids) == 2
    split_off(library, [copies.faces(1)[0]], "Ada")
    (ada,) = people_rows(library)
    assert (ada.faces, ada.photos, ada.confirmed) == (1, 1, 1)
    assert counts(library).copies == 2
    found = photo_index(library, PhotoSearch(everyone=frozenset({ada.person})))
    assert len(found) == 3
    assert found.one_a_picture().photo_ids.tolist() == copies.photos[:1]
    assert found.where(found.photo_ids > copies.photos[0]).one_a_picture().photo_ids.tolist() == [copies.photos[2]]


@pytest.mark.parametrize("file", [0, 1, 2])
def test_what_is_said_of_one_file_is_said_of_all_in_one_step(copies: Copies, file: int) -> None:
    library = copies.album.library
    one, other = copies.faces(file)
    (person,) = copies.album.group([copies.faces(0)[1]])
    before = [copies.said(each) for each in range(3)]
    assert before[0] == before[1] == before[2] == [(None, None, False), (person, Source.CLUSTER, False)]
    reject_faces(library, person, [other])
    confirm_faces(library, person, [one])
    ignore_faces(library, [other])
    after = [(person, Source.USER, False), (None, None, True)]
    assert [copies.said(each) for each in range(3)] == [after] * 3
    assert [copies.refused(each) for each in range(3)] == [[person]] * 3
    for _ in range(3):
        undo(library)
    assert [copies.said(each) for each in range(3)] == before
    assert [copies.refused(each) for each in range(3)] == [[], [], []]
    for _ in range(3):
        redo(library)
    assert [copies.said(each) for each in range(3)] == [after] * 3
    assert len(ignored_face_rows(library)) == 1


@pytest.mark.parametrize("file", [0, 1])
def test_whoever_shows_another_file_of_the_picture_hears_of_it(copies: Copies, file: int) -> None:
    library = copies.album.library
    everywhere = {copies.faces(each)[0] for each in range(3)}
    heard: list[Changes] = []
    leave = library.subscribe(heard.append)
    (person,) = assign_faces(library, Assignments(groups=[[copies.faces(0)[0]]])).people
    assert person is not None
    reject_faces(library, person, [copies.faces(file)[0]])
    leave()
    assert [set(changes.faces) for changes in heard] == [everywhere] * 2


def test_a_new_copy_takes_over_what_was_said(copies: Copies) -> None:
    library = copies.album.library
    one, other = copies.faces(0)
    ada = split_off(library, [one], "Ada").person_id
    reject_faces(library, ada, [other])
    drawn = draw_face(library, copies.photos[0], scanned(copies.album.places(4)[3], seed=9), MODEL).face_id
    confirm_faces(library, ada, [drawn])
    copies.photos.append(add_copy(copies.album, 7))
    copies.share()
    assert copies.said(3) == copies.said(0) == [(ada, "USER", False), (None, None, False), (ada, "USER", False)]
    assert copies.refused(3) == [ada]
    go_to(library, 0)
    assert copies.said(3) == copies.said(0)
    assert copies.refused(3) == []
    assert people_rows(library) == []


@pytest.mark.parametrize("file", [0, 2])
def test_a_drawn_face_is_drawn_in_every_file(copies: Copies, file: int) -> None:
    library = copies.album.library
    new = draw_face(library, copies.photos[file], scanned(copies.album.places(4)[3], seed=9), MODEL)
    assert new.face_id in copies.faces(file)
    assert [len(copies.faces(each)) for each in range(3)] == [3, 3, 3]
    assert counts(library).faces == 3
    undo(library)
    assert counts(library).faces == 2
    assert [copies.said(each)[-1] for each in range(3)] == [(None, None, True)] * 3


def test_answers_outlive_the_file_that_stood_for_the_picture(copies: Copies) -> None:
    library = copies.album.library
    face = copies.faces(0)[0]
    ada = split_off(library, [face], "Ada").person_id
    set_cover(library, ada, face)
    mark_missing(library, [copies.photos[0]])
    copies.share()
    (row,) = people_rows(library)
    assert (row.faces, row.cover) == (1, copies.faces(1)[0])
    bob = split_off(library, [copies.faces(2)[0]], "Bob").person_id
    mark_found(library, [copies.photos[0]])
    copies.share()
    assert {row.name: row.faces for row in people_rows(library)} == {"Ada": 0, "Bob": 1}
    assert copies.said(0)[0] == (bob, "USER", False)


def test_a_file_that_shows_something_else_now_keeps_its_answers_to_itself(copies: Copies) -> None:
    library = copies.album.library
    ada = split_off(library, [copies.faces(0)[0]], "Ada").person_id
    store_scans(library, [copies.album.scan(copies.photos[2], [], b"another picture")])
    copies.share()
    assert counts(library).copies == 1
    name_person(library, ada, "Grace")
    ignore_faces(library, [copies.faces(0)[0]])
    assert copies.said(1)[0] == (None, None, True)
    with library.read() as connection:
        waiting = connection.exec_driver_sql("SELECT person_id FROM faces WHERE gone_since IS NOT NULL").all()
    assert [tuple(row) for row in waiting] == [(ada,)]


def test_what_was_said_differently_before_stays_as_it_was_said(album) -> None:
    files = Copies(album, [add_copy(album, 0, b"one"), add_copy(album, 1, b"two")])
    ada = split_off(album.library, [files.faces(0)[0]], "Ada").person_id
    bob = split_off(album.library, [files.faces(1)[0]], "Bob").person_id
    reject_faces(album.library, bob, [files.faces(0)[1]])
    add_copy(album, 1, b"one")
    files.share()
    assert [files.said(file)[0][0] for file in range(2)] == [ada, bob]
    assert [files.refused(file) for file in range(2)] == [[bob], [bob]]
