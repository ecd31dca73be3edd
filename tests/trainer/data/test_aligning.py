"""Photos of people to crops, with the real detector."""

import shutil
from pathlib import Path

import cv2
import numpy as np
import pytest

from engine.faces.align import align
from engine.faces.detect import Detection
from engine.faces.finder import FaceFinder, open_finder
from engine.geometry import Box
from engine.models.catalog import Catalog
from engine.progress import finish
from engine.scan.decode import decode, read_file
from tests.portraits import PEOPLE, write_photos
from trainer.data.aligning import Which, align_photos, align_set, chosen
from trainer.data.crop_folder import CropFolder
from trainer.data.faces import ChosenFaces
from trainer.data.library_rows import FaceRow, LibraryFaces
from trainer.data.pairs_file import read_pairs


@pytest.fixture(scope="module")
def finder(models_dir: Path) -> FaceFinder:
    return open_finder(Catalog(models_dir).default_detector(), models_dir)


@pytest.fixture(scope="module")
def albums(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The folders of two people with two photos each."""
    folder = tmp_path_factory.mktemp("albums")
    return [write_photos(folder / person, person, 2)[0].parent for person in PEOPLE]


def test_photos_become_crops_and_crops_stay(tmp_path, finder, albums) -> None:
    photos = tmp_path / "photos"
    for person in albums:
        (photos / person.name).mkdir(parents=True)
        for path in sorted(person.iterdir())[:2]:
            shutil.copy(path, photos / person.name / path.name)
    crop = np.full((112, 112, 3), 90, np.uint8)
    cv2.imwrite(str(photos / albums[0].name / "z_crop.png"), crop)
    cv2.imwrite(str(photos / albums[0].name / "z_empty.png"), np.full((300, 300, 3), 127, np.uint8))
    (photos / albums[0].name / "z_broken.jpg").write_bytes(b"\xff\xd8\xff no photo")
    summary = finish(align_photos(photos, tmp_path / "crops", finder))
    assert summary.faces == 5
    assert summary.without_face == [f"{albums[0].name}/z_empty.png"]
    assert [relpath for relpath, _ in summary.unreadable] == [f"{albums[0].name}/z_broken.jpg"]
    source = CropFolder(tmp_path / "crops")
    assert sorted({face.person for face in source.faces}) == sorted(person.name for person in albums)
    kept = next(index for index, face in enumerate(source.faces) if face.photo.endswith("z_crop.png"))
    assert np.array_equal(source.crop(kept), crop)


def test_rows_of_a_library_give_the_same_crop(finder, albums) -> None:
    photo = sorted(albums[0].iterdir())[0]
    image = decode(read_file(photo), side=0).image
    detection = chosen(finder.find(image), image, Which.LARGEST)
    relative = detection.landmarks / np.array([image.shape[1], image.shape[0]], np.float32)
    source = LibraryFaces([FaceRow(photo, relative, "7", "2003-01-01")])
    assert (source.faces[0].person, source.faces[0].event) == ("7", "2003-01-01")
    wanted = align(image, detection.landmarks)
    assert np.abs(source.crop(0).astype(int) - wanted).max() <= 2
    assert ChosenFaces(source, np.array([0])).crop(0).shape == (112, 112, 3)
    with pytest.raises(ValueError, match="five landmarks"):
        LibraryFaces([FaceRow(photo, relative[:4], "7")])


def test_a_verification_set_is_aligned_whole(tmp_path, finder, albums) -> None:
    name = albums[0].name
    folder = tmp_path / name
    folder.mkdir()
    first, second = sorted(albums[0].iterdir())[:2]
    shutil.copy(first, folder / f"{name}_0001.jpg")
    shutil.copy(second, folder / f"{name}_0002.jpg")
    cv2.imwrite(str(folder / f"{name}_0003.jpg"), np.full((250, 250, 3), 127, np.uint8))
    (tmp_path / "pairs.txt").write_text(f"{name}\t1\t2\n{name}\t1\t3\n")
    aligned = finish(align_set(read_pairs(tmp_path / "pairs.txt", tmp_path), finder))
    assert aligned.without_face == (2,)
    assert [aligned.pairs.crop(index).shape for index in range(3)] == [(112, 112, 3)] * 3
    assert aligned.pairs.same.tolist() == [True, True]


def test_whose_face_it_is() -> None:
    image = np.zeros((100, 200, 3), np.uint8)
    points = np.zeros((5, 2), np.float32)
    large = Detection(Box(0, 0, 60, 60), points, 0.7)
    central = Detection(Box(90, 40, 20, 20), points, 0.9)
    assert chosen([central, large], image, Which.LARGEST) is large
    assert chosen([large, central], image, Which.CENTRAL) is central
