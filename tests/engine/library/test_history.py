from datetime import UTC, datetime, timedelta

import pytest

from engine.errors import LibraryError
from engine.library import journal
from engine.library.answers import rejections
from engine.library.changes import Changes
from engine.library.clusters import Assignments, assign_faces
from engine.library.edits import (
    confirm_faces,
    hide_people,
    ignore_faces,
    merge_people,
    name_person,
    reject_faces,
    set_cover,
    show_people,
    split_off,
)
from engine.library.history import NextSteps, go_to, history, next_steps, redo, undo
from engine.library.indexing import store_scans
from engine.library.library import Library
from engine.library.queries import people_rows, photo_rows
from engine.library.states import Source


def test_undo_and_redo_go_back_and_forth(album, said) -> None:
    one, two = album.fill(1, 2)[0]
    first, second = album.group([one], [two])
    before = said(album.library)
    changes = merge_people(album.library, first, [second])
    after = said(album.library)
    done = undo(album.library)
    assert said(album.library) == before
    assert [step.label for step in done.steps] == ["Merge 2 people"]
    assert done.changes == changes
    assert redo(album.library).changes == changes
    assert said(album.library) == after


def test_nothing_to_undo_or_redo(library: Library) -> None:
    assert undo(library).steps == redo(library).steps == ()
    assert undo(library).changes == Changes()
    assert go_to(library, 0).steps == ()


def test_the_next_steps_are_named(album) -> None:
    assert next_steps(album.library) == NextSteps(None, None)
    one, two = album.fill(1, 2)[0]
    (person,) = album.group([one, two])
    name_person(album.library, person, "Ada")
    ignore_faces(album.library, [two])
    hide_people(album.library, [person])
    assert next_steps(album.library) == NextSteps("Hide a person", None)
    undo(album.library)
    undo(album.library)
    assert next_steps(album.library) == NextSteps("Name a person", "Set 1 face aside")
    undo(album.library)
    assert next_steps(album.library) == NextSteps(None, "Name a person")


def test_the_history_names_its_steps_and_outlives_the_program(album) -> None:
    one, two = album.fill(1, 2)[0]
    (person,) = album.group([one, two])
    name_person(album.library, person, "Ada")
    ignore_faces(album.library, [two])
    undo(album.library)
    with Library(album.library.path) as reopened:
        first, second = history(reopened)
        assert (first.id, first.label, first.rows, first.undone) == (1, "Name a person", 3, False)
        assert (second.id, second.label, second.rows, second.undone) == (2, "Set 1 face aside", 1, True)
        assert abs(datetime.now(UTC) - first.made_at) < timedelta(hours=1)
        assert redo(reopened).steps[0].label == "Set 1 face aside"
        undo(reopened)
        undo(reopened)
        assert [step.made_at for step in history(reopened)] == [first.made_at, second.made_at]
    assert people_rows(album.library)[0].name is None


def test_a_new_edit_drops_what_could_be_redone(album) -> None:
    one, two = album.fill(1, 2)[0]
    (person,) = album.group([one, two])
    name_person(album.library, person, "Ada")
    undo(album.library)
    hide_people(album.library, [person])
    assert [(step.label, step.undone) for step in history(album.library)] == [("Hide a person", False)]
    assert redo(album.library).steps == ()


def test_an_edit_that_changes_nothing_keeps_the_redo(album) -> None:
    (one,) = album.fill(1, 1)[0]
    (person,) = album.group([one])
    name_person(album.library, person, "Ada")
    undo(album.library)
    show_people(album.library, [person])
    assert redo(album.library).steps[0].label == "Name a person"


def test_several_steps_at_once(album, said) -> None:
    faces = album.fill(1, 3)[0]
    people = album.group(*([face] for face in faces))
    states = [said(album.library)]
    for person in people:
        name_person(album.library, person, f"Name {person}")
        states.append(said(album.library))
    ids = [0, *(step.id for step in history(album.library))]
    for place in (1, 3, 0, 2, 2, 3):
        done = go_to(album.library, ids[place])
        assert said(album.library) == states[place]
        assert [step.undone for step in history(album.library)] == [number >= place for number in range(3)]
        assert bool(done.steps) == bool(done.changes)
    with pytest.raises(LibraryError, match="no step 99"):
        go_to(album.library, 99)


def test_only_so_many_steps_are_kept(album, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "KEPT_STEPS", 3)
    (one,) = album.fill(1, 1)[0]
    (person,) = album.group([one])
    for number in range(6):
        name_person(album.library, person, f"Name {number}")
    assert [step.id for step in history(album.library)] == [4, 5, 6]
    while undo(album.library).steps:
        pass
    assert people_rows(album.library)[0].name == "Name 2"


