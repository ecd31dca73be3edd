"""Who else may be a person, down to those to whom a yes is unlikely."""

from typing import Any

from engine.clustering.wanted import RARELY
from engine.library.clusters import Assignments, assign_faces
from engine.library.edits import name_person, reject_faces
from engine.workflows.questions.candidates import candidates

Album = Any


def test_a_group_and_a_face_of_the_person_are_candidates_and_others_are_not(photos: Album) -> None:
    photos.add([[person] for _ in range(6) for person in range(3)] + [[0]] * 3)
    theirs = [[face for face, who in photos.truth.items() if who == person] for person in range(3)]
    groups = [theirs[0][:6], theirs[1], theirs[2], theirs[0][6:8]]
    ada, bo, cleo, group = assign_faces(photos.library, Assignments(groups=groups)).people
    for person, name in ((ada, "Ada"), (bo, "Bo"), (cleo, "Cleo")):
        name_person(photos.library, person, name)
    found = candidates(photos.library, photos.card, ada)
    assert {frozenset(one.face_ids) for one in found} == {frozenset(theirs[0][6:8]), frozenset(theirs[0][8:])}
    assert all(one.probability >= RARELY for one in found)
    assert [one.probability for one in found] == sorted((one.probability for one in found), reverse=True)
    assert candidates(photos.library, photos.card, bo) == []
    assert len(candidates(photos.library, photos.card, ada, limit=1)) == 1
    reject_faces(photos.library, bo, theirs[0][8:])
    assert len(candidates(photos.library, photos.card, ada)) == 2, "a no to Bo says nothing against Ada"
    reject_faces(photos.library, ada, theirs[0][8:])
    assert [set(one.face_ids) for one in candidates(photos.library, photos.card, ada)] == [set(theirs[0][6:8])]
    assert group is not None
