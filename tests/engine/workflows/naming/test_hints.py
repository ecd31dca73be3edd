"""Names without boxes: a face in their photo is sooner taken for theirs, or asked about."""

import pytest

from engine.library import edits
from engine.library.clusters import Assignments, assign_faces, ungrouped_faces
from engine.library.library import Library
from engine.library.mentions import ReadPhoto, fully_named, open_hints, place_left_over, store_mentions
from engine.library.queries import face_rows, faces_by_id, unsorted_face_rows
from engine.library.states import Source
from engine.metadata.mentions import Mention, PhotoMentions
from engine.models.chosen import calibration_of
from engine.progress import finish
from engine.workflows.grouping.clustering_input import placed_faces
from engine.workflows.grouping.recluster import recluster
from engine.workflows.naming.hints import hinted_faces, place_hinted
from engine.workflows.questions.suggestions import suggestions
from tests.engine.workflows.conftest import Album


def said(library: Library, photo: int, *names: str) -> None:
    mentions = PhotoMentions(tuple(Mention(name) for name in names))
    store_mentions(library, [ReadPhoto(photo, "stamp", mentions)])


def add(photos: Album, *people: int) -> list[int]:
    """Store one photo of these made-up people; return the ids of their faces."""
    known = set(photos.truth)
    photos.add([people])
    return sorted(set(photos.truth) - known)


@pytest.fixture
def ada(library: Library, photos: Album) -> int:
    """Somebody of six confirmed faces, of whom the machine knows what they look like."""
    faces = [face for _ in range(6) for face in add(photos, 0)]
    return edits.split_off(library, faces, "Ada").person_id


def photo_of(library: Library, face: int) -> int:
    return faces_by_id(library, [face])[face].photo_id


def test_a_name_says_of_which_photo_and_person_it_is_a_hint(library: Library, photos: Album, ada: int) -> None:
    one, _ = add(photos, 0, 1)
    said(library, photo_of(library, one), "Ada", "Nobody here")
    assert open_hints(library) == [(photo_of(library, one), ada)]
    edits.confirm_faces(library, ada, [one])
    assert open_hints(library) == []


def test_a_name_makes_a_face_likelier(library: Library, photos: Album, ada: int) -> None:
    one, other = add(photos, 0, 1)
    said(library, photo_of(library, one), "Ada", "Grace")
    faces = placed_faces(library, photos.card)
    found = hinted_faces(library, faces, calibration_of(photos.card))
    assert [int(faces.face_ids[each.row]) for each in found] == [one, other]
    assert found[0].person == ada
    assert found[0].chance > 0.9
    assert found[1].chance < 0.1


def test_what_is_sure_is_placed_once_a_photo(library: Library, photos: Album, ada: int) -> None:
    one, other = add(photos, 0, 1)
    said(library, photo_of(library, one), "Ada", "Grace")
    finish(place_hinted(library, photos.card))
    assert {row.face for row in face_rows(library, ada)} >= {one}
    assert [row.face for row in unsorted_face_rows(library)] == [other]


def test_a_refused_face_is_not_placed(library: Library, photos: Album, ada: int) -> None:
    one, _ = add(photos, 0, 1)
    said(library, photo_of(library, one), "Ada", "Grace")
    edits.reject_faces(library, ada, [one])
    finish(place_hinted(library, photos.card))
    assert one in {row.face for row in unsorted_face_rows(library)}


def test_without_a_hint_nothing_is_loaded_or_placed(library: Library, photos: Album, ada: int) -> None:
    add(photos, 0, 1)
    assert not finish(place_hinted(library, photos.card))


def test_a_group_in_a_named_photo_is_asked_about_as_a_whole(library: Library, photos: Album, ada: int) -> None:
    faces = [add(photos, 0, 3)[0] for _ in range(3)]
    (group,) = assign_faces(library, Assignments(groups=[faces])).people
    before = {(one.person, one.other): one.probability for one in suggestions(library, photos.card).questions}
    for face in faces:
        said(library, photo_of(library, face), "Ada", "Grace")
    after = {(one.person, one.other): one for one in suggestions(library, photos.card).questions}
    asked = after[group, ada]
    assert asked.settles == 3
    assert asked.probability >= before.get((group, ada), 0.0)
    assert set(asked.examples) <= {row.face for row in face_rows(library, ada)}


def faces_of_person(library: Library, person: int) -> set[int]:
    return {row.face for row in face_rows(library, person)}


def test_who_is_not_named_in_a_photo_that_names_everybody_is_not_put_there(
    library: Library, photos: Album, ada: int
) -> None:
    (twin,) = add(photos, 0)
    finish(recluster(library, photos.card))
    assert twin in faces_of_person(library, ada), "by its looks it is Ada's"
    (other,) = add(photos, 0)
    said(library, photo_of(library, other), "Grace")
    edits.reject_faces(library, edits.split_off(library, add(photos, 5), "Grace").person_id, [other])
    finish(recluster(library, photos.card))
    assert other not in faces_of_person(library, ada), "the photo says who is in it, and Ada is not"


def test_a_photo_that_names_fewer_than_it_shows_rules_nobody_out(library: Library, photos: Album, ada: int) -> None:
    one, _, _ = add(photos, 0, 1, 2)
    said(library, photo_of(library, one), "Grace", "Joan")
    assert fully_named(library) == {}
    finish(recluster(library, photos.card))
    assert one in faces_of_person(library, ada)


def test_names_that_come_later_are_ground_to_look_again(library: Library, photos: Album, ada: int) -> None:
    one, other = add(photos, 0, 1)
    finish(recluster(library, photos.card))
    assert one in faces_of_person(library, ada)
    said(library, photo_of(library, one), "Grace", "Joan")
    assert {one, other} <= set(ungrouped_faces(library))
    finish(recluster(library, photos.card))
    assert one not in faces_of_person(library, ada)


def test_one_face_and_one_name_that_are_left_are_one(library: Library, photos: Album, ada: int) -> None:
    one, other = add(photos, 0, 1)
    said(library, photo_of(library, one), "Ada", "Grace")
    assert not place_left_over(library)
    edits.confirm_faces(library, ada, [one])
    assert place_left_over(library).faces == {other}
    row = faces_by_id(library, [other])[other]
    assert (row.name, row.source) == ("Grace", Source.METADATA)
    assert open_hints(library) == []
    said(library, photo_of(library, one), "Ada")
    assert faces_by_id(library, [other])[other].name is None, "a name that is gone takes its placement back"


def test_what_was_refused_or_set_aside_is_left_to_nobody(library: Library, photos: Album, ada: int) -> None:
    one, other = add(photos, 0, 1)
    said(library, photo_of(library, one), "Ada", "Grace")
    edits.confirm_faces(library, ada, [other])
    grace = edits.split_off(library, add(photos, 4), "Grace").person_id
    edits.reject_faces(library, grace, [one])
    assert not place_left_over(library)
    edits.ignore_faces(library, [one])
    assert not place_left_over(library)