def test_large_steps_push_old_ones_out_but_never_themselves(album, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "KEPT_ENTRIES", 4)
    faces = album.fill(1, 8)[0]
    (person,) = album.group(faces)
    hide_people(album.library, [person])
    show_people(album.library, [person])
    confirm_faces(album.library, person, faces[:2])
    assert [step.rows for step in history(album.library)] == [1, 1, 2]
    confirm_faces(album.library, person, faces)
    assert [step.rows for step in history(album.library)] == [6]
    with album.library.read() as connection:
        assert connection.exec_driver_sql("SELECT COUNT(*) FROM journal_entries").scalar() == 6


def test_an_undo_leaves_alone_what_was_said_since_by_a_photo_file(album) -> None:
    """Metadata is read by scans, so its word can come between an edit and its undo."""
    one, two = album.fill(1, 2)[0]
    first, second = album.group([one], [two])
    reject_faces(album.library, first, [one])
    with album.library.write() as transaction:
        transaction.connection.exec_driver_sql(
            f"UPDATE faces SET person_id = {second}, source = 'METADATA' WHERE id = {one}"
        )
    undo(album.library)
    assert album.person_of(one) == (second, Source.METADATA)
    assert rejections(album.library).tolist() == []
    redo(album.library)
    assert album.person_of(one) == (second, Source.METADATA)
    assert rejections(album.library).tolist() == [[one, first]]


def test_an_undo_takes_a_face_back_from_where_a_run_put_it(album) -> None:
    one, two = album.fill(1, 2)[0]
    first, second = album.group([one], [two])
    reject_faces(album.library, first, [one])
    assign_faces(album.library, Assignments({one: second}))
    undo(album.library)
    assert album.person_of(one) == (first, Source.CLUSTER)
    redo(album.library)
    assert album.person_of(one) == (second, Source.CLUSTER)


def test_a_run_cannot_keep_a_face_where_a_redone_rejection_rules_it_out(album) -> None:
    one, two = album.fill(1, 2)[0]
    first, second = album.group([one], [two])
    reject_faces(album.library, second, [one])
    undo(album.library)
    assign_faces(album.library, Assignments({one: second}))
    redo(album.library)
    assert album.person_of(one) == (None, None)
    undo(album.library)
    assert album.person_of(one) == (second, Source.CLUSTER)
    assert first


def test_faces_that_joined_a_person_whose_making_is_undone_go_to_unsorted(album) -> None:
    one, two, three = album.fill(1, 3)[0]
    (old,) = album.group([one, two])
    new = split_off(album.library, [two], "Ada").person_id
    assign_faces(album.library, Assignments({three: new}))
    undo(album.library)
    assert album.person_of(three) == (None, None)
    assert album.person_of(two) == (old, Source.CLUSTER)
    assert [row.person for row in people_rows(album.library)] == [old]
    redo(album.library)
    assert album.person_of(two) == (new, Source.USER)


def test_a_person_whom_a_photo_file_names_outlives_the_undo_of_their_making(album) -> None:
    one, two = album.fill(1, 2)[0]
    new = split_off(album.library, [one], "Ada").person_id
    with album.library.write() as transaction:
        transaction.connection.exec_driver_sql(
            f"UPDATE faces SET person_id = {new}, source = 'METADATA' WHERE id = {two}"
        )
    undo(album.library)
    assert album.person_of(two) == (new, Source.METADATA)
    assert people_rows(album.library)[0].name == "Ada"
    redo(album.library)
    assert album.person_of(one) == (new, Source.USER)


def test_an_undo_passes_over_faces_that_are_gone(album) -> None:
    one, two = album.fill(1, 2)[0]
    (person,) = album.group([one, two])
    confirm_faces(album.library, person, [one])
    set_cover(album.library, person, one)
    reject_faces(album.library, person, [one, two])
    undo(album.library)
    ignore_faces(album.library, [one])
    go_to(album.library, 0)
    (photo_id,) = [row.id for row in photo_rows(album.library)]
    store_scans(album.library, [album.scan(photo_id, [])])
    for _ in range(4):
        redo(album.library)
    go_to(album.library, 0)
    assert people_rows(album.library) == []


def test_a_rename_since_is_not_undone_by_an_older_step(album) -> None:
    """A name that another writer than an edit gave stays."""
    (one,) = album.fill(1, 1)[0]
    (person,) = album.group([one])
    name_person(album.library, person, "Ada")
    with album.library.write() as transaction:
        transaction.connection.exec_driver_sql("UPDATE people SET name = 'Grace'")
    undo(album.library)
    assert people_rows(album.library)[0].name == "Grace"
