import json
from datetime import datetime
from pathlib import Path

import cv2
import numpy as np
import pytest

from engine.errors import UsageError
from engine.faces.align import TEMPLATE_112
from engine.geometry import Box
from engine.library.clusters import Assignments, assign_faces
from engine.library.edits import name_person
from engine.library.folders import add_folder
from engine.library.indexing import PhotoScan, ScannedFace, start_photos, store_scans
from engine.library.library import Library
from engine.library.queries import face_rows
from engine.paths import Places
from engine.progress import finish
from engine.thumb_store import ThumbStore
from engine.workflows.erasing import erase_face_data
from trainer.choices import SourceKind
from trainer.cli import main
from trainer.sources import open_source

PEOPLE, PHOTOS = 3, 4
PLACE = np.array([40.0, 24.0])
"""Where in a photo of 240 × 160 the crop lies, in pixels from its upper left corner."""


def colour(person: int, number: int) -> tuple[int, int, int]:
    return 60 * person + 20, 50 * number + 20, 128


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder whose library has three people with four photos each; the last person has no name."""
    pictures, data = tmp_path / "pictures", tmp_path / "data"
    pictures.mkdir()
    data.mkdir()
    names = [f"{person}-{number}.png" for person in range(PEOPLE) for number in range(PHOTOS)]
    for place, name in enumerate(names):
        photo = np.zeros((160, 240, 3), np.uint8)
        photo[24:136, 40:152] = colour(place // PHOTOS, place % PHOTOS)
        cv2.imwrite(str(pictures / name), photo[:, :, ::-1])
    landmarks = ((TEMPLATE_112 + PLACE) / (240, 160)).astype(np.float32)
    face = ScannedFace(Box(0.2, 0.2, 0.4, 0.6), landmarks, 0.9, 0.5, np.eye(1, 8, dtype=np.float32)[0])
    with Library(data / "library.sqlite") as library:
        ids = start_photos(library, add_folder(library, pictures), [(name, 1000, 50) for name in names])
        for place, name in enumerate(names):
            taken = None if place == 1 else datetime(2024, 5, 1 + place % PHOTOS, 18, 30)  # noqa: DTZ001 local time
            scan = PhotoScan(ids[name], 1000, 50, name.encode(), 240, 160, taken, "yunet", (face,), "sface")
            store_scans(library, [scan])
        faces = [row.face for row in face_rows(library)]
        groups = [faces[PHOTOS * person : PHOTOS * (person + 1)] for person in range(PEOPLE)]
        people = assign_faces(library, Assignments({}, groups)).people
        for person, name in zip(people[:2], ("Ada", "Grace"), strict=True):
            assert person is not None
            name_person(library, person, name)
    return data


def test_named_people_of_a_library(data: Path, tmp_path: Path) -> None:
    opened = finish(open_source(SourceKind.LIBRARY, data / "library.sqlite", tmp_path / "crops", tmp_path))
    faces = opened.source.faces
    assert opened.notes == ()
    assert [face.person for face in faces] == sorted(face.person for face in faces)
    assert len(faces) == 2 * PHOTOS
    assert not {face.person for face in faces} & {"Ada", "Grace"}
    assert sorted(face.event for face in faces[:PHOTOS]) == ["", "2024-05-01", "2024-05-03", "2024-05-04"]
    for index, face in enumerate(faces):
        person, number = Path(face.photo).stem.split("-")
        crop = opened.source.crop(index)
        assert crop.shape == (112, 112, 3)
        assert np.abs(crop[8:-8, 8:-8].astype(int) - colour(int(person), int(number))).max() <= 1


def test_crops_of_a_library_are_written_once(data: Path, tmp_path: Path) -> None:
    gone = tmp_path / "pictures" / "0-2.png"
    gone.unlink()
    opened = finish(open_source(SourceKind.LIBRARY, data, tmp_path / "crops", tmp_path))
    assert opened.notes == ("1 face whose photo cannot be read was left out.",)
    (data / "library.sqlite").unlink()
    again = finish(open_source(SourceKind.LIBRARY, data, tmp_path / "crops", tmp_path))
    assert again.source.faces == opened.source.faces
    assert len(again.source.faces) == 2 * PHOTOS - 1
    assert "earlier run" in again.notes[0]


def test_a_library_can_be_evaluated_on(
    data: Path, models_dir: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KINFOLK_MODELS_DIR", str(models_dir))
    report = data / "evaluation.html"
    words = ["evaluate", "sface_2021dec", "--data", str(data), "--kind", "library", "--report", str(report), "--json"]
    assert main(words) == 0
    assert "equal error rate" in json.loads(capsys.readouterr().out)
    assert report.is_file()


def test_what_is_no_library_is_told_and_left_alone(data: Path, tmp_path: Path) -> None:
    def opening(path: Path) -> None:
        finish(open_source(SourceKind.LIBRARY, path, tmp_path / "crops", tmp_path))

    empty = tmp_path / "empty"
    empty.mkdir()
    for absent in (empty, tmp_path / "absent.sqlite"):
        with pytest.raises(UsageError, match="no library at"):
            opening(absent)
        assert not absent.is_file()
    assert list(empty.iterdir()) == []
    (empty / "notes.txt").write_text("no library, but some text that is longer than a header of a database " * 20)
    with pytest.raises(UsageError, match="not a Kinfolk library"):
        opening(empty / "notes.txt")
    with Library(empty / "library.sqlite"):
        pass
    with pytest.raises(UsageError, match="has a name and confirmed faces"):
        opening(empty)
    for photo in (tmp_path / "pictures").iterdir():
        photo.unlink()
    for _ in range(2):
        with pytest.raises(UsageError, match="can be read"):
            opening(data)


def test_a_recipe_for_a_library_runs_and_its_crops_are_erased_with_the_library(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KINFOLK_DATA_DIR", str(data))
    assert main(["train", "--new", "library", "mine.toml"]) == 0
    text = Path("mine.toml").read_text(encoding="utf-8")
    short = text.replace("steps = 2000", "steps = 2").replace('"mobilefacenet"', '"tiny"').replace("warm_up = 100", "")
    Path("mine.toml").write_text(short.replace("held_out = 0.2", "held_out = 0.0"), encoding="utf-8")
    assert main(["train", "mine.toml"]) == 0
    capsys.readouterr()
    facts = json.loads((tmp_path / "runs/mine/run.json").read_text())
    assert facts["people"] == 2
    assert facts["people_in_a_batch"] == "2, of the 32 asked for: there are no more"
    assert not (tmp_path / "runs/mine/crops").exists()
    places = Places(data)
    assert len(list(places.crops.rglob("*.png"))) == 2 * PHOTOS
    with Library(data / "library.sqlite") as library:
        finish(erase_face_data(library, places, ThumbStore(places.thumbs)))
    assert not places.crops.exists()
