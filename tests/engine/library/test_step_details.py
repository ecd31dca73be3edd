"""What a step was about, and taking one back by itself where nothing later depends on it."""

import pytest

from engine.errors import LibraryError
from engine.library.edits import confirm_faces, mark_distinct, merge_people, name_person, reject_faces
from engine.library.history import history, undo
from engine.library.queries import people_names
from engine.library.step_details import ALONE, LINE_FACES, step_details, step_lines, undo_alone


def test_a_step_knows_whom_and_how_many_faces_it_was_about(album) -> None:
    one, two, three, other = (faces[0] for faces in album.fill(4, 1))
    first, second = album.group([one, two, three], [other])
    name_person(album.library, first, "Ada")
    name_person(album.library, second, "Bo")
    merge_people(album.library, first, [second])
    naming, _, merging = history(album.library)
    told = step_details(album.library, naming.id)
    assert told is not None
    assert (told.names, told.faces, told.shown) == (("Ada",), 3, (one, two, three))
    told = step_details(album.library, merging.id)
    assert told is not None
    assert (told.names, told.faces) == (("Ada", "Bo"), 1)
    assert step_details(album.library, 1_000) is None


def test_every_line_says_what_its_step_was_about(album) -> None:
    faces = [faces[0] for faces in album.fill(6, 1)]
    first, second = album.group(faces[:5], faces[5:])
    name_person(album.library, first, "Ada")
    name_person(album.library, second, "Bo")
    reject_faces(album.library, first, faces[:1])
    mark_distinct(album.library, first, second)
    lines = step_lines(album.library)
    assert list(lines) == [step.id for step in history(album.library)]
    for position, line in lines.items():
        told = step_details(album.library, position)
        assert told is not None
        assert (line.names, line.faces, line.shown) == (told.names, told.faces, told.shown[:LINE_FACES])
    assert [line.names for line in lines.values()] == [("Ada",), ("Bo",), ("Ada",), ("Ada", "Bo")]
    assert [line.faces for line in lines.values()] == [5, 1, 1, 0]
    assert lines[history(album.library)[-1].id].shown == (faces[1], faces[5]), "one of each who was told apart"


def test_what_nothing_depends_on_is_taken_back_alone_and_that_can_be_undone(album, said) -> None:
    one, two = album.fill(2, 1)
    first, second = album.group(one, two)
    name_person(album.library, first, "Ada")
    name_person(album.library, second, "Bo")
    after = said(album.library)
    step = history(album.library)[0]
    told = step_details(album.library, step.id)
    assert told is not None
    assert told.alone
    undo_alone(album.library, step.id)
    assert set(people_names(album.library).values()) == {"Bo"}
    assert history(album.library)[-1].label == f"{ALONE}Name a person"
    undo(album.library)
    assert said(album.library) == after


def test_what_something_later_depends_on_is_not_taken_back_alone(album) -> None:
    one, two = album.fill(2, 1)
    first, second = album.group(one, two)
    name_person(album.library, first, "Ada")
    merge_people(album.library, first, [second])
    step = history(album.library)[0]
    told = step_details(album.library, step.id)
    assert told is not None
    assert not told.alone, "faces were given to whom the step named"
    with pytest.raises(LibraryError, match="depends on this step"):
        undo_alone(album.library, step.id)
    reject_faces(album.library, first, one)
    with pytest.raises(LibraryError, match="depends on this step"):
        undo_alone(album.library, step.id)
    assert len(history(album.library)) == 3


def test_a_step_that_is_undone_already_is_not_taken_back(album) -> None:
    faces = [photo[0] for photo in album.fill(2, 1)]
    (person,) = album.group(faces)
    name_person(album.library, person, "Ada")
    confirm_faces(album.library, person, faces)
    step = history(album.library)[0].id
    undo(album.library)
    while history(album.library) and not history(album.library)[0].undone:
        undo(album.library)
    with pytest.raises(LibraryError):
        undo_alone(album.library, step)
