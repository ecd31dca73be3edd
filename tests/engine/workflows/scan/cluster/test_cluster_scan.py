"""Photos that a cluster reads: the same faces and vectors, and nothing lost with a worker that dies."""

import os
import shutil
import signal
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.library.library import Library
from engine.library.queries import face_rows, photo_rows, problem_photo_rows
from engine.library.states import PhotoState
from engine.library.vectors import face_vectors
from engine.models.catalog import Catalog
from engine.progress import Workflow, finish
from engine.settings import Settings
from engine.workflows.scan.deaths import KILLED
from engine.workflows.scan.index import index
from engine.workflows.scan.indexed import IndexSummary
from engine.workflows.scan.readers import open_reader
from engine.workflows.scan.roots import chosen_roots
from engine.workflows.scan.survey import survey
from tests.portraits import PEOPLE, write_photos

Faces = dict[tuple[str, float], tuple[Any, NDArray[np.float32]]]


@pytest.fixture(scope="module")
def photos(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Forty photos of one face each."""
    folder = tmp_path_factory.mktemp("photos")
    for person in PEOPLE:
        write_photos(folder, person, 20)
    return folder


def reading(
    library: Library, folder: Path, models: Path, address: str = "", told: list[str] | None = None
) -> Workflow[IndexSummary]:
    """Read a folder, in the plain way, so that numbers can be compared; `told` is given what the reader noted."""
    settings = Settings(runtime="onnxruntime", precision="float32")
    unread = finish(survey(library, chosen_roots(library, [folder])[0])).unread
    with open_reader(*Catalog(models).defaults(), models, settings, cluster=address) as reader:
        summary = yield from index(library, unread, reader, 2)
        assert told is not None or reader.notices == ()
        if told is not None:
            told += reader.notices
    return summary


def faces_of(library: Library, models: Path) -> Faces:
    """Return box, score and vector of every face, by its photo's name and where it is."""
    vectors = face_vectors(library, Catalog(models).default_embedder().key)
    by_id = dict(zip(vectors.face_ids.tolist(), vectors.vectors, strict=True))
    return {
        (row.photo.name, round(row.box.left, 3)): ((row.box, row.score, row.quality), by_id[row.face])
        for row in face_rows(library)
    }


def states(library: Library) -> dict[str, PhotoState]:
    return {row.path.name: row.state for row in photo_rows(library)}


def test_the_same_faces_although_a_worker_is_killed_in_the_middle(
    cluster: Any,
    library: Library,
    photos: Path,
    models_dir: Path,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
) -> None:
    steps = reading(library, photos, models_dir, cluster.address)
    for report in steps:
        if 4 <= report.done < 30:
            os.kill(cluster.workers()[0], signal.SIGKILL)
            break
    assert report.done < 40
    finish(steps)
    assert capfd.readouterr() == ("", "")  # Ray would tell on stdout that a worker died
    assert set(states(library).values()) == {PhotoState.SCANNED}
    there = faces_of(library, models_dir)
    with Library(tmp_path / "here.sqlite") as other:
        assert finish(reading(other, photos, models_dir)).read == 40
        here = faces_of(other, models_dir)
    assert len(here) >= 40
    assert there.keys() == here.keys()
    for key, (face, vector) in here.items():
        assert there[key][0] == face
        np.testing.assert_array_equal(there[key][1], vector)


def test_a_photo_that_ends_whoever_reads_it_is_a_problem_and_the_others_are_read(
    cluster: Any, library: Library, photos: Path, models_dir: Path, tmp_path: Path
) -> None:
    album = tmp_path / "album"
    album.mkdir()
    for path in sorted(photos.iterdir())[:7]:
        shutil.copy(path, album)
    (album / "guilty.png").write_bytes(b"\x89PNG and what a decoder dies of")
    summary = finish(reading(library, album, models_dir, cluster.address))
    assert (summary.read, summary.problems) == (8, 1)
    found = states(library)
    assert found.pop("guilty.png") == PhotoState.BROKEN
    assert set(found.values()) == {PhotoState.SCANNED}
    assert [row.problem for row in problem_photo_rows(library)] == [KILLED]


def test_a_worker_that_does_not_see_a_photo_is_left_out_and_the_photo_is_read(
    cluster: Any, library: Library, photos: Path, models_dir: Path, tmp_path: Path
) -> None:
    album = tmp_path / "album"
    album.mkdir()
    for number, path in enumerate(sorted(photos.iterdir())[:6]):
        shutil.copy(path, album / ("hidden.jpg" if number == 0 else path.name))
    told: list[str] = []
    finish(reading(library, album, models_dir, cluster.address, told))
    assert set(states(library).values()) == {PhotoState.SCANNED}
    (sentence,) = told
    assert f"it does not see {album / 'hidden.jpg'} as this machine does" in sentence
