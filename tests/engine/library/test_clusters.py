import numpy as np

from engine.library.clusters import (
    Assignments,
    apply_assignments,
    assign_faces,
    forget_empty_people,
    store_clusters,
    write_assignments,
    write_clusters,
)
from engine.library.edits import confirm_faces, ignore_faces, mark_distinct, merge_people, name_person, reject_faces
from engine.library.history import history, undo
from engine.library.queries import face_rows, people_rows
from engine.library.states import Source


def test_labels_are_written_and_only_changes_are_named(album) -> None:
    one, two, three = album.fill(1, 3)[0]
    faces = np.array([one, two, three])
    assert store_clusters(album.library, faces, np.array([4, 4, -1])).faces == {one, two}
    assert [row.cluster for row in face_rows(album.library)] == [4, 4, None]
    assert store_clusters(album.library, faces, np.array([4, -1, -1])).faces == {two}
    assert history(album.library) == []


def test_groups_become_people_without_names(album) -> None:
    one, two, three, four = album.fill(1, 4)[0]
    done = assign_faces(album.library, Assignments({}, [[one, two], [three]]))
    first, second = done.people
    assert done.changes.faces == {one, two, three}
    assert done.changes.people == {first, second}
    assert album.person_of(one) == album.person_of(two) == (first, Source.CLUSTER)
    assert album.person_of(three) == (second, Source.CLUSTER)
    assert album.person_of(four) == (None, None)
    assert [(row.person, row.name, row.faces) for row in people_rows(album.library)] == [
        (first, None, 2),
        (second, None, 1),
    ]


def test_faces_move_between_people_and_to_unsorted(album) -> None:
    one, two, three = album.fill(1, 3)[0]
    first, second = album.group([one, two], [three])
    done = assign_faces(album.library, Assignments({one: second, two: None, three: second}))
    assert (done.people, done.changes.faces, done.changes.people) == ((), {one, two}, {first, second})
    assert album.person_of(one) == (second, Source.CLUSTER)
    assert album.person_of(two) == (None, None)


def test_what_a_person_said_is_out_of_reach(album) -> None:
    told, from_file, ignored, rejected, free = album.fill(1, 5)[0]
    mine, other = album.group([told, from_file], [free])
    confirm_faces(album.library, mine, [told])
    with album.library.write() as transaction:
        transaction.connection.exec_driver_sql(f"UPDATE faces SET source = 'METADATA' WHERE id = {from_file}")
    ignore_faces(album.library, [ignored])
    reject_faces(album.library, other, [rejected])
    wanted = dict.fromkeys([told, from_file, ignored, rejected], other)
    done = assign_faces(album.library, Assignments(wanted))
    assert not done.changes
    assert album.person_of(told) == (mine, Source.USER)
    assert album.person_of(from_file) == (mine, Source.METADATA)
    assert album.person_of(rejected) == (None, None)


def test_a_group_of_which_nothing_may_move_makes_nobody(album) -> None:
    one, two = album.fill(1, 2)[0]
    (person,) = album.group([one])
    confirm_faces(album.library, person, [one])
    done = assign_faces(album.library, Assignments({}, [[one], [one, two]]))
    assert done.people[0] is None
    assert album.person_of(two) == (done.people[1], Source.CLUSTER)
    assert album.person_of(one) == (person, Source.USER)


def test_a_person_merged_away_since_is_passed_over(album) -> None:
    one, two, three = album.fill(1, 3)[0]
    first, second = album.group([one], [two])
    merge_people(album.library, first, [second])
    assert not assign_faces(album.library, Assignments({three: second})).changes


def test_an_accepted_preview_can_be_undone(album) -> None:
    one, two, three = album.fill(1, 3)[0]
    first, second = album.group([one, two], [three])
    before = face_rows(album.library)
    done = apply_assignments(album.library, Assignments({three: first}, [[two]]))
    assert [(step.label, step.rows) for step in history(album.library)] == [("Apply a new grouping", 3)]
    assert done.changes.people == {first, second, done.people[0]}
    assert undo(album.library).changes == done.changes
    assert face_rows(album.library) == before
    assert {row.person for row in people_rows(album.library)} == {first, second}


def test_labels_and_people_can_be_one_step(album) -> None:
    (one,) = album.fill(1, 1)[0]
    with album.library.edit("Split a group") as edit:
        write_clusters(edit, np.array([one]), np.array([9]))
        (person,) = write_assignments(edit, Assignments({}, [[one]]))
    assert edit.changes.faces == {one}
    assert album.person_of(one) == (person, Source.CLUSTER)
    assert len(history(album.library)) == 1


def test_only_people_whom_nothing_refers_to_are_forgotten(album) -> None:
    faces = album.fill(1, 6)[0]
    unused, rejected, distinct, other, named, undoable = album.group(*([face] for face in faces))
    reject_faces(album.library, rejected, [faces[0]])
    mark_distinct(album.library, distinct, other)
    name_person(album.library, named, "Ada")
    with album.library.write() as transaction:
        transaction.connection.exec_driver_sql(
            "UPDATE faces SET person_id = NULL, source = NULL WHERE source = 'CLUSTER'"
        )
    confirm_faces(album.library, undoable, [faces[5]])
    ignore_faces(album.library, [faces[5]])
    assert forget_empty_people(album.library).people == {unused}
    assert forget_empty_people(album.library).people == set()
    undo(album.library)
    assert album.person_of(faces[5]) == (undoable, Source.USER)


def test_thousands_of_faces_in_one_go(album) -> None:
    album.fill(500, 8)
    faces = [row.face for row in face_rows(album.library)]
    people = album.group(*(faces[start::50] for start in range(50)))
    assert len(people) == 50
    assert {row.faces for row in people_rows(album.library)} == {80}
