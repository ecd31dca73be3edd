"""Reading photos: what was finished is kept, what ends the process is found out, one bad file stops nothing."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from engine.library import indexing
from engine.library.folders import folders
from engine.library.library import Library
from engine.library.queries import face_rows, photo_rows, problem_photo_rows
from engine.library.states import PhotoState
from engine.models.catalog import Catalog
from engine.progress import finish
from engine.settings import Settings
from engine.workflows.scan.analysis import Analyser
from engine.workflows.scan.deaths import KILLED, put_back
from engine.workflows.scan.index import index
from engine.workflows.scan.indexed import IndexSummary
from engine.workflows.scan.opening_models import open_analyser
from engine.workflows.scan.roots import chosen_roots
from engine.workflows.scan.survey import Unread, survey
from tests.portraits import PEOPLE, write_photos


@pytest.fixture(scope="module")
def analyser(models_dir: Path) -> Analyser:
    return open_analyser(*Catalog(models_dir).defaults(), models_dir, Settings())


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    """Twelve photos of one face each: six of each of two people."""
    for person in PEOPLE:
        write_photos(tmp_path / "photos", person, 6)
    return tmp_path / "photos"


def unread_of(library: Library, folder: Path) -> list[Unread]:
    return finish(survey(library, chosen_roots(library, [folder])[0])).unread


def read(library: Library, folder: Path, analyser: Analyser) -> IndexSummary:
    return finish(index(library, unread_of(library, folder), analyser, 2))


def states(library: Library) -> dict[PhotoState, int]:
    found = [row.state for row in photo_rows(library)]
    return {state: found.count(state) for state in PhotoState if state in found}


def test_every_photo_is_read_once(library: Library, photos: Path, analyser: Analyser) -> None:
    summary = read(library, photos, analyser)
    assert summary.read == 12
    assert summary.problems == 0
    assert summary.faces == len(face_rows(library)) >= 12
    assert states(library) == {PhotoState.SCANNED: 12}
    assert unread_of(library, photos) == []


def test_progress_says_how_far(library: Library, photos: Path, analyser: Analyser) -> None:
    reports = list(index(library, unread_of(library, photos), analyser, 2))
    assert [report.total for report in reports] == [12] * len(reports)
    assert reports[-1].done == 12
    assert reports[-1].figures["faces"] >= 12
    assert all(earlier.done <= later.done for earlier, later in pairwise(reports))


def test_closing_keeps_what_was_finished(library: Library, photos: Path, analyser: Analyser) -> None:
    workflow = index(library, unread_of(library, photos), analyser, 1)
    while next(workflow).done < 3:
        pass
    workflow.close()
    kept = states(library)
    assert kept[PhotoState.SCANNED] >= 3
    assert set(kept) <= {PhotoState.SCANNED, PhotoState.NEW}
    assert len(unread_of(library, photos)) == 12 - kept[PhotoState.SCANNED]
    read(library, photos, analyser)
    assert states(library) == {PhotoState.SCANNED: 12}
    assert len({face.photo for face in face_rows(library)}) == 12


def start(library: Library, photos: Path, names: list[str], state: PhotoState) -> None:
    """Leave photos as a scan leaves them that was killed while it read them."""
    chosen_roots(library, [photos])
    files = [(name, (photos / name).stat().st_size, (photos / name).stat().st_mtime_ns) for name in names]
    indexing.start_photos(library, folders(library)[0].id, files, state)


def test_photos_under_way_in_a_killed_scan_are_read(library: Library, photos: Path, analyser: Analyser) -> None:
    names = sorted(path.name for path in photos.iterdir())
    start(library, photos, names[:4], PhotoState.STARTED)
    assert read(library, photos, analyser).read == 12
    assert states(library) == {PhotoState.SCANNED: 12}


def test_a_file_that_kills_twice_is_left_alone_until_it_changes(
    library: Library, photos: Path, analyser: Analyser
) -> None:
    guilty = min(photos.iterdir())
    start(library, photos, [guilty.name], PhotoState.SUSPECT)
    assert read(library, photos, analyser).problems == 1
    assert states(library) == {PhotoState.SCANNED: 11, PhotoState.BROKEN: 1}
    assert [row.problem for row in problem_photo_rows(library)] == [KILLED]
    assert unread_of(library, photos) == []
    guilty.write_bytes(guilty.read_bytes() + b"\0")
    read(library, photos, analyser)
    assert states(library) == {PhotoState.SCANNED: 12}


def test_suspects_are_read_one_at_a_time(library: Library, photos: Path, analyser: Analyser) -> None:
    names = sorted(path.name for path in photos.iterdir())
    start(library, photos, names[:3], PhotoState.STARTED)

    def suspects_seen() -> Iterator[int]:
        for _ in index(library, unread_of(library, photos), analyser, 2):
            yield states(library).get(PhotoState.SUSPECT, 0)

    seen = list(suspects_seen())
    assert max(seen) == 1
    assert states(library) == {PhotoState.SCANNED: 12}


def test_what_came_of_one_suspect_is_stored_before_the_next_is_read(
    library: Library, photos: Path, analyser: Analyser
) -> None:
    names = sorted(path.name for path in photos.iterdir())
    start(library, photos, names, PhotoState.STARTED)
    for report in index(library, unread_of(library, photos), analyser, 2):
        if report.done == 4:
            break
    # As if the process had ended here, without a word to the workflow.
    left = states(library)
    assert left[PhotoState.SCANNED] >= 3
    assert left.get(PhotoState.SUSPECT, 0) <= 1


def test_an_interrupt_is_not_a_crash(library: Library, photos: Path, analyser: Analyser) -> None:
    for _ in range(3):
        workflow = index(library, unread_of(library, photos), analyser, 1)
        next(workflow)
        workflow.close()
    assert set(states(library)) <= {PhotoState.NEW, PhotoState.SCANNED}


def test_a_suspect_whose_reading_is_interrupted_is_none_the_worse(
    library: Library, photos: Path, analyser: Analyser
) -> None:
    names = sorted(path.name for path in photos.iterdir())
    start(library, photos, names[:2], PhotoState.STARTED)
    for _ in range(3):
        workflow = index(library, unread_of(library, photos), analyser, 1)
        next(workflow)
        workflow.close()
    assert PhotoState.BROKEN not in states(library)


def test_what_a_scan_that_is_left_behind_has_begun_is_put_back(library: Library, photos: Path) -> None:
    names = sorted(path.name for path in photos.iterdir())
    start(library, photos, names[:3], PhotoState.STARTED)
    start(library, photos, names[3:4], PhotoState.SUSPECT)
    before = indexing.unfinished_photos(library)
    start(library, photos, names[:1], PhotoState.SUSPECT)
    start(library, photos, names[4:6], PhotoState.STARTED)
    put_back(library, before)
    assert indexing.unfinished_photos(library) == before
    assert states(library)[PhotoState.NEW] == 2


@pytest.mark.parametrize("was_read", [False, True])
def test_a_file_that_took_the_place_of_one_that_kills_is_read(
    library: Library, photos: Path, analyser: Analyser, was_read: bool
) -> None:
    guilty = min(photos.iterdir())
    if was_read:
        read(library, photos, analyser)
        guilty.write_bytes(guilty.read_bytes() + b"\0")
    start(library, photos, [guilty.name], PhotoState.SUSPECT)
    guilty.write_bytes(guilty.read_bytes() + b"\0")
    read(library, photos, analyser)
    assert states(library) == {PhotoState.SCANNED: 12}


def test_a_changed_file_that_kills_is_found_out(library: Library, photos: Path, analyser: Analyser) -> None:
    read(library, photos, analyser)
    guilty = min(photos.iterdir())
    guilty.write_bytes(guilty.read_bytes() + b"\0")
    for state in (PhotoState.STARTED, PhotoState.SUSPECT):
        start(library, photos, [guilty.name], state)
        assert [item.state for item in unread_of(library, photos)] == [state]


def test_a_touched_file_is_not_searched_again(library: Library, photos: Path, analyser: Analyser) -> None:
    read(library, photos, analyser)
    before = face_rows(library)
    path = min(photos.iterdir())
    content = path.read_bytes()
    path.unlink()
    path.write_bytes(content)
    unread = unread_of(library, photos)
    assert len(unread) == 1
    assert finish(index(library, unread, analyser, 2)).faces == 0
    assert face_rows(library) == before
    assert unread_of(library, photos) == []


def test_another_photo_under_an_old_name_does_not_inherit_its_person(
    library: Library, photos: Path, analyser: Analyser
) -> None:
    """All of them show a face in the middle; the first and the last are of different people."""
    read(library, photos, analyser)
    path, other = min(photos.iterdir()), max(photos.iterdir())
    (old,) = [row.face for row in face_rows(library) if row.photo == path]
    edited = path.read_bytes() + b"\0"
    path.write_bytes(edited)
    read(library, photos, analyser)
    assert [row.face for row in face_rows(library) if row.photo == path] == [old]
    path.write_bytes(other.read_bytes() + b"\0")
    read(library, photos, analyser)
    assert old not in [row.face for row in face_rows(library)]


def test_a_file_that_vanishes_meanwhile_is_a_problem_then_forgotten(
    library: Library, photos: Path, analyser: Analyser
) -> None:
    unread = unread_of(library, photos)
    gone = min(photos.iterdir())
    gone.unlink()
    assert finish(index(library, unread, analyser, 2)).problems == 1
    assert gone in [row.path for row in photo_rows(library)]
    assert finish(survey(library, chosen_roots(library, [photos])[0])).missing == 0
    assert gone not in [row.path for row in photo_rows(library)]


def test_a_photo_that_ends_early_keeps_its_faces_and_is_listed(
    library: Library, photos: Path, analyser: Analyser
) -> None:
    cut = max(photos.iterdir())
    cut.write_bytes(cut.read_bytes()[:-400])
    read(library, photos, analyser)
    (row,) = problem_photo_rows(library)
    assert row.path.name == cut.name
    assert row.state == PhotoState.SCANNED
    assert row.faces >= 1
    assert row.problem is not None
    assert "ends early" in row.problem
