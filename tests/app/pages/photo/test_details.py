"""What is known of a photo's file fits beside the photo, whatever the file is called."""

from dataclasses import replace
from pathlib import Path

from engine.library.queries import photos_by_id
from tests.app.drawn import DrawnLibrary
from tests.app.pages.photo.hand import PhotoHand


def test_a_long_name_without_blanks_is_not_cut_off(hand: PhotoHand, drawn: DrawnLibrary) -> None:
    side, photo = hand.page.side, photos_by_id(drawn.library, drawn.photos[:1])[drawn.photos[0]]
    name = "13_Interview_Interview_On_Location_With_Everybody_13_302.jpg"
    side.show_details(replace(photo, path=Path("/pictures/2019 Summer") / name), 1000)
    shown = side.details.text().splitlines()
    measure, room = side.details.fontMetrics(), side.details.contentsRect().width()
    assert all(measure.horizontalAdvance(word) <= room for line in shown for word in line.split())
    assert shown[0].endswith("302.jpg")
    assert shown[1] == "/pictures/2019 Summer"
    assert name in side.details.accessibleName()
