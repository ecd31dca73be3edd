"""Nothing likely is left to ask: less likely questions are offered, and asked of whoever wants to go on."""

from collections.abc import Callable

import pytest

from app.widgets.entry_delegate import AT_END
from engine.library.answers import rejections
from engine.library.queries import face_rows
from tests.app.drawn import DrawnLibrary, make_alike, name_people
from tests.app.hand import SHIFT, Key
from tests.app.pages.review.hand import ReviewHand

UNLIKE = 0.18
"""So alike somebody, faces that share their photos are worth no question unasked for, and one to who wants to go on."""


@pytest.fixture
def hand(drawn: DrawnLibrary, open_review: Callable[[], ReviewHand]) -> ReviewHand:
    """Three faces of nobody are a little like Ada."""
    name_people(drawn, "Ada", "Bo", "Cleo", "Dora")
    make_alike(drawn, [row.face for row in face_rows(drawn.library) if row.person is None], 0, UNLIKE)
    return open_review()


def counted(hand: ReviewHand) -> str:
    """What stands beside Review in the sidebar."""
    return str(hand.window.sidebar.pages.item(1).data(AT_END) or "")


def test_less_likely_questions_are_offered_and_not_asked(hand: ReviewHand) -> None:
    empty = hand.page.empty
    assert hand.page.questions.current is None
    assert empty.headline.text() == "Nothing more is likely"
    assert empty.sentence.text() == "3 more questions could be asked; perhaps one in 18 is a yes."
    steps = ("Name the largest groups", "Ask me those, too")
    assert (empty.button.text(), empty.other.text()) == steps, "not one yes is to be expected"
    assert empty.other.isVisible()
    assert not hand.page.further.isVisible()
    assert counted(hand) == ""


def test_whoever_goes_on_is_asked_them_until_none_are_left(hand: ReviewHand, drawn: DrawnLibrary) -> None:
    hand.click_on(hand.page.empty.other)
    assert hand.headline == "Is this Ada?"
    assert hand.page.view.isVisible()
    assert "one in 18" in hand.page.further.said.text()
    assert counted(hand) == "", "they are no work that waits"
    for _ in range(3):
        hand.press(Key.Key_N)
    assert len(rejections(drawn.library)) == 3
    assert hand.page.empty.headline.text() == "Nothing left to ask"
    assert not hand.page.further.isVisible()
    hand.press(Key.Key_Z)
    assert hand.headline == "Is this Ada?"


def test_one_key_ends_it(hand: ReviewHand) -> None:
    hand.click_on(hand.page.empty.other)
    assert hand.page.further.isVisible()
    hand.press(Key.Key_L, SHIFT)
    assert not hand.page.further.isVisible()
    assert hand.page.empty.headline.text() == "Nothing more is likely"


def test_it_ends_with_the_visit_and_goes_on_after_a_look_at_a_photo(hand: ReviewHand) -> None:
    hand.click_on(hand.page.empty.other)
    photo = hand.asked.shown[0].photo_id
    hand.go("photo", photo)
    hand.window.context.navigator.back()
    hand.settle()
    assert hand.page.view.isVisible()
    hand.go("people")
    hand.go("review")
    assert hand.page.empty.headline.text() == "Nothing more is likely"
    assert hand.page.questions.current is None


def test_the_first_step_leads_to_the_groups(hand: ReviewHand) -> None:
    hand.click_on(hand.page.empty.button)
    assert hand.here is not None
    assert hand.here.page == "people"
