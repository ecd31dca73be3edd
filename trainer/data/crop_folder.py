"""A folder of folders of aligned crops: the form in which Kinfolk keeps training faces on the disk.

    root/PERSON/anything.png              a crop, 112 × 112
    root/PERSON/EVENT/anything.png        the same, with the day or occasion it belongs to
    root/faces.csv                        optional: crop, person, photo, event; then this list alone counts

Without the list a crop's photo is its own path: two faces of one photo are not known to be so.
"""

import csv
from pathlib import Path
from typing import Self

import cv2
import numpy as np

from engine.errors import PhotoError, UsageError
from engine.geometry import Image
from engine.progress import Progress, Workflow
from engine.scan.decode import decode, read_file
from engine.scan.formats import has_photo_suffix
from engine.words import sentence
from trainer.data.faces import CROP_SIDE, FaceSource, LabelledFace

LIST_NAME = "faces.csv"
UNFINISHED = "faces.csv.part"
"""The list while crops are still being written: a folder with it alone is refused."""

COLUMNS = ("crop", "person", "photo", "event")


class CropFolder:
    """The faces of such a folder, sorted by path. Reading a crop of another size raises PhotoError."""

    def __init__(self, root: Path) -> None:
        if not root.is_dir():
            raise UsageError(
                sentence("{folder} is not a folder.", folder=root),
                sentence("Name a folder with one folder of crops for each person."),
            )
        self.root = root
        listed = root / LIST_NAME
        if (root / UNFINISHED).is_file() and not listed.is_file():
            raise UsageError(
                sentence("The crops in {folder} were not written to their end.", folder=root),
                sentence("Delete the folder and start again."),
            )
        found = _listed(listed) if listed.is_file() else walk_people(root)
        if not found:
            raise UsageError(
                sentence("There are no faces in {folder}.", folder=root),
                sentence("It should hold one folder of crops for each person."),
            )
        self.paths = [root / relpath for relpath, _ in found]
        self.faces = [face for _, face in found]

    def crop(self, index: int) -> Image:
        """Return the crop (112, 112, 3) RGB uint8. Raises PhotoError where it cannot be read or is of another size."""
        return decode_crop(read_file(self.paths[index]), str(self.paths[index]))


def decode_crop(data: bytes, title: str) -> Image:
    """Decode an aligned crop; PhotoError, naming `title`, where it is not 112 × 112."""
    image = decode(data, side=0).image
    if image.shape[:2] != (CROP_SIDE, CROP_SIDE):
        raise PhotoError(
            sentence(
                "{title} has {width} × {height} pixels, not {side} × {side}.",
                title=title,
                width=image.shape[1],
                height=image.shape[0],
                side=CROP_SIDE,
            ),
            sentence("Photos have to be aligned first."),
        )
    return image


class CropWriter:
    """Writes crops and their list into a new folder; the list gets its name when the `with` block ends well."""

    def __init__(self, root: Path) -> None:
        if (root / LIST_NAME).exists():
            raise UsageError(
                sentence("{folder} already holds a list of faces.", folder=root), sentence("Name an empty folder.")
            )
        root.mkdir(parents=True, exist_ok=True)
        self.root = root
        self.written = 0
        self._folders: dict[str, str] = {}
        self._stream = (root / UNFINISHED).open("w", encoding="utf-8", newline="")
        self._list = csv.writer(self._stream)
        self._list.writerow(COLUMNS)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._stream.close()
        if kind is None:
            (self.root / UNFINISHED).replace(self.root / LIST_NAME)

    def add(self, face: LabelledFace, crop: Image) -> None:
        """Write one crop (112, 112, 3) RGB uint8 as PNG."""
        # A person's name may hold what no file name may: folders are numbered, the list has the names.
        folder = self._folders.setdefault(face.person, f"{len(self._folders):05d}")
        relpath = f"{folder}/{self.written:07d}.png"
        (self.root / folder).mkdir(exist_ok=True)
        done, data = cv2.imencode(".png", np.ascontiguousarray(crop[:, :, ::-1]))
        if not done:
            raise PhotoError(sentence("OpenCV could not write a crop as PNG."))
        (self.root / relpath).write_bytes(data.tobytes())
        self._list.writerow((relpath, face.person, face.photo, face.event))
        self.written += 1


def write_crops(source: FaceSource, root: Path) -> Workflow[list[tuple[int, str]]]:
    """Keep the crops of a source in a new crop folder; return the indices that could not be read, with the reasons."""
    unreadable: list[tuple[int, str]] = []
    with CropWriter(root) as writer:
        for index, face in enumerate(source.faces):
            yield Progress("crops", index, len(source.faces))
            try:
                writer.add(face, source.crop(index))
            except PhotoError as error:
                unreadable.append((index, str(error)))
    return unreadable


def _listed(path: Path) -> list[tuple[str, LabelledFace]]:
    with path.open(encoding="utf-8", newline="") as stream:
        rows = csv.DictReader(stream)
        if not set(COLUMNS) <= set(rows.fieldnames or ()):
            raise UsageError(
                sentence("{path} lacks columns.", path=path),
                sentence("It needs {columns}.", columns=", ".join(COLUMNS)),
            )
        return [(row["crop"], LabelledFace(row["person"], row["photo"], row["event"])) for row in rows]


def walk_people(root: Path) -> list[tuple[str, LabelledFace]]:
    """List the photos below each person's folder, sorted: path relative to `root`, and the face it would be."""
    found: list[tuple[str, LabelledFace]] = []
    for person in sorted(path for path in root.iterdir() if path.is_dir() and not path.name.startswith(".")):
        for path in sorted(person.rglob("*")):
            if path.is_file() and has_photo_suffix(path.name):
                relpath = path.relative_to(root).as_posix()
                event = path.parent.relative_to(person).as_posix()
                found.append((relpath, LabelledFace(person.name, relpath, "" if event == "." else event)))
    return found
