import numpy as np

from engine.library.clusters import Assignments, assign_faces
from engine.library.edits import ignore_faces, name_person, reject_faces
from engine.workflows.grouping.clustering_input import placed_faces
from engine.workflows.questions.likenesses import likely_people, typicality, unsorted_groups


def faces_of(photos, who: int) -> list[int]:
    return [face for face, person in photos.truth.items() if person == who]


def people(photos, *groups: list[int]) -> list[int]:
    made = assign_faces(photos.library, Assignments(groups=groups)).people
    return [person for person in made if person is not None]


def test_the_wrong_face_is_least_like_the_others(photos) -> None:
    photos.add([[0]] * 6 + [[1]])
    (wrong,) = faces_of(photos, 1)
    (person,) = people(photos, [*faces_of(photos, 0), wrong])
    found = typicality(photos.library, photos.card, person)
    assert found.face_ids.tolist() == sorted(photos.truth)
    assert found.face_ids[found.similarity.argmin()] == wrong
    assert np.sort(found.similarity)[1] > found.similarity.min() + 0.3


def test_similarity_is_the_average_over_the_others(photos) -> None:
    photos.add([[0]] * 3)
    (person,) = people(photos, faces_of(photos, 0))
    vectors = placed_faces(photos.library, photos.card).vectors
    seen = vectors @ vectors.T
    expected = (seen.sum(axis=1) - 1) / 2
    np.testing.assert_allclose(typicality(photos.library, photos.card, person).similarity, expected, atol=1e-5)


def test_a_single_face_is_wholly_typical(photos) -> None:
    photos.add([[0]])
    (person,) = people(photos, faces_of(photos, 0))
    assert typicality(photos.library, photos.card, person).similarity.tolist() == [1.0]


def test_nobodys_faces_are_grouped_by_likeness_the_largest_first(photos) -> None:
    photos.add([[0]] * 3 + [[1]] * 5 + [[6], [3], [4]])
    people(photos, faces_of(photos, 3))
    (aside,) = faces_of(photos, 4)
    ignore_faces(photos.library, [aside])
    found = unsorted_groups(photos.library, photos.card)
    groups = [set(found.face_ids[found.labels == label].tolist()) for label in range(found.labels.max() + 1)]
    assert groups == [set(faces_of(photos, 1)), set(faces_of(photos, 0))]
    assert found.face_ids[found.labels < 0].tolist() == faces_of(photos, 6)
    assert found.labels.tolist() == [0] * 5 + [1] * 3 + [-1]
    assert not found.hard.any()


def set_quality(photos, faces: list[int], quality: float) -> None:
    with photos.library.write() as transaction:
        transaction.connection.exec_driver_sql(
            f"UPDATE faces SET quality = {quality} WHERE id IN ({','.join(map(str, faces))})"
        )


def test_bad_faces_make_no_group_but_join_one(photos) -> None:
    photos.add([[0]] * 6 + [[1]] * 3)
    bad = [*faces_of(photos, 1), faces_of(photos, 0)[0]]
    set_quality(photos, bad, 0.05)
    found = unsorted_groups(photos.library, photos.card)
    assert set(found.face_ids[found.labels == 0].tolist()) == set(faces_of(photos, 0))
    assert set(found.face_ids[found.labels < 0].tolist()) == set(faces_of(photos, 1))
    assert found.hard.tolist() == [False] * 6 + [True] * 3


def test_what_can_hardly_be_recognised_comes_last(photos) -> None:
    photos.add([[0], [1], [2], [3], [4]])
    bad = [*faces_of(photos, 0), *faces_of(photos, 2)]
    set_quality(photos, bad, 0.2)
    found = unsorted_groups(photos.library, photos.card)
    assert set(found.face_ids[-2:].tolist()) == set(bad)
    assert found.hard.tolist() == [False] * 3 + [True] * 2


def test_bad_faces_are_alike_only_beside_a_good_one(photos) -> None:
    photos.add([[0]] * 2 + [[1]] * 2)
    bad = [*faces_of(photos, 1), faces_of(photos, 0)[0]]
    set_quality(photos, bad, 0.4)
    found = unsorted_groups(photos.library, photos.card)
    assert set(found.face_ids[found.labels == 0].tolist()) == set(faces_of(photos, 0))
    assert set(found.face_ids[found.labels < 0].tolist()) == set(faces_of(photos, 1))


def test_an_empty_library_has_no_groups(photos) -> None:
    found = unsorted_groups(photos.library, photos.card)
    assert len(found.face_ids) == len(found.labels) == 0


def test_the_likeliest_person_comes_first_and_refused_ones_do_not(photos) -> None:
    photos.add([[who] for who in (0, 1, 2, 3) for _ in range(4)])
    unsorted = faces_of(photos, 1)[:2]
    groups = [[face for face in faces_of(photos, who) if face not in unsorted] for who in (0, 1, 2, 3)]
    ada, bo, cleo, nameless = people(photos, *groups)
    for person, name in ((ada, "Ada"), (bo, "Bo"), (cleo, "Cleo")):
        name_person(photos.library, person, name)
    found = likely_people(photos.library, photos.card, unsorted)
    assert found[0] == bo
    assert set(found) == {ada, bo, cleo}
    assert len(likely_people(photos.library, photos.card, unsorted, limit=1)) == 1
    reject_faces(photos.library, bo, unsorted)
    assert set(likely_people(photos.library, photos.card, unsorted)) == {ada, cleo}
    assert nameless not in found


def test_without_names_nobody_is_likely(photos) -> None:
    photos.add([[0]] * 3)
    assert likely_people(photos.library, photos.card, faces_of(photos, 0)) == []
    assert likely_people(photos.library, photos.card, []) == []
