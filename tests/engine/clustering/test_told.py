"""What was said of pairs teaches how likely a yes is to the next question of the same kind."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.clustering.answer_probability import Leaning, leaning
from engine.clustering.expecting import without
from engine.clustering.joined import parts_joined
from engine.clustering.likeness import Faces
from engine.clustering.questions import Answers, Sorted
from engine.clustering.suggest import Found, next_questions
from engine.clustering.wanted import LIKELY, RARELY, Outlook, Wanted
from engine.models.catalog import Catalog

SPACE = Catalog(Path()).card("sface_2021dec").space
assert SPACE is not None
CALIBRATION = SPACE.calibration
PEOPLE, FACES, PARTS = 12, 6, 3
ALIKE = 0.27
"""How alike somebody's two parts are: so little that grouping leaves them apart."""


def town(joined: int) -> tuple[Sorted, Answers]:
    """Twelve people of six faces, and of each a part of three that is little like the rest; so many were joined.

    Of as many others who had a part it was said that it is not theirs, where `joined` is below zero.
    """
    rng, size = np.random.default_rng(2), 128
    centres, _ = np.linalg.qr(rng.normal(size=(size, size)))
    vectors, people, confirmed = [], [], []
    for person in range(PEOPLE):
        other = ALIKE * centres[person] + np.sqrt(1 - ALIKE**2) * centres[PEOPLE + person]
        for centre, count, owner in (
            (centres[person], FACES, person),
            (other, PARTS, person if person < joined else PEOPLE + person),
        ):
            made = centre + 0.5 * rng.normal(size=(count, size)) / np.sqrt(size)
            vectors.append(made / np.linalg.norm(made, axis=1, keepdims=True))
            people += [owner] * count
            confirmed += [owner < PEOPLE] * count
    refused = [(person, PEOPLE + person) for person in range(-joined)]
    faces = Faces.of(np.concatenate(vectors).astype(np.float32))
    state = Sorted(faces, np.array(people), np.array(confirmed), np.ones(len(people), np.float32))
    return state, Answers(distinct=np.array(refused, np.int64).reshape(-1, 2))


def asked(joined: int, wanted: Wanted | None = None) -> Found:
    state, answers = town(joined)
    return next_questions(state, answers, calibration=CALIBRATION, wanted=wanted or Wanted(least=RARELY))


def chance_of_the_last(joined: int) -> float:
    """How likely the last person's part is theirs, of whom nothing was said."""
    found = {question.person: question.probability for question in asked(joined).questions}
    return found.get(2 * PEOPLE - 1, 0.0)


def test_parts_that_grouping_leaves_apart_are_known_where_somebody_joined_them() -> None:
    state, _ = town(5)
    joined = parts_joined(state, CALIBRATION)
    found = joined.pairs
    assert joined.stands_for == 1
    assert len(found.subjects) == 5
    assert (found.faces == FACES).all()
    assert found.similarity == pytest.approx(ALIKE, abs=0.08)
    assert found.subjects.max() < -1 - state.people.max(), "they are nobody else's questions"
    assert len(parts_joined(town(0)[0], CALIBRATION).pairs.subjects) == 0


def test_a_yes_makes_others_likelier_and_a_no_less_likely() -> None:
    refused, nothing, joined = (chance_of_the_last(count) for count in (-8, 0, 8))
    assert refused < nothing < joined


def test_an_answer_bears_on_nobody_who_is_asked_about_no_more() -> None:
    state, answers = town(-3)
    keys = {(question.person, question.other) for question in asked(-3).questions}
    assert not keys & {(other, one) for one, other in answers.distinct.tolist()}
    assert len(state.people) == PEOPLE * (FACES + PARTS)


def test_what_is_less_likely_is_counted_and_asked_only_of_who_wants_it() -> None:
    everything = asked(0).questions
    likely = asked(0, Wanted())
    assert {one.key for one in likely.questions} == {one.key for one in everything if one.probability >= LIKELY}
    rest = [one.probability for one in everything if one.probability < LIKELY]
    assert likely.further.count == len(rest)
    assert likely.further.share == pytest.approx(np.mean(rest) if rest else 0)
    assert asked(8, Wanted(limit=1)).further == Outlook(), "not everything was looked at"


def test_questions_about_one_person_alone() -> None:
    found = asked(0, Wanted(least=RARELY, about=3)).questions
    assert found
    assert {3} == {one.other for one in found}
    assert asked(0, Wanted(about=99)) == Found()


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=40))
def test_leaning_keeps_the_order_and_stays_a_chance(told: list[tuple[float, bool]]) -> None:
    chance, same = np.array([chance for chance, _ in told]), np.array([same for _, same in told], bool)
    found = leaning(chance, same, np.ones(len(told)))
    moved = found.moved(np.linspace(0, 1, 30))
    assert ((moved >= 0) & (moved <= 1)).all()
    assert (np.diff(moved) >= 0).all()


def test_without_answers_nothing_is_moved() -> None:
    found = leaning(np.empty(0), np.empty(0, bool), np.empty(0))
    assert found.slope == pytest.approx(1, abs=1e-6)
    assert found.shift == pytest.approx(0, abs=1e-6)
    assert Leaning().moved(np.array([0.3])) == pytest.approx(0.3)


def test_who_is_not_the_one_is_likelier_the_other() -> None:
    left = without(np.array([0.5, 0.3, 0.2]), np.array([7, 7, 8]), np.array([True, False, False]))
    assert left == pytest.approx([0, 0.6, 0.2])


@pytest.mark.parametrize(
    ("outlook", "about", "one_in"),
    [(Outlook(), 0, 0), (Outlook(19, 0.05), 19, 20), (Outlook(44, 0.21), 40, 5), (Outlook(3, 0.9), 3, 1)],
)
def test_an_outlook_is_told_in_round_numbers(outlook: Outlook, about: int, one_in: int) -> None:
    assert (outlook.about, outlook.one_in) == (about, one_in)


def test_of_many_people_an_even_choice_is_looked_at_whole() -> None:
    people, each = 400, 30
    rng = np.random.default_rng(4)
    centres = rng.normal(size=(people, 128))
    whose = np.repeat(np.arange(people), each)
    vectors = centres[whose] + 0.9 * rng.normal(size=(len(whose), 128))
    faces = Faces.of((vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32))
    found = parts_joined(Sorted(faces, whose, np.ones(len(whose), bool), np.ones(len(whose), np.float32)), CALIBRATION)
    assert found.stands_for == 3
    assert len(found.pairs.subjects) == 0, "faces that others join to the rest are no parts"
