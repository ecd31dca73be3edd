from pathlib import Path

import cv2
import numpy as np
import pytest

from engine.errors import PhotoError, UsageError
from engine.progress import finish
from tests.portraits import PEOPLE, write_aligned
from trainer.data.crop_folder import CropFolder, CropWriter, write_crops
from trainer.data.faces import ChosenFaces, LabelledFace, numbered


def picture(seed: int, side: int = 112) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 256, (side, side, 3), dtype=np.uint8)


def save(path: Path, pixels: np.ndarray) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    cv2.imwrite(str(path), pixels[:, :, ::-1])


def test_people_and_events_are_folders(tmp_path) -> None:
    save(tmp_path / "Ben" / "b.png", picture(0))
    save(tmp_path / "Ada" / "2024" / "a.png", picture(1))
    save(tmp_path / "Ada" / "c.png", picture(2))
    (tmp_path / "Ada" / "notes.txt").write_text("no picture")
    source = CropFolder(tmp_path)
    assert [(face.person, face.photo, face.event) for face in source.faces] == [
        ("Ada", "Ada/2024/a.png", "2024"),
        ("Ada", "Ada/c.png", ""),
        ("Ben", "Ben/b.png", ""),
    ]
    assert np.array_equal(source.crop(0), picture(1))
    names, labels = numbered(source.faces)
    assert names == ("Ada", "Ben")
    assert labels.tolist() == [0, 0, 1]


def test_a_choice_of_faces_is_a_source(tmp_path) -> None:
    for index in range(3):
        save(tmp_path / f"p{index}" / "a.png", picture(index))
    chosen = ChosenFaces(CropFolder(tmp_path), np.array([2, 0]))
    assert [face.person for face in chosen.faces] == ["p2", "p0"]
    assert np.array_equal(chosen.crop(0), picture(2))


def test_a_picture_of_another_size_is_refused_when_read(tmp_path) -> None:
    save(tmp_path / "Ada" / "a.png", picture(0, 100))
    with pytest.raises(PhotoError, match="100 × 100"):
        CropFolder(tmp_path).crop(0)


def test_written_crops_come_back_with_any_name(tmp_path) -> None:
    class Two:
        faces = (LabelledFace('A/B: "c"', "photo 1", "day"), LabelledFace("Ünal\n", "photo 1"))

        def crop(self, index: int) -> np.ndarray:
            return picture(index)

    assert finish(write_crops(Two(), tmp_path / "new")) == []
    source = CropFolder(tmp_path / "new")
    assert source.faces == list(Two.faces)
    assert np.array_equal(source.crop(1), picture(1))
    with pytest.raises(UsageError, match="already holds"):
        CropWriter(tmp_path / "new")


def test_what_cannot_be_read_is_reported_and_passed_over(tmp_path) -> None:
    save(tmp_path / "old" / "Ada" / "a.png", picture(0, 90))
    save(tmp_path / "old" / "Ada" / "b.png", picture(1))
    unreadable = finish(write_crops(CropFolder(tmp_path / "old"), tmp_path / "new"))
    assert [index for index, _ in unreadable] == [0]
    assert [face.photo for face in CropFolder(tmp_path / "new").faces] == ["Ada/b.png"]


def test_a_break_leaves_nothing_that_passes_for_whole(tmp_path) -> None:
    for name in ("a.png", "b.png"):
        save(tmp_path / "old" / "Ada" / name, picture(1))
    writing = write_crops(CropFolder(tmp_path / "old"), tmp_path / "new")
    next(writing)
    next(writing)
    writing.close()
    with pytest.raises(UsageError, match="not written to their end"):
        CropFolder(tmp_path / "new")
    finish(write_crops(CropFolder(tmp_path / "old"), tmp_path / "new"))
    assert [face.photo for face in CropFolder(tmp_path / "new").faces] == ["Ada/a.png", "Ada/b.png"]


def test_empty_and_absent_folders_are_refused(tmp_path) -> None:
    with pytest.raises(UsageError, match="no faces"):
        CropFolder(tmp_path)
    with pytest.raises(UsageError, match="not a folder"):
        CropFolder(tmp_path / "absent")
    (tmp_path / "faces.csv").write_text("crop,person\n")
    with pytest.raises(UsageError, match="columns"):
        CropFolder(tmp_path)


def test_crops_of_photos(models_dir, tmp_path) -> None:
    for person in PEOPLE:
        write_aligned(tmp_path / person, person, 3, models_dir)
    source = CropFolder(tmp_path)
    assert len(source.faces) == 6
    assert len(numbered(source.faces)[0]) == 2
    assert source.crop(5).shape == (112, 112, 3)
