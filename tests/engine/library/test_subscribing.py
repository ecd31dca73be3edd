"""Whoever shows the library hears of every write, and of every row that it touched."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import LibraryError
from engine.library.changes import Changes
from engine.library.clusters import Assignments, apply_assignments, assign_faces, forget_empty_people, store_clusters
from engine.library.edits import draw_face, name_person, postpone_question
from engine.library.folders import add_folder, folders
from engine.library.history import redo, undo
from engine.library.indexing import (
    Move,
    Problem,
    Touch,
    mark_found,
    mark_missing,
    move_photos,
    release_started,
    start_photos,
    store_problems,
    store_scans,
    touch_photos,
)
from engine.library.library import Library, Transaction
from engine.library.queries import face_rows, ignored_face_rows, people_rows, photo_rows

KINDS = ["name", "merge", "confirm", "reject", "move", "split", "ignore", "restore", "distinct", "hide", "cover"]


def shown(library: Library) -> dict[str, dict[int, object]]:
    """Every row that a view may show, by kind and id; a face's name is its person's."""
    faces = (*face_rows(library), *ignored_face_rows(library))
    with library.read() as connection:
        states = dict(connection.exec_driver_sql("SELECT id, state || size || mtime_ns FROM photos").all())
    return {
        "folders": {row.id: row for row in folders(library)},
        "photos": {row.id: (row, states[row.id]) for row in photo_rows(library)},
        "faces": {row.face: replace(row, name=None) for row in faces},
        "people": {row.person: row for row in people_rows(library)},
    }


@contextmanager
def told(library: Library) -> Iterator[list[Changes]]:
    """Collect what a listener hears, and check that it names every row that looks different afterwards."""
    heard: list[Changes] = []
    before = shown(library)
    leave = library.subscribe(heard.append)
    yield heard
    leave()
    after = shown(library)
    for kind, rows in after.items():
        ids = before[kind].keys() | rows.keys()
        different = {one for one in ids if before[kind].get(one) != rows.get(one)}
        named = frozenset[int]().union(*(getattr(changes, kind) for changes in heard))
        assert different <= named, kind


def test_a_listener_hears_of_each_write_until_it_leaves(album) -> None:
    (face,) = album.fill(1, 1)[0]
    (person,) = album.group([face])
    heard: list[Changes] = []
    leave = album.library.subscribe(heard.append)
    done = name_person(album.library, person, "Ada")
    assert heard == [done.changes]
    taken = undo(album.library)
    assert heard == [done.changes, taken.changes]
    leave()
    leave()
    redo(album.library)
    assert len(heard) == 2


def test_a_listener_that_subscribes_twice_hears_twice(album) -> None:
    heard: list[Changes] = []
    first, second = album.library.subscribe(heard.append), album.library.subscribe(heard.append)
    album.start("a.jpg")
    assert len(heard) == 2
    first()
    album.start("b.jpg")
    assert len(heard) == 3
    second()


def test_what_touches_nothing_is_not_told(album) -> None:
    (face,) = album.fill(1, 1)[0]
    (person,) = album.group([face])
    name_person(album.library, person, "Ada")
    heard: list[Changes] = []
    album.library.subscribe(heard.append)
    name_person(album.library, person, "Ada")
    redo(album.library)
    mark_missing(album.library, [])
    add_folder(album.library, album.root)
    with album.library.write():
        pass
    assert heard == []


def break_off(transaction: Transaction) -> None:
    transaction.touched(Changes.of(people=[1]))
    raise ZeroDivisionError


def test_what_fails_is_not_told(album) -> None:
    heard: list[Changes] = []
    album.library.subscribe(heard.append)
    with pytest.raises(ZeroDivisionError), album.library.write() as transaction:
        break_off(transaction)
    with pytest.raises(LibraryError):
        name_person(album.library, 99, "Ada")
    assert heard == []


def test_a_change_of_the_history_alone_is_told(album) -> None:
    heard: list[Changes] = []
    album.library.subscribe(heard.append)
    postpone_question(album.library, "same", 1, 2, datetime.now(UTC))
    undo(album.library)
    redo(album.library)
    assert heard == [Changes.of(questions=[1])] * 3


def test_a_listener_is_called_after_the_commit_by_the_writer_and_may_write(album) -> None:
    (face,) = album.fill(1, 1)[0]
    (person,) = album.group([face])
    seen: list[tuple[int, str | None]] = []

    def listen(changes: Changes) -> None:
        with Library(album.library.path) as other:
            seen.append((threading.get_ident(), people_rows(other)[0].name))
        if len(seen) == 1:
            name_person(album.library, person, "Grace")

    album.library.subscribe(listen)
    writer = threading.Thread(target=name_person, args=(album.library, person, "Ada"))
    writer.start()
    writer.join()
    assert [name for _, name in seen] == ["Ada", "Grace"]
    assert len({thread for thread, _ in seen} - {threading.get_ident()}) == 1


def test_another_process_is_not_heard(album) -> None:
    heard: list[Changes] = []
    album.library.subscribe(heard.append)
    with Library(album.library.path) as other:
        start_photos(other, album.folder_id, [("a.jpg", 1, 1)])
    assert heard == []
    assert album.library.changed_elsewhere()


def test_a_scan_tells_of_all_that_it_writes(album, tmp_path: Path) -> None:
    with told(album.library):
        one, two, three = album.start("a.jpg", "b.jpg", "sub/c.jpg")
    with told(album.library):
        store_scans(album.library, [album.scan(one, album.places(3)), album.scan(two, album.places(2))])
    (person,) = album.group([row.face for row in face_rows(album.library)])
    with told(album.library):
        store_scans(album.library, [album.scan(one, album.places(1), content=b"other")])
    name_person(album.library, person, "Ada")
    with told(album.library):
        store_scans(album.library, [album.scan(two, [], content=b"other")])
    with told(album.library):
        store_problems(album.library, [Problem(one, "cut short", 1, 1, None)])
    with told(album.library):
        release_started(album.library, [three])
    with told(album.library):
        mark_missing(album.library, [two])
    with told(album.library):
        mark_found(album.library, [two])
    with told(album.library):
        touch_photos(album.library, [Touch(two, 5, 6)])
    with told(album.library):
        move_photos(album.library, [Move(two, album.folder_id, "sub/c.jpg", 5, 7)])
    with told(album.library):
        album.start("a.jpg")
    with told(album.library):
        add_folder(album.library, album.root.parent)


def test_a_parent_folder_tells_of_the_photos_it_takes_over(album) -> None:
    photos = album.start("a.jpg", "b.jpg")
    with told(album.library) as heard:
        parent = add_folder(album.library, album.root.parent)
    assert heard == [Changes.of(folders=[parent, album.folder_id], photos=photos)]


def test_a_clustering_run_tells_of_all_that_it_writes(album) -> None:
    one, two, three, four = album.fill(1, 4)[0]
    with told(album.library):
        store_clusters(album.library, np.array([one, two]), np.array([5, -1]))
    with told(album.library):
        (old, new) = album.group([one, two], [three])
    with told(album.library):
        assign_faces(album.library, Assignments({one: None, two: new, four: old}))
    with told(album.library):
        apply_assignments(album.library, Assignments({four: new}, [[one]]))
    with told(album.library):
        undo(album.library)
    with told(album.library):
        forget_empty_people(album.library)


def test_a_drawn_face_tells_of_its_photo(album) -> None:
    album.fill(1, 1)
    (photo,) = photo_rows(album.library)
    drawn = album.scan(photo.id, album.places(2)).faces[1]
    for write in (lambda: draw_face(album.library, photo.id, drawn, "sface"), lambda: undo(album.library)):
        with told(album.library) as heard:
            write()
        assert heard[0].photos == {photo.id}


@settings(max_examples=25)
@given(
    doing=st.lists(
        st.tuples(
            st.sampled_from([*KINDS, "undo", "redo"]),
            st.integers(0, 5),
            st.integers(0, 5),
            st.lists(st.integers(0, 11), min_size=1, max_size=4),
        ),
        min_size=1,
        max_size=8,
    )
)
def test_every_edit_tells_of_every_row_that_looks_different(
    make_album: Callable[[Path], object],
    say: Callable[..., None],
    tmp_path_factory: pytest.TempPathFactory,
    doing: list[tuple[str, int, int, list[int]]],
) -> None:
    album = make_album(tmp_path_factory.mktemp("told"))
    try:
        faces = [face for photo in album.fill(4, 3) for face in photo]
        album.group(faces[:4], faces[4:6], faces[6:9], faces[9:11])
        for kind, one, other, several in doing:
            with told(album.library):
                if kind in {"undo", "redo"}:
                    {"undo": undo, "redo": redo}[kind](album.library)
                else:
                    say(album.library, kind, one, other, several)
    finally:
        album.library.close()
