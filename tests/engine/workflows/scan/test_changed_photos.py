"""A photo that was changed in place: what was said stays with the face that it meant, or waits for it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import pytest

from engine.geometry import Box, Image
from engine.library.edits import confirm_faces, ignore_faces, split_off
from engine.library.history import redo, undo
from engine.library.library import Library
from engine.library.queries import counts, face_rows, ignored_face_rows, people_rows, photo_rows, waiting_face_rows
from engine.models.catalog import Catalog
from engine.progress import finish
from engine.settings import Settings
from engine.workflows.drawing import draw
from engine.workflows.scan.analysis import Analyser
from engine.workflows.scan.index import index
from engine.workflows.scan.opening_models import open_analyser
from engine.workflows.scan.roots import chosen_roots
from engine.workflows.scan.survey import survey
from tests.portraits import portrait

Point = tuple[float, float]


@pytest.fixture(scope="module")
def analyser(models_dir: Path) -> Analyser:
    return open_analyser(*Catalog(models_dir).defaults(), models_dir, Settings())


def two_people() -> Image:
    return np.concatenate([portrait("collins"), portrait("hopper")], axis=1)


def tinted(image: Image) -> Image:
    return np.clip(image * np.array([0.75, 1.0, 1.15]) + 10, 0, 255).astype(np.uint8)


def small(image: Image) -> Image:
    return np.asarray(cv2.resize(image, None, fx=0.6, fy=0.6, interpolation=cv2.INTER_AREA), np.uint8)


def same(point: Point) -> Point:
    return point


CHANGES: dict[str, tuple[Callable[[Image], Image], Callable[[Point], Point]]] = {
    "colours": (tinted, same),
    "smaller": (small, same),
    "mirrored": (lambda image: image[:, ::-1], lambda p: (1 - p[0], p[1])),
    "upside down": (lambda image: np.rot90(image, 2), lambda p: (1 - p[0], 1 - p[1])),
    "turned right": (lambda image: np.rot90(image, 3), lambda p: (1 - p[1], p[0])),
    "turned left": (lambda image: np.rot90(image), lambda p: (p[1], 1 - p[0])),
    "cut to the left": (lambda image: image[:, :260], lambda p: (p[0] * 500 / 260, p[1])),
    "cut to the right": (lambda image: image[:, 240:], lambda p: ((p[0] * 500 - 240) / 260, p[1])),
}


@dataclass
class Shot:
    """A library with one photo of two people, whose file a test changes."""

    library: Library
    path: Path
    analyser: Analyser

    def show(self, image: Image) -> None:
        """Write the picture into the file, without loss, and read it."""
        cv2.imwrite(str(self.path), np.ascontiguousarray(image[..., ::-1]))
        found = finish(survey(self.library, chosen_roots(self.library, [self.path.parent])[0]))
        finish(index(self.library, found.unread, self.analyser, 1))

    def faces(self) -> dict[int, Box]:
        return {row.face: row.box for row in face_rows(self.library)}

    def waiting(self) -> set[int]:
        return {row.face for row in waiting_face_rows(self.library)}

    def people(self) -> dict[int, int]:
        return {row.person: row.faces for row in people_rows(self.library)}


@pytest.fixture
def shot(tmp_path: Path, analyser: Analyser) -> Iterator[Shot]:
    (tmp_path / "photos").mkdir()
    with Library(tmp_path / "library.sqlite") as library:
        made = Shot(library, tmp_path / "photos" / "two.png", analyser)
        made.show(two_people())
        yield made


def name_both(shot: Shot) -> tuple[int, int]:
    """Make two people of the two faces, the left one first; return the faces."""
    left, right = sorted(shot.faces(), key=lambda face: shot.faces()[face].left)
    split_off(shot.library, [left], "Left")
    split_off(shot.library, [right], "Right")
    return left, right


def hold(shot: Shot, face: int, before: Box, of_point: Callable[[Point], Point]) -> None:
    """The face is where the change has put it, or waits where that is out of the picture."""
    x, y = of_point(before.centre)
    if 0 < x < 1 and 0 < y < 1:
        assert shot.faces()[face].holds(x, y)
    else:
        assert face in shot.waiting()


@pytest.mark.parametrize("change", CHANGES)
def test_answers_stay_with_the_faces_that_they_meant(shot: Shot, change: str) -> None:
    of_pixels, of_point = CHANGES[change]
    faces = name_both(shot)
    before = shot.faces()
    shot.show(of_pixels(two_people()))
    for face in faces:
        hold(shot, face, before[face], of_point)
    assert set(shot.faces()) | shot.waiting() == set(faces)
    assert len(shot.people()) == counts(shot.library).people == len(shot.faces())
    shot.show(two_people())
    assert shot.faces() == before
    assert shot.waiting() == set()
    assert list(shot.people().values()) == [1, 1]


def test_another_photo_under_the_name_inherits_nobody(shot: Shot) -> None:
    left, right = name_both(shot)
    shot.show(np.concatenate([portrait("hopper"), portrait("hopper")[:, ::-1]], axis=1))
    assert left in shot.waiting()
    assert len(shot.faces()) == 2
    assert [row.name for row in people_rows(shot.library)] == ["Right"]
    shot.show(np.full((250, 500, 3), 90, np.uint8))
    assert shot.waiting() == {left, right}
    assert people_rows(shot.library) == []
    assert [row.faces for row in photo_rows(shot.library)] == [0]
    shot.show(two_people())
    assert set(shot.faces()) == {left, right}


def test_an_undo_after_the_change_finds_the_face_at_its_new_place(shot: Shot) -> None:
    left, right = name_both(shot)
    ignore_faces(shot.library, [left])
    shot.show(two_people()[:, ::-1])
    (aside,) = ignored_face_rows(shot.library)
    assert aside.face == left
    assert aside.box.left > shot.faces()[right].left
    undo(shot.library)
    assert shot.faces()[left] == aside.box
    assert sorted(row.name or "" for row in people_rows(shot.library)) == ["Left", "Right"]
    redo(shot.library)
    assert [row.face for row in ignored_face_rows(shot.library)] == [left]


def test_what_is_done_again_is_said_of_a_face_that_still_waits(shot: Shot) -> None:
    left, right = name_both(shot)
    (person,) = [row.person for row in people_rows(shot.library) if row.name == "Right"]
    confirm_faces(shot.library, person, [left])
    undo(shot.library)
    undo(shot.library)
    undo(shot.library)
    shot.show(two_people()[:, 240:])
    for _ in range(3):
        redo(shot.library)
    assert shot.waiting() == {left}
    assert shot.people()[person] == 1
    shot.show(two_people())
    assert set(shot.faces()) == {left, right}
    assert shot.people()[person] == 2


@pytest.mark.parametrize("change", ["mirrored", "turned right", "smaller", "cut to the left"])
def test_a_drawn_face_moves_with_its_picture(shot: Shot, change: str) -> None:
    """Clouds, which no detector takes for a face, but somebody does."""
    clouds = np.random.default_rng(1).integers(0, 255, (10, 10, 3), dtype=np.uint8)
    picture = two_people()
    picture[:, 250:] = cv2.resize(clouds, (250, 250), interpolation=cv2.INTER_CUBIC)
    shot.show(picture)
    found = list(shot.faces())
    (photo,) = photo_rows(shot.library)
    face = draw(shot.library, shot.analyser, photo.id, Box(310 / 500, 0.2, 0.2, 0.5)).face_id
    assert len(found) == 1
    assert face not in found
    before = shot.faces()[face]
    of_pixels, of_point = CHANGES[change]
    shot.show(of_pixels(picture))
    hold(shot, face, before, of_point)
    shot.show(picture)
    assert shot.faces()[face] == before
