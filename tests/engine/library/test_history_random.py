"""Random edits, undone and redone: alone, and beside scans and clustering runs that write between them."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from engine.library.clusters import Assignments, assign_faces, forget_empty_people
from engine.library.examining import examine_file
from engine.library.history import go_to, history, redo, undo
from engine.library.indexing import store_scans
from engine.library.library import Library
from engine.library.queries import people_rows, photo_rows

EDITS = st.tuples(
    st.sampled_from(["name", "merge", "confirm", "reject", "move", "split", "ignore", "restore", "distinct", "hide",
                     "show", "cover", "postpone"]),
    st.integers(0, 30),
    st.integers(0, 30),
    st.lists(st.integers(0, 30), min_size=1, max_size=4),
)  # fmt: skip


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("history")


@settings(max_examples=15)
@given(edits=st.lists(EDITS, max_size=12))
def test_every_state_comes_back_exactly_when_nothing_else_writes(workshop, make_album, say, said, edits) -> None:
    album = make_album(workshop)
    faces = [face for photo in album.fill(3, 3) for face in photo]
    album.group(faces[:3], faces[3:5], faces[5:7])
    states = [said(album.library)]
    for edit in edits:
        say(album.library, *edit)
        if len(history(album.library)) == len(states):
            states.append(said(album.library))
    for state in states[-2::-1]:
        undo(album.library)
        assert said(album.library) == state
    for state in states[1:]:
        redo(album.library)
        assert said(album.library) == state
    go_to(album.library, 0)
    assert said(album.library) == states[0]
    album.library.close()


PEOPLE, FACES, REJECTIONS, DISTINCT, POSTPONED = range(5)


class BesideTheMachine(RuleBasedStateMachine):
    """A user edits, undoes and redoes while scans and clustering runs write; in the end everything is undone."""

    def __init__(self, album, say, said) -> None:
        super().__init__()
        self.album, self.say, self.said = album, say, said
        faces = [face for photo in album.fill(3, 3) for face in photo]
        album.group(faces[:3], faces[3:5], faces[5:7])
        self.start = said(album.library)
        self.moved: set[int] = set()
        self.seeds = 0

    @property
    def library(self) -> Library:
        return self.album.library

    @rule(edit=EDITS)
    def edit(self, edit) -> None:
        self.say(self.library, *edit)

    @rule()
    def undo(self) -> None:
        undo(self.library)

    @rule()
    def redo(self) -> None:
        redo(self.library)

    @precondition(lambda self: history(self.library))
    @rule(number=st.integers(0, 30))
    def jump(self, number: int) -> None:
        steps = history(self.library)
        go_to(self.library, steps[number % len(steps)].id)

    @rule(number=st.integers(0, 30), several=st.lists(st.integers(0, 30), min_size=1, max_size=5))
    def recluster(self, number: int, several: list[int]) -> None:
        faces = [row[0] for row in self.said(self.library)[FACES]]
        people = [row[0] for row in self.said(self.library)[PEOPLE]]
        chosen = [faces[place % len(faces)] for place in several]
        goal = [*people, None][number % (len(people) + 1)]
        done = assign_faces(self.library, Assignments(dict.fromkeys(chosen[:2], goal), [chosen[2:]]))
        self.moved |= done.changes.faces

    @rule()
    def tidy(self) -> None:
        forget_empty_people(self.library)

    @rule(number=st.integers(0, 30), places=st.sets(st.integers(0, 5)))
    def rescan(self, number: int, places: set[int]) -> None:
        photos = photo_rows(self.library)
        photo_id = photos[number % len(photos)].id
        everywhere = self.album.scan(photo_id, self.album.places(6))
        found = tuple(face for place, face in enumerate(everywhere.faces) if place in places)
        store_scans(self.library, [self.album.scan(photo_id, [face.box for face in found])])

    @rule(number=st.integers(0, 30), other=st.integers(0, 30))
    def read_metadata(self, number: int, other: int) -> None:
        """A photo file names a face that the user has not spoken about."""
        people, faces, rejections = self.said(self.library)[:3]
        face, person = faces[number % len(faces)], people[other % len(people)][0]
        if face[2] == "USER" or face[3] or (face[0], person) in rejections:
            return
        with self.library.write() as transaction:
            told = f"UPDATE faces SET person_id = {person}, source = 'METADATA' WHERE id = {face[0]}"
            transaction.connection.exec_driver_sql(told)
        self.moved.add(face[0])

    @rule()
    def reopen(self) -> None:
        self.library.close()
        self.album.library = Library(self.library.path)

    @invariant()
    def the_file_is_sound(self) -> None:
        assert examine_file(self.library.path).problems == ()
        people, faces, rejections, distinct, _ = self.said(self.library)
        known = {person[0] for person in people}
        for face, person, source, ignored in faces:
            assert (person is None) == (source is None)
            assert not (ignored and person is not None)
            assert person is None or person in known
            assert source != "CLUSTER" or (face, person) not in rejections
        assert all(one < other for one, other in distinct)
        assert len(people_rows(self.library)) <= len(people)

    def teardown(self) -> None:
        go_to(self.library, 0)
        self.the_file_is_sound()
        self._compare_with_the_start(self.start, self.said(self.library))
        self.library.close()

    def _compare_with_the_start(self, before, after) -> None:
        """Whatever neither a scan took away nor a run moved is as it was; nothing that was said is left."""
        faces_before = {row[0]: row for row in before[FACES]}
        for row in after[FACES]:
            assert row[3] == 0
            assert row[2] != "USER"
            if row[0] in faces_before and row[0] not in self.moved:
                assert row == faces_before[row[0]]
        named_by_files = {row[1] for row in after[FACES] if row[2] == "METADATA"}
        people_before = {row[0]: row for row in before[PEOPLE]}
        for person in after[PEOPLE]:
            if person[0] in people_before:
                assert person == people_before[person[0]]
            else:
                assert person[1] is None or person[0] in named_by_files
        assert after[REJECTIONS] == after[DISTINCT] == after[POSTPONED] == []


def test_undo_beside_a_machine_that_writes(workshop, make_album, say, said) -> None:
    run_state_machine_as_test(
        lambda: BesideTheMachine(make_album(workshop), say, said),
        settings=settings(max_examples=15, stateful_step_count=20),
    )
