from pathlib import Path

import cv2
import numpy as np
import pytest

from engine.errors import PhotoError, UsageError
from trainer.data.pairs_file import read_pairs, read_rfw


def save(folder: Path, name: str, number: int, side: int = 112, suffix: str = ".jpg") -> None:
    path = folder / name / f"{name}_{number:04d}{suffix}"
    path.parent.mkdir(parents=True, exist_ok=True)
    cv2.imwrite(str(path), np.full((side, side, 3), number * 20, np.uint8))


@pytest.fixture
def pictures(tmp_path) -> Path:
    for name in ("Ada_L", "Ben_K", "Cy_M"):
        for number in (1, 2, 3):
            save(tmp_path / "pictures", name, number)
    return tmp_path / "pictures"


def test_lfw_s_form(tmp_path, pictures) -> None:
    listed = tmp_path / "pairs.txt"
    lines = ["2\t1", "Ada_L\t1\t2", "Ada_L\t1\tBen_K\t3", "Cy_M\t2\t3", "Ben_K\t1\tCy_M\t2"]
    listed.write_text("\n".join(lines) + "\n")
    found = read_pairs(listed, pictures)
    assert found.same.tolist() == [True, False, True, False]
    assert found.fold.tolist() == [0, 0, 1, 1]
    titles = [(found.titles[one], found.titles[other]) for one, other in zip(found.first, found.second, strict=True)]
    assert titles == [("Ada_L 1", "Ada_L 2"), ("Ada_L 1", "Ben_K 3"), ("Cy_M 2", "Cy_M 3"), ("Ben_K 1", "Cy_M 2")]
    assert len(found.titles) == 6
    assert abs(found.crop(int(found.second[1])).mean() - 60) <= 1


def test_a_lone_number_is_one_fold(tmp_path, pictures) -> None:
    listed = tmp_path / "pairsDevTest.txt"
    listed.write_text("1\nAda_L\t1\t2\nAda_L\t1\tBen_K\t3\n")
    assert read_pairs(listed, pictures).fold.tolist() == [0, 0]


def test_rfw_has_no_head_and_ten_folds(tmp_path) -> None:
    folder = tmp_path / "data" / "Indian"
    for name in ("m.01", "m.02"):
        for number in (1, 2):
            save(folder, name, number, suffix=".png" if number == 2 else ".jpg")
    lists = tmp_path / "txts" / "Indian"
    lists.mkdir(parents=True)
    (lists / "Indian_pairs.txt").write_text("m.01\t1\t2\nm.01\t1\tm.02\t1\n" * 10)
    found = read_rfw(tmp_path, "Indian")
    assert len(found.same) == 20
    assert found.same.sum() == 10
    assert found.fold.tolist() == [fold for fold in range(10) for _ in range(2)]
    with pytest.raises(UsageError, match="no group"):
        read_rfw(tmp_path, "Martian")


def test_names_with_spaces(tmp_path) -> None:
    save(tmp_path, "Ada L", 1)
    save(tmp_path, "Ada L", 2)
    (tmp_path / "pairs.txt").write_text("Ada L\t1\t2\n")
    assert read_pairs(tmp_path / "pairs.txt", tmp_path).same.tolist() == [True]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Ada_L\t1\n", "Line 1"),
        ("1\t1\nAda_L\t1\t2\nAda_L\tone\tBen_K\t2\n", "Line 3"),
        ("2\t1\nAda_L\t1\t2\nAda_L\t1\tBen_K\t3\n", "announces 2 folds"),
        ("Ada_L\t1\t9\n", "Ada_L_0009"),
        ("10\t300\n", "no pairs"),
        ("", "no pairs"),
    ],
)
def test_wrong_lines_are_named(tmp_path, pictures, text, word) -> None:
    listed = tmp_path / "pairs.txt"
    listed.write_text(text)
    with pytest.raises(UsageError, match=word):
        read_pairs(listed, pictures)


def test_an_absent_list_is_named(tmp_path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        read_pairs(tmp_path / "pairs.txt", tmp_path)


def test_a_picture_that_is_no_crop_is_refused_as_one(tmp_path) -> None:
    save(tmp_path, "a", 1, side=250)
    save(tmp_path, "a", 2)
    (tmp_path / "pairs.txt").write_text("a\t1\t2\n")
    found = read_pairs(tmp_path / "pairs.txt", tmp_path)
    assert found.picture(0).shape == (250, 250, 3)
    with pytest.raises(PhotoError, match="250 × 250"):
        found.crop(0)
