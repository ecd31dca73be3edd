import numpy as np
import pytest

from engine.clustering.wanted import Wanted
from engine.library import edits
from engine.library.clusters import Assignments, assign_faces
from engine.library.queries import face_rows
from engine.workflows.grouping.clustering_input import placed_faces
from engine.workflows.questions.evidence import Evidence, suggestions_with_evidence
from engine.workflows.questions.suggestions import suggestions


@pytest.fixture
def town(photos):
    """Four named people of eight faces, a group of three more of the first, and one face of the first alone."""
    photos.add([[person] for _ in range(8) for person in range(4)] + [[0]] * 4)
    theirs = [[face for face, who in photos.truth.items() if who == person] for person in range(4)]
    groups = [theirs[0][:8], *theirs[1:], theirs[0][8:11]]
    made = assign_faces(photos.library, Assignments(groups=groups)).people
    for person, name in zip(made, ("Ada", "Bo", "Cleo", "Dora"), strict=False):
        edits.name_person(photos.library, person, name)
    photos.people, photos.group, photos.alone = made[:4], made[4], theirs[0][11]
    return photos


def about(town, *, face: int | None = None, person: int | None = None) -> Evidence:
    for asked, evidence in suggestions_with_evidence(town.library, town.card).questions:
        if asked.other == town.people[0] and (asked.face, asked.person) == (face, person):
            return evidence
    pytest.fail("nothing was asked about it")


def test_the_questions_are_those_of_suggestions(town):
    two = Wanted(limit=2)
    asked = tuple(question for question, _ in suggestions_with_evidence(town.library, town.card, two).questions)
    assert asked == suggestions(town.library, town.card, two).questions
    assert len(asked) == 2


def test_the_closest_pair_is_the_most_similar_one_that_is_shown(town):
    for question, evidence in suggestions_with_evidence(town.library, town.card).questions:
        faces = placed_faces(town.library, town.card)
        vectors = dict(zip(faces.face_ids.tolist(), faces.vectors, strict=True))
        subject = (
            [question.face]
            if question.face is not None
            else [row.face for row in face_rows(town.library, question.person)]
        )
        pairs = [(float(vectors[a] @ vectors[b]), a, b) for a in subject for b in question.examples]
        best = max(pairs)
        assert evidence.similarity == pytest.approx(best[0], abs=1e-5)
        assert evidence.closest == best[1:]


def test_a_single_face_shows_itself_a_group_its_own_faces(town):
    assert about(town, face=town.alone).shown == (town.alone,)
    shown = about(town, person=town.group).shown
    assert len(shown) == 3
    assert set(shown) <= {row.face for row in face_rows(town.library, town.group)}


def test_others_are_offered_without_those_who_were_ruled_out(town):
    _, bo, cleo, dora = town.people
    assert set(about(town, face=town.alone).likely) == {bo, cleo, dora}
    edits.mark_distinct(town.library, town.group, bo)
    assert set(about(town, person=town.group).likely) == {cleo, dora}
    edits.hide_people(town.library, [dora])
    assert set(about(town, face=town.alone).likely) == {bo, cleo}


def test_a_refused_face_waits_in_the_grid_and_is_not_asked_about(town):
    cleo = town.people[2]
    edits.reject_faces(town.library, cleo, [town.alone])
    asked = suggestions_with_evidence(town.library, town.card).questions
    assert town.alone not in {question.face for question, _ in asked}


def test_the_likeliest_other_comes_first(photos):
    photos.add([[person] for _ in range(6) for person in range(3)])
    theirs = [[face for face, who in photos.truth.items() if who == person] for person in range(3)]
    made = assign_faces(photos.library, Assignments(groups=theirs)).people
    for person, name in zip(made, ("Ada", "Bo", "Cleo"), strict=True):
        edits.name_person(photos.library, person, name)
    # Somebody between Ada and Cleo, nearer to Ada.
    photos.directions[9] = 0.6 * photos.directions[0] + 0.45 * photos.directions[2]
    photos.add([[9]], noise=0.1)
    (stranger,) = (face for face, who in photos.truth.items() if who == 9)
    asked = [one for one in suggestions_with_evidence(photos.library, photos.card).questions if one[0].face == stranger]
    first = next(evidence for question, evidence in asked if question.other == made[0])
    assert first.likely == (made[2], made[1])


def test_years_between_are_counted_in_days(town):
    with town.library.write() as transaction:
        late = int(np.datetime64("2030-01-01", "us").astype(np.int64))
        transaction.connection.exec_driver_sql(
            "UPDATE photos SET taken_at = ? WHERE id = (SELECT photo_id FROM faces WHERE id = ?)", (late, town.alone)
        )
    assert about(town, face=town.alone).gap_days == pytest.approx(3653)
    assert about(town, person=town.group).gap_days == 0
