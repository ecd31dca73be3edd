from dataclasses import replace

import numpy as np
import pytest

from engine.by_quality import ByQuality
from engine.clustering.answer_probability import personal_calibration
from engine.clustering.likeness import Faces
from engine.clustering.questions import Answers, QuestionKind, ReasonAgainst, Sorted, face_key, people_key
from engine.clustering.suggest import next_questions
from engine.clustering.wanted import Wanted
from engine.similarity import Calibration


@pytest.fixture
def library(crowd):
    """Person 1 is confirmed, 2 and 3 are parts of the same; 4 is somebody else, and so is the last face, unsorted."""
    known = crowd([26, 7], noise=0.9)
    people = np.array([1] * 12 + [2] * 8 + [3] * 6 + [4] * 6 + [-1])
    confirmed = people == 1
    confirmed[3:] = False
    return Sorted(Faces.of(known.vectors), people, confirmed, np.ones(33, np.float32))


def ask(state, calibration, answers=None, limit=50):
    wanted = Wanted(limit=limit)
    return next_questions(state, answers or Answers(), calibration=calibration, wanted=wanted).questions


def test_the_answer_that_settles_most_comes_first(library, calibration):
    first, second, *rest = ask(library, calibration)
    assert (first.kind, first.person, first.other, first.settles) == (QuestionKind.IS_THIS, 2, 1, 8)
    assert first.probability > 0.9
    assert set(first.examples) <= {0, 1, 2}
    assert {second.person, second.other} <= {1, 2, 3}
    assert [question.face for question in rest if question.face >= 0][:1] == [32]
    assert ask(library, calibration, limit=1) == (first,)


def test_nothing_is_asked_twice_nor_after_a_no(library, calibration):
    asked = frozenset({people_key(1, 2), face_key(32, 4)})
    told = Answers(rejected=np.array([[20, 1]]), distinct=np.array([[3, 2]]), asked=asked)
    assert ask(library, calibration, told) == ()


def test_a_refusal_lasts_when_the_face_is_alone(library, calibration):
    keys = [question.key for question in ask(library, calibration, Answers(rejected=np.array([[32, 4]])))]
    assert face_key(32, 4) not in keys


def test_the_confirmed_side_takes_the_others_in(library, calibration):
    people = np.where(library.people == 1, 2, library.people)
    people[:2] = 1
    state = Sorted(library.faces, people, library.confirmed & (people == 1), library.quality)
    question = ask(state, calibration)[0]
    assert (question.person, question.other, question.settles) == (2, 1, 18)


def test_what_speaks_against_is_said(library, calibration):
    photos = np.arange(33)
    photos[13] = 0
    days = np.where(library.people == 2, 9000.0, 1000.0)
    quality = np.where(library.people == 2, 0.1, 1.0).astype(np.float32)
    state = Sorted(Faces.of(library.faces.vectors, photos, days), library.people, library.confirmed, quality)
    question = next(asked for asked in ask(state, calibration) if asked.key == people_key(1, 2))
    assert set(question.against) == set(ReasonAgainst)
    assert question.probability < 0.11


def test_nobody_to_ask_about(library, calibration):
    nobody = Sorted(library.faces, np.full(33, -1), library.confirmed, library.quality)
    assert ask(nobody, calibration) == ()


def test_the_card_stands_until_there_are_answers(calibration):
    none = personal_calibration(calibration, np.empty(0), np.empty(0, bool))
    assert none.slope == pytest.approx(calibration.slope, rel=1e-4)
    assert none.intercept == pytest.approx(calibration.intercept, rel=1e-4)


def test_answers_move_the_probability(calibration):
    rng = np.random.default_rng(0)
    similarity = rng.uniform(0.2, 0.8, 400)
    same = similarity > 0.55
    learnt = personal_calibration(calibration, similarity, same)
    assert learnt.same_probability(0.45) < 0.3 < 0.9 < calibration.same_probability(0.45)
    assert learnt.impostor_tail == calibration.impostor_tail


