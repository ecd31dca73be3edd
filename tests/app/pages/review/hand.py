"""A hand on the page of questions, and a library in which there is something to ask."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from pytestqt.qtbot import QtBot

from app.pages.review.page import ReviewPage
from app.session.asked import Asked
from app.shell.main_window import MainWindow
from engine.geometry import Box
from engine.library.clusters import Assignments, assign_faces
from engine.library.indexing import PhotoScan, ScannedFace, store_scans
from engine.library.vectors import face_vectors
from tests.app.drawn import DrawnLibrary, name_people
from tests.app.hand import Hand, Key


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


def raise_page(drawn: DrawnLibrary, model: str) -> int:
    """Make the first photo a page with three pictures of one person; return its id."""
    vector = face_vectors(drawn.library, model).vectors[0].copy()
    marks = np.linspace(0.2, 0.8, 10, dtype=np.float32).reshape(5, 2)
    faces = tuple(ScannedFace(Box(0.1 + 0.3 * n, 0.2, 0.1, 0.2), marks, 0.9, 0.9, vector) for n in range(3))
    photo = drawn.photos[0]
    store_scans(drawn.library, [PhotoScan(photo, 1, 1, b"page", 640, 400, None, "yunet_2023mar", faces, model)])
    return photo


class ReviewHand(Hand):
    """A hand on the page of questions, with the first of them in sight."""

    def __init__(self, window: MainWindow, qtbot: QtBot, settle: Callable[[], None]) -> None:
        super().__init__(window, qtbot, settle)
        self.page = self.page_of("review", ReviewPage)
        self.go("review")

    @property
    def asked(self) -> Asked:
        """The question that is asked now."""
        current = self.page.questions.current
        assert current is not None
        return current

    @property
    def headline(self) -> str:
        """How the question reads."""
        return self.page.view.headline.text()

    def waiting(self) -> list[Asked]:
        """The questions that wait, the one that is asked first."""
        return list(self.page.questions.waiting)

    def give_name(self, name: str) -> None:
        """Type a name below the question."""
        self.press(Key.Key_F2)
        assert self.page.view.name.hasFocus()
        self.type(name)
        self.press(Key.Key_Return)
