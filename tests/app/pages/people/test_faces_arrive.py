"""While nobody is known yet, the faces that a scan finds are seen arriving."""

from app.pages.people.states import PeopleStates
from engine.library.clusters import Assignments, assign_faces
from engine.library.queries import newest_face_ids


def test_the_newest_faces_are_shown_while_nobody_is_there(window, drawn, settle):
    everybody = [face for faces in drawn.faces for face in faces]
    assign_faces(drawn.library, Assignments(moves=dict.fromkeys(everybody)))
    window.context.changed_elsewhere.emit()
    settle()
    states = window.page("people").states
    assert isinstance(states, PeopleStates)
    states.show_nobody(scanning=True)
    settle()
    newest = newest_face_ids(drawn.library, 5)
    assert len(newest) == 5
    assert newest == sorted(newest, reverse=True)
    assert states.arriving.isVisible()
    assert states.arriving.accessibleName() == "Faces that were just found"
    states.show_nobody(scanning=False)
    assert not states.arriving.isVisible()
