"""Photos of another program are known again here."""

import unicodedata
from pathlib import Path, PurePath

from engine.metadata.programs.brought import BroughtPhoto, Frame
from engine.metadata.programs.finding import PhotoFinder


def found(finder: PhotoFinder, path: str, *, stem_only: bool = False) -> int | None:
    return finder.find(BroughtPhoto(PurePath(path), (), Frame.UPRIGHT, stem_only))


def test_photos_are_known_again_by_the_folders_above_them() -> None:
    finder = PhotoFinder((number, Path(path)) for number, path in enumerate(("/a/x/1.jpg", "/a/y/1.jpg", "/a/x/2.jpg")))
    assert found(finder, "/a/x/1.jpg") == 0
    assert found(finder, "/other/Y/1.JPG") == 1
    assert found(finder, "/other/z/1.jpg") is None
    assert found(finder, "/other/z/2.jpg") is None
    assert found(finder, "2.jpg") == 2
    assert found(finder, "1.jpg") is None
    assert found(finder, "/x/2", stem_only=True) == 2
    assert found(finder, "/x/3.jpg") is None


def test_a_name_without_its_suffix_may_have_dots() -> None:
    finder = PhotoFinder([(7, Path("/a/2020.05.01 trip.jpg"))])
    assert found(finder, "/a/2020.05.01 trip", stem_only=True) == 7


def test_letters_and_accents_may_have_come_apart() -> None:
    composed, apart = (unicodedata.normalize(form, "/a/김수현/Zoë.jpg") for form in ("NFC", "NFD"))
    assert found(PhotoFinder([(7, Path(apart))]), f"/b{composed}") == 7
    assert found(PhotoFinder([(7, Path(composed))]), f"/b{apart}") == 7
