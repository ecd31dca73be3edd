"""Whatever is done to files between edits: no answer is ever on another person's face, and none is lost."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.geometry import Box
from engine.library.edits import confirm_faces, ignore_faces, reject_faces, restore_faces, split_off
from engine.library.history import redo, undo
from engine.library.indexing import (
    Likeness,
    PhotoScan,
    ScannedFace,
    mark_found,
    mark_missing,
    note_copies,
    share_faces,
    store_scans,
)
from engine.library.queries import people_rows, photo_face_rows
from engine.library.states import Source
from tests.engine.library.conftest import DIMENSION, MODEL, Album

ALIKE = Likeness(sure=0.8, likely=0.6, possible=0.3)
Shown = tuple[tuple[int, float, float], ...]
"""Who is in a picture, by number, and where the middle of each face is."""

MARKS = ((-0.02, -0.02), (0.02, -0.02), (0, 0), (-0.015, 0.02), (0.015, 0.02))
FIRST: Shown = ((0, 0.15, 0.3), (1, 0.4, 0.4), (2, 0.65, 0.3), (3, 0.85, 0.5))
CHANGES: dict[str, Callable[[Shown], Shown]] = {
    "mirrored": lambda shown: tuple((who, 1 - x, y) for who, x, y in shown),
    "turned": lambda shown: tuple((who, 1 - y, x) for who, x, y in shown),
    "left half": lambda shown: tuple((who, x * 2, y) for who, x, y in shown if x < 0.5),
    "right half": lambda shown: tuple((who, x * 2 - 1, y) for who, x, y in shown if x > 0.5),
    "others": lambda shown: tuple((who + 4, x, y) for who, x, y in shown if who < 4),
    "colours": lambda shown: shown,
    "nobody": lambda shown: (),
}


def read(photo: int, shown: Shown, content: bytes, noise: Random) -> PhotoScan:
    """A reading of a picture: vectors of one person differ a little each time."""
    faces = []
    for who, x, y in shown:
        vector = np.eye(DIMENSION)[who] + 0.1 * np.array([noise.uniform(-1, 1) for _ in range(DIMENSION)])
        marks = np.array(
            [(x - 0.02, y - 0.02), (x + 0.02, y - 0.02), (x, y), (x - 0.015, y + 0.02), (x + 0.015, y + 0.02)]
        )
        unit = (vector / np.linalg.norm(vector)).astype(np.float32)
        faces.append(ScannedFace(Box(x - 0.05, y - 0.05, 0.1, 0.1), marks.astype(np.float32), 0.9, 0.8, unit))
    return PhotoScan(photo, 1, 1, content, 400, 300, None, "yunet", tuple(faces), MODEL)


@pytest.fixture
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("albums")


@dataclass
class Story:
    """One photo and a copy of it, what they show now, and whose face each id is."""

    album: Album
    random: Random
    photos: list[int]
    shown: dict[int, Shown] = field(default_factory=dict)
    whose: dict[int, int] = field(default_factory=dict)
    contents: int = 0

    def show(self, photo: int, shown: Shown) -> None:
        content = b"first" if shown == FIRST else f"content {hash(shown)}".encode()
        store_scans(self.album.library, [read(photo, shown, content, self.random)], likeness=ALIKE)
        note_copies(self.album.library)
        share_faces(self.album.library)
        self.shown[photo] = shown
        self.learn()

    def learn(self) -> None:
        """Whose face an id is was decided when it was seen first; it must be so for ever."""
        for photo in self.photos:
            for row in photo_face_rows(self.album.library, photo):
                x, y = row.box.centre
                at = [who for who, left, top in self.shown[photo] if abs(left - x) + abs(top - y) < 0.02]
                assert len(at) == 1, "a face lies where nobody is"
                assert self.whose.setdefault(row.face, at[0]) == at[0], "a face became somebody else's"

    def say(self) -> None:
        faces = [row for photo in self.photos for row in photo_face_rows(self.album.library, photo)]
        if not faces:
            return
        row = self.random.choice(faces)
        known = [person.person for person in people_rows(self.album.library)]
        what = self.random.choice(["split", "confirm", "reject", "ignore", "restore"])
        library, face = self.album.library, row.face
        if what == "split" or not known:
            split_off(library, [face])
        elif what == "ignore":
            ignore_faces(library, [face])
        elif what == "restore":
            restore_faces(library, [face])
        else:
            person = self.random.choice(known)
            (confirm_faces if what == "confirm" else reject_faces)(library, person, [face])

    def told(self) -> set[tuple[object, ...]]:
        """Everything that is said of faces, in sight or not."""
        with self.album.library.read() as connection:
            rows = connection.exec_driver_sql("SELECT id, person_id, source, ignored FROM faces").all()
            refused = connection.exec_driver_sql("SELECT face_id, 'is not', person_id FROM rejections").all()
        spoken = {tuple(row) for row in rows if row[2] == Source.USER or row[3]}
        return spoken | {tuple(row) for row in refused}

    def step(self) -> None:
        library, photo = self.album.library, self.random.choice(self.photos)
        match self.random.choice(["change", "change", "back", "say", "say", "say", "undo", "redo", "gone"]):
            case "change":
                before = self.told()
                self.show(photo, self.random.choice(list(CHANGES.values()))(self.shown[photo]))
                assert before <= self.told(), "a scan lost something that was said"
            case "back":
                self.show(photo, FIRST)
            case "say":
                self.say()
            case "undo":
                undo(library)
            case "redo":
                redo(library)
            case "gone":
                before = self.told()
                mark_missing(library, [photo])
                mark_found(library, [photo])
                assert self.told() == before
        self.learn()


@pytest.mark.parametrize("files", [1, 2])
def test_answers_stay_where_they_belong_and_all_come_back(
    workshop: Path, make_album: Callable[[Path], Album], files: int
) -> None:
    @settings(max_examples=25)
    @given(st.integers(0, 2**32))
    def tell(seed: int) -> None:
        album = make_album(workshop)
        with album.library:
            story = Story(album, Random(seed), album.start(*(f"{number}.jpg" for number in range(files))))
            story.shown = dict.fromkeys(story.photos, ())
            for photo in story.photos:
                story.show(photo, FIRST)
            for _ in range(12):
                story.step()
            told = story.told()
            for photo in story.photos:
                story.show(photo, FIRST)
            assert told <= story.told()
            for photo in story.photos:
                here = {row.face for row in photo_face_rows(album.library, photo)}
                assert {story.whose[face] for face in here} >= {0, 1, 2, 3}
                with album.library.read() as connection:
                    query = f"SELECT id FROM faces WHERE photo_id = {photo}"
                    ours = set(connection.exec_driver_sql(query).scalars())
                said_of_the_first = {face for face, *_ in told if face in ours and story.whose.get(face, 9) < 4}
                assert said_of_the_first <= here

    tell()
