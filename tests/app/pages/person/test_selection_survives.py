"""What is selected on a person's page stays selected while other things change."""

from engine.library.clusters import Assignments, assign_faces
from engine.library.edits import confirm_faces, reject_faces
from engine.library.queries import unsorted_face_rows
from tests.app.pages.person.hand import suggest


def test_faces_that_come_and_go_leave_the_selection(open_person, drawn, settle):
    suggest(drawn)
    hand = open_person(drawn.people[0])
    hand.choose(drawn.faces[0][3], drawn.faces[0][5], drawn.faces[0][7])
    chosen = set(hand.grid.selected_ids())
    assert len(chosen) == 3
    unsorted = [row.face for row in unsorted_face_rows(drawn.library)]
    assign_faces(drawn.library, Assignments(moves=dict.fromkeys(unsorted, drawn.people[0])))
    reject_faces(drawn.library, drawn.people[0], drawn.faces[0][:2])
    confirm_faces(drawn.library, drawn.people[0], drawn.faces[0][6:8])
    settle()
    assert set(unsorted) <= set(hand.faces())
    assert set(hand.grid.selected_ids()) == chosen
    assert hand.page.faces.bar.count.text() == "3 faces"
