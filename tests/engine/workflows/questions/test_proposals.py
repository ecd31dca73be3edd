"""What may be confirmed by one yes, and whose name a group is shown with."""

from typing import Any

import numpy as np

from engine.library.edits import hide_people, mark_distinct, name_person, reject_faces
from engine.library.queries import face_rows
from engine.workflows.questions.doubtful import doubtful_people
from engine.workflows.questions.proposals import offered_faces, proposed_names, waiting_faces

Album = Any


def faces_of(photos: Album, who: int) -> list[int]:
    return [face for face, person in photos.truth.items() if person == who]


def put(photos: Album, face_ids: list[int], person: int) -> None:
    chosen = ",".join(map(str, face_ids))
    with photos.library.write() as transaction:
        transaction.connection.exec_driver_sql(
            f"UPDATE faces SET person_id = {person}, source = 'CLUSTER', cluster_id = 1 WHERE id IN ({chosen})"
        )


def named(photos: Album, name: str) -> int:
    photos.grow()
    (person,) = photos.people_of(0)
    name_person(photos.library, person, name)
    return int(person)


def test_only_sure_faces_are_confirmed_together(photos: Album) -> None:
    photos.add([[0]] * 8)
    ada = named(photos, "Ada")
    photos.add([[0]] * 4)
    photos.add([[1]])
    fresh = [face for face in faces_of(photos, 0) if face > 8]
    put(photos, [*fresh, *faces_of(photos, 1)], ada)
    bad = fresh[0]
    with photos.library.write() as transaction:
        transaction.connection.exec_driver_sql(f"UPDATE faces SET quality = 0.1 WHERE id = {bad}")
    found = waiting_faces(photos.library, photos.card, ada)
    assert sorted(found.face_ids.tolist()) == sorted([*fresh, *faces_of(photos, 1)])
    assert found.probability.tolist() == sorted(found.probability.tolist(), reverse=True)
    assert found.face_ids[-1] == faces_of(photos, 1)[0]
    assert set(found.face_ids[found.sure].tolist()) == set(fresh) - {bad}


def test_a_face_beside_a_confirmed_one_is_not_sure(photos: Album) -> None:
    photos.add([[0, 0], [0], [0], [0]], noise=0.4)
    ada = named(photos, "Ada")
    first, second = faces_of(photos, 0)[:2]
    put(photos, [second], ada)
    found = waiting_faces(photos.library, photos.card, ada)
    assert found.face_ids.tolist() == [second]
    assert found.probability[0] > 0.97
    assert not found.sure.any()
    assert first not in found.face_ids


def test_the_part_that_may_be_somebody_else_is_not_sure(photos: Album) -> None:
    one, other = photos.directions[:2]
    photos.directions[1] = 0.35 * one + np.sqrt(1 - 0.35**2) * other
    photos.add([[0]] * 9)
    ada = named(photos, "Ada")
    known = set(faces_of(photos, 0))
    photos.add([[0]] * 4 + [[1]] * 6)
    double, fresh = faces_of(photos, 1), [face for face in faces_of(photos, 0) if face not in known]
    put(photos, [*fresh, *double], ada)
    found = waiting_faces(photos.library, photos.card, ada)
    assert [found.doubt] == doubtful_people(photos.library, photos.card)
    assert found.doubt is not None
    assert set(found.doubt.part_face_ids) == set(double)
    assert set(found.face_ids[found.sure].tolist()) == set(fresh)
    hide_people(photos.library, [ada])
    assert waiting_faces(photos.library, photos.card, ada).doubt is None, "nobody asks about hidden people"


def test_a_group_is_shown_with_the_likeliest_name(photos: Album) -> None:
    photos.add([[0]] * 8 + [[1]] * 4)
    ada = named(photos, "Ada")
    photos.add([[0]] * 3)
    with photos.library.write() as transaction:
        transaction.connection.exec_driver_sql("INSERT INTO people (id, hidden, created_at) VALUES (77, 0, 0)")
    group = [face for face in faces_of(photos, 0) if face > 8][-3:]
    put(photos, group, 77)
    names = proposed_names(photos.library, photos.card)
    assert list(names) == [77]
    assert names[77].person == ada
    assert names[77].probability > 0.9
    reject_faces(photos.library, ada, group[:1])
    put(photos, group[:1], 77)
    assert proposed_names(photos.library, photos.card) == {}


def test_nobody_told_apart_or_hidden_is_proposed(photos: Album) -> None:
    photos.add([[0]] * 8)
    ada = named(photos, "Ada")
    photos.add([[0]] * 3)
    with photos.library.write() as transaction:
        transaction.connection.exec_driver_sql("INSERT INTO people (id, hidden, created_at) VALUES (77, 0, 0)")
    put(photos, [row.face for row in face_rows(photos.library) if row.person is None], 77)
    assert list(proposed_names(photos.library, photos.card)) == [77]
    mark_distinct(photos.library, ada, 77)
    assert proposed_names(photos.library, photos.card) == {}
    hide_people(photos.library, [ada])
    assert proposed_names(photos.library, photos.card) == {}


def test_refused_faces_are_offered_to_their_next_person(photos: Album) -> None:
    photos.add([[0], [1]] * 8)
    ada = named(photos, "Ada")
    (bo,) = photos.people_of(1)
    name_person(photos.library, bo, "Bo")
    photos.add([[1]] * 3 + [[5]])
    theirs = faces_of(photos, 1)[-3:]
    put(photos, theirs, ada)
    reject_faces(photos.library, ada, theirs)
    found = offered_faces(photos.library, photos.card)
    assert sorted(found.face_ids.tolist()) == theirs
    assert set(found.people.tolist()) == {bo}
    assert found.probability.tolist() == sorted(found.probability.tolist(), reverse=True)
    reject_faces(photos.library, bo, theirs[:1])
    assert theirs[0] not in offered_faces(photos.library, photos.card).face_ids
    hide_people(photos.library, [bo])
    assert not len(offered_faces(photos.library, photos.card).face_ids)


def test_nobody_is_offered_a_face_beside_a_confirmed_one(photos: Album) -> None:
    photos.add([[0, 0], *([[0]] * 7)], noise=0.4)
    named(photos, "Ada")
    first, second = faces_of(photos, 0)[:2]
    with photos.library.write() as transaction:
        transaction.connection.exec_driver_sql(f"UPDATE faces SET person_id = NULL, source = NULL WHERE id = {second}")
    assert first != second
    assert not len(offered_faces(photos.library, photos.card).face_ids)
