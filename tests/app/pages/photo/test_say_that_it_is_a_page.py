"""Whoever sees that a photo is a page with several pictures says so there, whether Kinfolk has asked or not."""

from engine.library.pages import said_of_pages
from tests.app.drawn import DrawnLibrary
from tests.app.pages.photo.hand import PhotoHand


def test_a_photo_is_called_a_page_and_one_photo_again(hand: PhotoHand, drawn: DrawnLibrary) -> None:
    photo = drawn.photos[0]
    action = hand.page.acts["page"]
    asks = action.text()
    action.trigger()
    hand.settle()
    assert said_of_pages(drawn.library) == {photo: True}
    assert action.text() != asks
    action.trigger()
    hand.settle()
    assert said_of_pages(drawn.library) == {photo: False}
    assert action.text() == asks
    hand.undo()
    hand.undo()
    assert said_of_pages(drawn.library) == {}
