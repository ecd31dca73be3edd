"""Finding more of a person: candidates, the likeliest first, several of whom are answered at once."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.pages.person.page import PersonPage
from app.shell.main_window import MainWindow
from engine.library import edits
from engine.library.answers import rejections
from engine.library.clusters import Assignments, assign_faces
from engine.library.queries import face_rows, faces_by_id
from engine.library.states import Source
from tests.app.drawn import DrawnLibrary, make_alike, name_people
from tests.app.faces.hand import FacesHand
from tests.app.hand import Key


class FindHand(FacesHand):
    """A hand on the candidates for a person."""

    def __init__(self, window: MainWindow, qtbot: QtBot, settle: Callable[[], None], person: int) -> None:
        page = window.page("person")
        assert isinstance(page, PersonPage)
        self.page, self.panel = page, page.finding.panel
        super().__init__(window, qtbot, settle, self.panel.board)
        self.go("person", person)
        window.context.ground.hold()
        self.press(Key.Key_F)

    @property
    def shown(self) -> QWidget | None:
        return self.page.stack.currentWidget()


@pytest.fixture
def loose(drawn: DrawnLibrary) -> list[int]:
    """Dora and the others have names; three faces of nobody are a little like Dora, the last two of them a group."""
    name_people(drawn, "Ada", "Bo", "Cleo", "Dora")
    faces = [row.face for row in face_rows(drawn.library) if row.person is None]
    make_alike(drawn, faces[:1], 3, 0.5)
    make_alike(drawn, faces[1:], 3, 0.15)
    assign_faces(drawn.library, Assignments(groups=[faces[1:]]))
    return faces


@pytest.fixture
def hand(
    drawn: DrawnLibrary, loose: list[int], window: MainWindow, qtbot: QtBot, settle: Callable[[], None]
) -> FindHand:
    """The candidates are on the screen."""
    return FindHand(window, qtbot, settle, drawn.people[3])


def test_a_group_is_one_candidate(hand: FindHand, loose: list[int]) -> None:
    assert hand.shown is hand.panel
    assert len(hand.faces()) == 2
    assert hand.faces()[0] == loose[0]
    assert hand.spoken(loose[0]).endswith("% likely")
    assert hand.spoken(hand.faces()[1]).endswith("2 faces")


def test_yes_to_several_at_once_takes_the_group_with_them(
    hand: FindHand, loose: list[int], drawn: DrawnLibrary
) -> None:
    hand.choose(*hand.faces())
    hand.press(Key.Key_Y)
    rows = faces_by_id(drawn.library, loose).values()
    assert {(row.person, row.source) for row in rows} == {(drawn.people[3], Source.USER)}
    assert hand.panel.empty.headline.text() == "Nobody else"
    hand.undo()
    assert len(hand.faces()) == 2


def test_no_is_remembered_and_the_next_one_follows(hand: FindHand, loose: list[int], drawn: DrawnLibrary) -> None:
    hand.choose(loose[0])
    hand.press(Key.Key_N)
    assert rejections(drawn.library).tolist() == [[loose[0], drawn.people[3]]]
    assert loose[0] not in hand.faces()
    assert hand.shown is hand.panel


def test_esc_leads_back_by_one_step_each(hand: FindHand) -> None:
    hand.choose(hand.faces()[0])
    hand.press(Key.Key_Space)
    assert hand.board.preview.face is not None
    hand.press(Key.Key_Escape)
    assert hand.board.preview.face is None
    hand.press(Key.Key_Escape)
    assert hand.shown is hand.page.faces


def test_after_a_look_at_the_photo_the_candidates_are_there_again(hand: FindHand) -> None:
    hand.press(Key.Key_Return)
    assert hand.here is not None
    assert hand.here.page == "photo"
    hand.window.context.navigator.back()
    hand.settle()
    assert hand.shown is hand.panel
    assert len(hand.faces()) == 2


def test_the_page_closes_it_where_the_person_is_gone(hand: FindHand, drawn: DrawnLibrary) -> None:
    edits.merge_people(drawn.library, drawn.people[1], [drawn.people[3]])
    hand.settle()
    assert not hand.page.finding.is_open
    assert hand.shown is hand.page.gone
