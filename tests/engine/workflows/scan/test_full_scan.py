"""A scan as the window starts it: folders, models and the lock in one workflow."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from engine.errors import LibraryError, UsageError
from engine.library.folders import folders
from engine.library.library import Library
from engine.library.queries import counts, people_rows
from engine.library.states import PhotoState
from engine.library.vectors import face_vectors
from engine.models.catalog import Catalog
from engine.paths import Places
from engine.progress import finish
from engine.settings import Settings
from engine.workflows.scan.full_scan import full_scan, plan_scan, planned_scan
from engine.workflows.scan.only_scan import only_scan
from tests.portraits import PEOPLE, write_photos


@pytest.fixture
def faces(tmp_path: Path) -> Path:
    """Sixteen photos of two people."""
    for person in PEOPLE:
        write_photos(tmp_path / "photos" / person, person, 8)
    return tmp_path / "photos"


@pytest.mark.usefixtures("with_models")
def test_folders_are_added_and_their_faces_grouped(library: Library, places: Places, faces: Path) -> None:
    reports = []
    workflow = full_scan(library, places, Settings(), [faces])
    try:
        while True:
            reports.append(next(workflow))
    except StopIteration as stop:
        summary = stop.value
    assert summary.photos.found == summary.photos.new == 16
    assert summary.people >= 2
    assert counts(library).faces == summary.faces >= 16
    assert [row.path for row in folders(library)] == [faces]
    card = Catalog(places.models).default_embedder()
    assert card.by_length is not None
    assert not card.by_length.doubts(face_vectors(library, card.key).lengths).any()
    assert not np.isnan(face_vectors(library, card.key).lengths).any()
    stages = list(dict.fromkeys(report.stage for report in reports))
    assert stages == ["walk", "scan", "names", "cluster"]
    assert [report.done for report in reports if report.stage == "walk"][-1] == 16
    assert {report.total for report in reports if report.stage == "scan"} == {16}


@pytest.mark.usefixtures("with_models")
def test_without_paths_every_known_folder_is_scanned(library: Library, places: Places, faces: Path) -> None:
    one, two = sorted(faces.iterdir())
    finish(full_scan(library, places, Settings(), [one]))
    finish(full_scan(library, places, Settings(), [two]))
    shutil.copy(next(two.iterdir()), two / "copy.jpg")
    one.rename(faces.parent / "unplugged")
    summary = finish(full_scan(library, places, Settings()))
    assert summary.photos.found == 9
    assert summary.photos.new == 1
    assert len(summary.warnings) == 1
    assert str(one) in summary.warnings[0]
    assert len(people_rows(library)) >= 2


@pytest.mark.usefixtures("with_models")
def test_broken_photos_are_read_again_on_request(library: Library, places: Places, faces: Path) -> None:
    bad = faces / "bad.jpg"
    bad.write_bytes(b"\xff\xd8\xff no photo")
    assert finish(full_scan(library, places, Settings(), [faces])).photos.broken == 1
    reports = list(full_scan(library, places, Settings(), [faces], [PhotoState.BROKEN]))
    assert {report.total for report in reports if report.stage == "scan"} == {1}


@pytest.mark.usefixtures("with_models")
def test_a_second_scan_is_refused_until_the_first_has_ended(library: Library, places: Places, faces: Path) -> None:
    first = full_scan(library, places, Settings(), [faces])
    next(first)
    with pytest.raises(LibraryError, match="Another scan"):
        next(full_scan(library, places, Settings()))
    first.close()
    assert finish(full_scan(library, places, Settings())).photos.found == 16


def test_the_lock_goes_with_an_error(library: Library, places: Places) -> None:
    for _ in range(2):
        with pytest.raises(UsageError, match="no folder"):
            finish(full_scan(library, places, Settings()))
    with only_scan(places.data):
        pass


def test_absent_models_are_fetched_first(
    library: Library, places: Places, album: Path, models_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("KINFOLK_MODELS_DIR", raising=False)
    plan = plan_scan(library, places, Settings(), [album])
    assert list(plan.fetches) == Catalog(places.models).defaults()
    assert [root.path for root in plan.roots] == [album]
    # Meanwhile the files have come, as if another Kinfolk had fetched them: nothing is downloaded twice.
    shutil.copytree(models_dir, places.models)
    stages = [report.stage for report in planned_scan(library, places, Settings(), plan)]
    assert stages[0] == "walk"
    assert "fetch" not in stages
    assert plan_scan(library, places, Settings(), [album]).fetches == ()
