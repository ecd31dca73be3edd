"""A page with several pictures of one person does not tear ordinary photos apart, and is asked about once."""

import json
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from pathlib import Path

import cv2
import numpy as np
import pytest

from engine.cli import main
from engine.library.edits import hide_people, postpone_question
from engine.library.history import redo, undo
from engine.library.library import Library
from engine.library.pages import note_ordinary, note_page, said_of_pages
from engine.library.queries import people_rows, photo_rows
from engine.models.catalog import Catalog
from engine.paths import Places
from engine.progress import finish
from engine.settings import Settings
from engine.workflows.grouping.clustering_input import full_constraints, placed_faces
from engine.workflows.grouping.recluster import recluster
from engine.workflows.questions.pages import PAGE, page_questions, shown_faces
from engine.workflows.questions.suggestions import askable_among, askable_faces
from engine.workflows.scan.full_scan import full_scan
from tests.portraits import photos, write_photos


@pytest.fixture(scope="module")
def album(tmp_path_factory: pytest.TempPathFactory, models_dir: Path) -> Path:
    """A scanned library of six photos of each of two people, and a page with four pictures of one of them."""
    data = tmp_path_factory.mktemp("pages")
    for person in ("collins", "hopper"):
        write_photos(data / "photos", person, 6)
    four = list(photos("hopper", 10))[6:]
    page = np.concatenate([np.concatenate(four[:2], axis=1), np.concatenate(four[2:], axis=1)])
    assert cv2.imwrite(str(data / "photos" / "page.png"), np.ascontiguousarray(page[..., ::-1]))
    with Library(data / "library.sqlite") as library:
        places = Places(data)
        places.models.symlink_to(models_dir)
        finish(full_scan(library, places, Settings(), [data / "photos"]))
    return data


@pytest.fixture
def library(album: Path, tmp_path: Path):
    path = tmp_path / "library.sqlite"
    path.write_bytes((album / "library.sqlite").read_bytes())
    with Library(path) as opened:
        yield opened


def page_of(library: Library) -> int:
    (page,) = [row.id for row in photo_rows(library) if row.path.name == "page.png"]
    return page


def test_the_faces_of_a_page_are_with_their_person(library: Library) -> None:
    assert sorted(row.faces for row in people_rows(library)) == [6, 10]


def test_the_page_is_asked_about_and_nothing_else(library: Library, models_dir: Path) -> None:
    card = Catalog(models_dir).default_embedder()
    (question,) = page_questions(library, card)
    assert question.photo == page_of(library)
    assert len(question.face_ids) == 4
    assert 0.5 <= question.probability < 1


def test_an_answer_is_remembered_and_can_be_taken_back(library: Library, models_dir: Path) -> None:
    card, page = Catalog(models_dir).default_embedder(), page_of(library)

    def counts_as_page() -> bool:
        faces = placed_faces(library, card)
        photos = full_constraints(library, faces, card).photos
        assert photos is not None
        return page not in photos

    assert counts_as_page()
    changes = note_ordinary(library, page)
    assert page in changes.photos
    assert len(changes.faces) == 4
    assert page_questions(library, card) == []
    assert not counts_as_page()
    finish(recluster(library, card))
    undo(library)
    assert len(page_questions(library, card)) == 1
    finish(recluster(library, card))
    assert sorted(row.faces for row in people_rows(library)) == [6, 10]
    redo(library)
    assert said_of_pages(library) == {page: False}
    note_page(library, page)
    assert said_of_pages(library) == {page: True}
    assert counts_as_page()


def test_faces_that_were_read_for_pages_are_those_that_people_are_asked_about_by(
    library: Library, models_dir: Path
) -> None:
    card = Catalog(models_dir).default_embedder()
    note_page(library, page_of(library))
    hide_people(library, [min(people_rows(library), key=lambda row: row.faces).person])
    wanted, found = askable_faces(library, card), askable_among(library, shown_faces(library, card))
    assert len(wanted.face_ids) == 10
    for field in fields(wanted):
        one, other = getattr(found, field.name), getattr(wanted, field.name)
        assert np.allclose(one, other, atol=1e-6, equal_nan=True), field.name


def test_the_question_can_be_put_off(library: Library, models_dir: Path) -> None:
    card = Catalog(models_dir).default_embedder()
    postpone_question(library, PAGE, page_of(library), 0, datetime.now(UTC) + timedelta(days=1))
    assert page_questions(library, card) == []


def test_the_command_line_asks_and_takes_the_answer(
    library: Library, models_dir: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KINFOLK_MODELS_DIR", str(models_dir))
    photo, data = page_of(library), library.path.parent

    def kinfolk(*words: object) -> str:
        capsys.readouterr()
        assert main(["--data-dir", str(data), *map(str, words)]) == 0
        return capsys.readouterr().out

    (asked,) = [one for one in json.loads(kinfolk("suggestions", "--json")) if one["question"] == PAGE]
    assert (asked["photo"], len(asked["faces"])) == (photo, 4)
    assert f"Is photo {photo} a page" in kinfolk("suggestions")
    kinfolk("page", photo, "--ordinary")
    assert said_of_pages(library) == {photo: False}
    kinfolk("undo")
    kinfolk("page", photo)
    assert said_of_pages(library) == {photo: True}
    assert PAGE not in {one["question"] for one in json.loads(kinfolk("suggestions", "--json"))}