def test_answers_move_it_at_any_quality(calibration):
    rows = ((0.0, 0.8, -2.0, 4.0, -1.3), (0.8, 1.0, -3.0, 14.0, -2.0), (1.0, 1.0, -6.0, 14.0, -2.0))
    graded = replace(calibration, by_quality=ByQuality(rows))
    doubtful, worth = np.full(60, 0.35), np.full(60, 0.2)
    before = graded.probability(doubtful[:1], 0.2)
    refused = personal_calibration(graded, doubtful, np.zeros(60, bool), worth)
    confirmed = personal_calibration(graded, doubtful, np.ones(60, bool), worth)
    assert refused.probability(doubtful[:1], 0.2) < before < confirmed.probability(doubtful[:1], 0.2)


def test_answers_that_all_agree_leave_a_rising_curve(calibration):
    rejected = personal_calibration(calibration, np.full(200, 0.6), np.zeros(200, bool))
    assert rejected.slope > 0
    assert 0 < rejected.same_probability(0.6) < 0.2
    with pytest.raises(ValueError, match="answers"):
        personal_calibration(calibration, np.zeros(2), np.zeros(1, bool))


def test_those_with_bad_faces_only_come_last(library, calibration):
    quality = np.where(library.people == 2, 0.2, 1.0).astype(np.float32)
    asked = ask(Sorted(library.faces, library.people, library.confirmed, quality), calibration)
    poor = [2 in (question.person, question.other) for question in asked]
    assert True in poor
    assert poor == sorted(poor)


def test_who_shares_a_photo_is_not_asked_about_at_a_few_in_a_hundred(library, calibration):
    photos = np.arange(33)
    photos[13] = 0
    shared = Sorted(Faces.of(library.faces.vectors, photos), library.people, library.confirmed, library.quality)
    unlike = Calibration(calibration.impostor_tail, calibration.slope, calibration.intercept - 8)
    for state, least in ((shared, 0.06), (library, 0.02)):
        against = [one for one in ask(state, unlike) if ReasonAgainst.SAME_PHOTO in one.against]
        assert all(one.probability >= least for one in against)
    assert people_key(1, 2) in [one.key for one in ask(shared, calibration)]


def test_two_who_have_different_names_are_asked_about_only_where_they_are_all_but_surely_one(library, calibration):
    two = people_key(1, 2)
    unsure = Sorted(library.faces, library.people, library.confirmed, library.quality)
    assert two in {question.key for question in ask(unsure, calibration, Answers(names={1: "ada", 2: "ada"}))}
    less = replace(calibration, intercept=calibration.intercept - 0.4 * calibration.slope)
    chances = {question.key: question.probability for question in ask(unsure, less)}
    named = {question.key for question in ask(unsure, less, Answers(names={1: "ada", 2: "bo"}))}
    assert (two in named) == (chances.get(two, 0) >= 0.9)


def test_a_few_questions_are_the_first_of_all(calibration):
    """However many people there are: pairs that cannot be among the first are not compared for these."""
    rng = np.random.default_rng(3)
    sizes = rng.integers(1, 12, 500)
    people = np.append(np.repeat(np.arange(500), sizes), np.full(200, -1))
    # Two people in a row are one.
    true = np.append(np.repeat(np.arange(500) // 2, sizes), rng.integers(0, 250, 200))
    vectors = rng.normal(size=(250, 64))[true] + rng.normal(size=(len(true), 64))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    quality = rng.uniform(0.1, 1, len(people)).astype(np.float32)
    state = Sorted(Faces.of(vectors.astype(np.float32)), people, rng.random(len(people)) < 0.1, quality)
    everything = ask(state, calibration, limit=100_000)
    assert len(everything) > 200
    for limit in (1, 7, 100):
        assert [question.key for question in ask(state, calibration, limit=limit)] == [
            question.key for question in everything[:limit]
        ]
