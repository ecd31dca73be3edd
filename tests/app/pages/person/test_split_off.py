"""A few wrong faces: who goes with them is proposed, adjusted and accepted."""

from PySide6.QtCore import Qt

from engine.library.answers import rejections
from engine.library.clusters import Assignments, assign_faces
from engine.library.history import history, undo
from engine.library.queries import faces_by_id, people_names
from engine.library.states import Source
from tests.app.drawn import name_people

Key = Qt.Key


def begin(open_person, drawn):
    """Let the machine put all of the third's faces with Ada, and name two of them as wrong."""
    name_people(drawn, "Ada", "Bo")
    wrong = drawn.faces[2]
    assign_faces(drawn.library, Assignments(moves=dict.fromkeys(wrong, drawn.people[0])))
    hand = open_person(drawn.people[0])
    hand.choose(*wrong[:2])
    hand.press(Key.Key_S)
    panel = hand.page.splitting.panel
    assert panel.isVisible()
    return hand, panel, wrong


def test_the_proposal_is_everybody_who_goes_with_them(open_person, drawn, settle):
    hand, panel, wrong = begin(open_person, drawn)
    assert panel.faces() == sorted(wrong)
    assert panel.leaving.heading.text() == "Somebody else  ·  4 faces"
    assert panel.staying.heading.text() == "Stay with Ada  ·  9 faces"
    hand.click_button(panel, "Split off 4 faces")
    (person,) = {row.person for row in faces_by_id(drawn.library, wrong).values()}
    assert person not in drawn.people
    assert sorted(rejections(drawn.library).tolist()) == sorted([face, drawn.people[0]] for face in wrong)
    assert hand.grid.isVisible()
    assert sorted(hand.faces()) == sorted(drawn.faces[0])
    undo(drawn.library)
    settle()
    assert len(hand.faces()) == 13


def test_a_click_moves_a_face_to_the_other_side_and_a_name_is_given(open_person, drawn):
    hand, panel, wrong = begin(open_person, drawn)
    stays = drawn.faces[0][0]
    for side, face in ((panel.staying, stays), (panel.leaving, wrong[-1])):
        rect = side.grid.visualRect(side.model.index(side.model.row_of(face)))
        hand.click_on(side.grid.viewport(), rect.center())
    assert panel.faces() == sorted([*wrong[:-1], stays])
    panel.who.edit.setFocus()
    hand.type("Cleo")
    hand.press(Key.Key_Return)
    (person,) = {row.person for row in faces_by_id(drawn.library, [*wrong[:-1], stays]).values()}
    assert people_names(drawn.library)[person] == "Cleo"
    # Nobody said whose it is: the machine may think that it is Cleo's, too.
    assert faces_by_id(drawn.library, wrong)[wrong[-1]].source == Source.CLUSTER


def test_they_can_be_somebody_who_is_known(open_person, drawn):
    hand, panel, wrong = begin(open_person, drawn)
    panel.who.edit.setFocus()
    hand.type("Bo")
    hand.press(Key.Key_Return)
    assert {row.person for row in faces_by_id(drawn.library, wrong).values()} == {drawn.people[1]}


def test_enter_on_a_face_moves_it_and_esc_changes_nothing(open_person, drawn):
    hand, panel, wrong = begin(open_person, drawn)
    before = len(history(drawn.library))
    panel.leaving.grid.setCurrentIndex(panel.leaving.model.index(0))
    hand.press(Key.Key_Return)
    assert len(panel.faces()) == len(wrong) - 1
    hand.press(Key.Key_Escape)
    assert not panel.isVisible()
    assert hand.page.isVisible()
    assert len(history(drawn.library)) == before
    assert sorted(hand.grid.selected_ids()) == sorted(wrong[:2])


def test_keys_of_faces_rest_while_the_panel_is_open(open_person, drawn):
    hand, panel, wrong = begin(open_person, drawn)
    hand.press(Key.Key_Delete)
    assert {row.person for row in faces_by_id(drawn.library, wrong).values()} == {drawn.people[0]}
    assert panel.isVisible()


def test_one_wrong_face_is_too_few(open_person, drawn):
    hand = open_person(drawn.people[0])
    hand.click(drawn.faces[0][0])
    assert not hand.page.acts["split"].isEnabled()
