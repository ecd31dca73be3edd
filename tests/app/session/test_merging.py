"""What is shown before people are made one, and what is told after it."""

from app.session.merging import merge, read_merging, telling
from engine.library.queries import FaceScope, face_index
from tests.app.drawn import DrawnLibrary, name_people


def test_numbers_and_faces_of_each_in_the_order_asked_for(drawn: DrawnLibrary) -> None:
    name_people(drawn, "Ada")
    one, other = drawn.people[1], drawn.people[0]
    merging = read_merging(drawn.library, [one, other, 99])
    assert [candidate.row.person for candidate in merging.candidates] == [one, other]
    assert merging.together == 6, "each of the six photos of one shows the other, too"
    assert merging.kept(one) == other, "a name stays"
    assert merging.moved(other) == 6
    assert [len(candidate.faces) for candidate in merging.candidates] == [6, 6]


def test_without_names_the_one_asked_for_stays(drawn: DrawnLibrary) -> None:
    merging = read_merging(drawn.library, drawn.people[2:])
    assert merging.kept(drawn.people[3]) == drawn.people[3]
    assert merging.named == ()


def test_the_best_face_of_each_stretch_of_time_is_shown(drawn: DrawnLibrary) -> None:
    index = face_index(drawn.library, FaceScope.person(drawn.people[0]))
    shown = telling(index, 3)
    places = [index.face_ids.tolist().index(face) for face in shown]
    assert [place // 3 for place in places] == [0, 1, 2]
    assert all(index.quality[place] == index.quality[place // 3 * 3 : place // 3 * 3 + 3].max() for place in places)
    few = face_index(drawn.library, FaceScope.person(drawn.people[3]))
    assert telling(few, 6) == few.face_ids.tolist()


def test_a_merge_tells_how_many_moved_and_who_stayed(drawn: DrawnLibrary) -> None:
    name_people(drawn, "Ada")
    merged = merge(drawn.library, drawn.people[0], drawn.people[2:4])
    assert (merged.moved, merged.name) == (6, "Ada")
    assert set(drawn.people[2:4]) <= merged.changes.people


def test_who_has_no_name_takes_that_of_the_other(drawn: DrawnLibrary) -> None:
    name_people(drawn, "Ada")
    merged = merge(drawn.library, drawn.people[1], [drawn.people[0]])
    assert (merged.moved, merged.name) == (9, "Ada")
