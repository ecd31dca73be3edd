from engine.library.answers import rejections
from engine.library.edits import confirm_faces, split_up
from engine.library.history import history, undo
from engine.library.queries import people_rows
from engine.library.states import Source


def test_parts_become_people_in_one_step(album) -> None:
    one, two, three, four, five = album.fill(1, 5)[0]
    (old,) = album.group([one, two, three, four, five])
    confirm_faces(album.library, old, [one, four])
    before = len(history(album.library))
    made = split_up(album.library, [[two, four], [], [five]])
    first, second = made.person_ids
    assert made.changes.people == {old, first, second}
    assert made.changes.faces == {two, four, five}
    assert album.person_of(two) == album.person_of(four) == (first, Source.USER)
    assert album.person_of(five) == (second, Source.USER)
    assert album.person_of(one) == (old, Source.USER)
    assert album.person_of(three) == (old, Source.CLUSTER)
    assert sorted(rejections(album.library).tolist()) == [[two, old], [four, old], [five, old]]
    assert len(history(album.library)) == before + 1
    undo(album.library)
    assert [(row.person, row.faces, row.confirmed) for row in people_rows(album.library)] == [(old, 5, 2)]
