"""Faces of a person who may be two stand among the doubtful ones, with the way to the question about them."""

from collections.abc import Callable

import pytest

from app.pages.problems.page import ProblemsPage
from app.pages.problems.problem import ProblemKind
from app.session.navigation import Place
from engine.library import edits
from engine.library.clusters import Assignments, assign_faces
from tests.app.drawn import DrawnLibrary, name_people
from tests.app.pages.person.hand import PersonHand

Open = Callable[[int], PersonHand]


@pytest.fixture
def two_in_one(drawn: DrawnLibrary) -> DrawnLibrary:
    """The machine has given six faces of somebody else to Ada."""
    name_people(drawn, "Ada")
    assign_faces(drawn.library, Assignments(moves=dict.fromkeys(drawn.faces[1], drawn.people[0])))
    return drawn


def test_they_are_doubtful_and_lead_to_the_question(open_person: Open, two_in_one: DrawnLibrary) -> None:
    ada = two_in_one.people[0]
    hand = open_person(ada)
    hand.wait_until(hand.page.faces.two.isVisible)
    assert hand.page.faces.two.text.text() == "This may be two people: 6 faces of the suggestions are doubtful."
    assert ("Doubtful", 6) in hand.sections()
    assert not hand.page.acts["confirm_all"].isEnabled()
    hand.click_button(hand.page.faces.two, "Is this one person?")
    problems = hand.page_of("problems", ProblemsPage)
    hand.wait_until(lambda: problems.list.current() is not None)
    assert hand.window.context.navigator.here == Place("problems", ada)
    chosen = problems.list.current()
    assert chosen is not None
    assert (chosen.kind, chosen.ids) == (ProblemKind.TWO_IN_ONE, (ada,))


def test_nothing_is_said_once_it_is_decided(open_person: Open, two_in_one: DrawnLibrary) -> None:
    hand = open_person(two_in_one.people[0])
    hand.wait_until(hand.page.faces.two.isVisible)
    edits.split_off(two_in_one.library, two_in_one.faces[1])
    hand.wait_until(lambda: not hand.page.faces.two.isVisible())


def test_suggestions_of_one_person_are_not_doubted_so(open_person: Open, drawn: DrawnLibrary) -> None:
    name_people(drawn, "Ada")
    hand = open_person(drawn.people[0])
    assert not hand.page.faces.two.isVisible()
