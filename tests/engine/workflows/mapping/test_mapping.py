"""The map of a library: made once, there at once the next time, continued for new faces, and erased with the faces."""

import os
import stat

import numpy as np
import pytest

from engine.library import edits
from engine.library.queries import mapped_faces
from engine.library.removal import delete_folder
from engine.paths import Places
from engine.progress import finish
from engine.thumb_store import ThumbStore
from engine.workflows.erasing import erase_face_data, forget_person
from engine.workflows.mapping.kept import delete_map, forget_on_map, load_map, map_path
from engine.workflows.mapping.reading import MapForming, known_map, lay_out_anew, read_map


@pytest.fixture
def crowded(photos):
    """Forty faces of four people."""
    photos.add([(who,) for who in range(4)] * 10)
    return photos


def reports(steps):
    told = []
    while True:
        try:
            told.append(next(steps))
        except StopIteration as stop:
            return told, stop.value


def test_a_map_is_made_once_and_kept_for_its_owner_alone(crowded, library, card):
    assert known_map(library, card) is None
    told, made = reports(read_map(library, card))
    assert isinstance(told[-1], MapForming)
    assert told[-1].map is not None
    assert len(made.points) == len(made.faces) == 40
    assert np.array_equal(made.faces.face_ids, mapped_faces(library, card.key).face_ids)
    if os.name == "posix":
        assert stat.S_IMODE(map_path(library.path).stat().st_mode) == 0o600
    told, again = reports(read_map(library, card))
    assert told == []
    assert np.array_equal(again.points, made.points)


def test_new_faces_are_placed_and_the_others_stay(crowded, library, card):
    made = finish(read_map(library, card))
    crowded.add([(0,), (1,), (2,)])
    known = known_map(library, card)
    assert known is not None
    assert len(known.faces) == 40
    told, more = reports(read_map(library, card))
    assert [report.stage for report in told] == ["place"]
    assert len(more.faces) == 43
    assert np.array_equal(more.points[:40], made.points)
    told, again = reports(read_map(library, card))
    assert told == []
    assert np.array_equal(again.points, more.points)


def test_where_most_faces_are_new_all_are_laid_out(crowded, library, card):
    finish(read_map(library, card))
    crowded.add([(who,) for who in range(4)] * 15)
    told, _ = reports(read_map(library, card))
    assert "layout" in {report.stage for report in told}


def test_faces_set_aside_leave_the_map_and_come_back_to_their_place(crowded, library, card):
    made = finish(read_map(library, card))
    face = int(made.faces.face_ids[5])
    edits.ignore_faces(library, [face])
    assert face not in finish(read_map(library, card)).faces.face_ids
    crowded.add([(0,)])
    finish(read_map(library, card))
    edits.restore_faces(library, [face])
    back = finish(read_map(library, card))
    row = int(np.flatnonzero(back.faces.face_ids == face)[0])
    assert np.array_equal(back.points[row], made.points[5])


def test_another_space_has_another_map(crowded, library, card):
    finish(read_map(library, card))
    assert load_map(library.path, "another model") is None


@pytest.mark.parametrize("damage", [b"", b"nonsense", None])
def test_a_damaged_map_is_made_again(crowded, library, card, damage):
    made = finish(read_map(library, card))
    path = map_path(library.path)
    path.write_bytes(path.read_bytes()[:300] if damage is None else damage)
    assert np.array_equal(finish(read_map(library, card)).points, made.points)


def test_laying_out_anew_forgets_what_was_placed_beside(crowded, library, card):
    finish(read_map(library, card))
    crowded.add([(0,), (1,)])
    beside = finish(read_map(library, card))
    assert not np.array_equal(finish(lay_out_anew(library, card)).points, beside.points)


def test_a_library_without_faces_has_an_empty_map(library, card):
    assert len(finish(read_map(library, card)).points) == 0
    assert not map_path(library.path).exists()


def test_faces_that_are_gone_leave_the_file(crowded, library, card):
    made = finish(read_map(library, card))
    gone = made.faces.face_ids[:3].tolist()
    forget_on_map(library.path, gone)
    with np.load(map_path(library.path)) as file:
        assert file["face_ids"].tolist() == made.faces.face_ids[3:].tolist()
    forget_on_map(library.path, [10**9])
    delete_map(library.path)
    forget_on_map(library.path, gone)
    assert not map_path(library.path).exists()


def test_erasing_and_forgetting_take_the_map_with_them(crowded, library, card, tmp_path):
    places, thumbs = Places(library.path.parent), ThumbStore(tmp_path / "thumbs")
    made = finish(read_map(library, card))
    person = edits.split_off(library, made.faces.face_ids[:2].tolist(), "Ada").person_id
    finish(forget_person(library, places, thumbs, person))
    assert not map_path(library.path).exists()
    finish(read_map(library, card))
    finish(erase_face_data(library, places, thumbs))
    assert not map_path(library.path).exists()


def test_what_is_erased_while_the_map_is_made_is_not_kept(crowded, library, card):
    steps = read_map(library, card)
    next(steps)
    delete_folder(library, crowded.folder_id)
    reports(steps)
    kept = load_map(library.path, f"{card.name} {card.key}")
    assert kept is None or not len(kept.face_ids)
