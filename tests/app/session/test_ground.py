"""Behind every edit the machine looks again at what it placed: at once, without a word, and never twice at a time."""

from collections.abc import Callable

from app.session.context import Context
from engine.library import edits
from engine.library.clusters import ungrouped_faces
from engine.library.queries import face_rows, people_rows
from tests.app.drawn import DrawnLibrary, alter_faces, doubt, name_people

Settle = Callable[[], None]


def people_of(drawn: DrawnLibrary, faces: list[int]) -> set[int | None]:
    return {row.person for row in face_rows(drawn.library) if row.face in faces}


def suggested_to(drawn: DrawnLibrary, person: int, faces: list[int]) -> None:
    """Confirm somebody's first face as a person; the machine puts the others there, too."""
    edits.confirm_faces(drawn.library, person, faces)
    doubt(drawn, faces[1:])


def test_an_undone_confirmation_takes_along_what_followed_it(
    context: Context, drawn: DrawnLibrary, settle: Settle
) -> None:
    name_people(drawn, "Ada")
    other, theirs = drawn.people[2], drawn.faces[2]
    suggested_to(drawn, drawn.people[0], theirs)
    context.operations.undo()
    settle()
    assert people_of(drawn, theirs) == {other}
    assert people_of(drawn, drawn.faces[0]) == {drawn.people[0]}
    assert not ungrouped_faces(drawn.library)


def test_a_refusal_takes_along_what_followed_the_face(context: Context, drawn: DrawnLibrary, settle: Settle) -> None:
    name_people(drawn, "Ada")
    theirs = drawn.faces[2]
    suggested_to(drawn, drawn.people[0], theirs)
    context.operations.reject(drawn.people[0], theirs[:1])
    settle()
    assert drawn.people[0] not in people_of(drawn, theirs)
    assert len(people_of(drawn, theirs)) == 1


def test_many_edits_are_looked_at_once(context: Context, drawn: DrawnLibrary, settle: Settle) -> None:
    context.ground.rest.setInterval(50)
    looks: list[object] = []
    context.thinking.started.connect(looks.append)
    for person in drawn.people:
        context.operations.name(person, f"Person {person}")
    settle()
    others = len(looks)
    assert context.operations.steps.undo == "Name a person"
    assert others <= 2
    assert not context.ground.busy


def test_nobody_looks_while_a_name_is_typed(context: Context, drawn: DrawnLibrary, settle: Settle) -> None:
    name_people(drawn, "Ada")
    theirs = drawn.faces[2]
    suggested_to(drawn, drawn.people[0], theirs)
    context.ground.hold()
    context.operations.reject(drawn.people[0], theirs[:1])
    settle()
    assert drawn.people[0] in people_of(drawn, theirs)
    context.ground.release()
    settle()
    assert drawn.people[0] not in people_of(drawn, theirs)


def test_what_is_doubtful_is_counted_nowhere(context: Context, drawn: DrawnLibrary, settle: Settle) -> None:
    name_people(drawn, "Ada")
    ada = drawn.people[0]
    poor = drawn.faces[0][6:]
    doubt(drawn, poor)
    alter_faces(drawn, poor, "quality = 0.3")
    context.operations.tell_apart(ada, drawn.people[1])
    settle()
    (row,) = people_rows(drawn.library, only=[ada])
    assert (row.faces, row.confirmed, row.doubtful, row.suggested) == (6, 6, 3, 3)
