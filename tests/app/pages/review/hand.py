"""A drawn library in which there is something to ask."""

from collections.abc import Callable
from dataclasses import dataclass

from app.pages.review.page import ReviewPage
from app.shell.main_window import MainWindow
from engine.library.clusters import Assignments, assign_faces
from tests.app.drawn import DrawnLibrary, name_people


@dataclass(frozen=True)
class Open:
    """What is open about Ada: a `group` without a name of two faces, and two `faces` that are nobody's."""

    group: int
    faces: tuple[int, int]
    grouped: tuple[int, int]


def raise_questions(drawn: DrawnLibrary) -> Open:
    """Take four of the nine faces of the first person away from her and name everybody."""
    first = drawn.faces[0]
    taken = Assignments(moves=dict.fromkeys(first[:2]), groups=[first[2:4]])
    group = assign_faces(drawn.library, taken).people[0]
    assert group is not None
    name_people(drawn, "Ada", "Bo", "Cleo", "Dora")
    return Open(group, (first[0], first[1]), (first[2], first[3]))


def open_review(window: MainWindow, settle: Callable[[], None]) -> ReviewPage:
    """Go to the page and wait for its first question."""
    window.context.navigator.go("review")
    settle()
    page = window.page("review")
    assert isinstance(page, ReviewPage)
    return page
