"""The way back, and the list that leads from photo to photo."""

import numpy as np
from PySide6.QtWidgets import QApplication

from app.session.navigation import Navigator, Place


def test_the_trail_stays_while_photos_replace_each_other(qapp: QApplication) -> None:
    navigator = Navigator()
    navigator.go("photos")
    assert navigator.trail is None
    navigator.go("photo", 5, trail=np.array([4, 5, 6], np.int64))
    navigator.replace("photo", 6)
    assert navigator.trail is not None
    assert navigator.trail.tolist() == [4, 5, 6]
    navigator.go("person", 1)
    assert navigator.trail is None
    navigator.back()
    assert navigator.trail is not None


def test_whoever_is_returned_to_learns_what_was_seen_last(qapp: QApplication) -> None:
    navigator = Navigator()
    navigator.go("photos")
    navigator.go("photo", 5)
    navigator.replace("photo", 6)
    navigator.back()
    assert navigator.here == Place("photos")
    assert navigator.left == Place("photo", 6)
