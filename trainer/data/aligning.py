"""From photos of known people to crops: found and aligned with the engine's own detector and template."""

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

import cv2
import numpy as np

from engine.errors import PhotoError
from engine.faces.align import align
from engine.faces.detect import Detection
from engine.faces.finder import DECODE_SIDE, FaceFinder
from engine.geometry import Image
from engine.progress import Progress, Workflow
from engine.scan.content import PhotoContent
from engine.scan.decode import decode, read_file
from trainer.data.crop_folder import CropWriter, walk_people
from trainer.data.faces import CROP_SIDE, LabelledFace
from trainer.data.listed_pairs import VerificationSet


class Which(StrEnum):
    """Whose face a photo's label is about, where it shows several."""

    LARGEST = "largest"
    """The box of the largest area: albums, portraits with bystanders."""
    CENTRAL = "central"
    """The box whose centre is nearest to the picture's: how LFW and the sets made from it are labelled."""


@dataclass(slots=True)
class AlignedPhotos:
    """What became of a folder of photos: `crops` is the new crop folder, the lists hold relative paths.

    Photos of `several` faces gave their largest; whether that is the person of the folder should be looked at.
    """

    crops: Path
    faces: int = 0
    without_face: list[str] = field(default_factory=list)
    several: list[str] = field(default_factory=list)
    unreadable: list[tuple[str, str]] = field(default_factory=list)


def align_photos(photos: Path, crops: Path, finder: FaceFinder) -> Workflow[AlignedPhotos]:
    """Find the labelled face of every photo in a folder of people's folders and write a crop folder (see `CropFolder`).

    A picture of exactly 112 × 112 is a crop already and taken as it is. The event is the folder below the person's, or
    the day the photo was taken. Raises UsageError where `crops` holds a list already.
    """
    summary = AlignedPhotos(crops)
    found = walk_people(photos)
    with CropWriter(crops) as writer:
        for number, (relpath, face) in enumerate(found):
            yield Progress("align", number, len(found), figures={"faces": summary.faces})
            try:
                content = decode(read_file(photos / relpath), side=DECODE_SIDE)
            except PhotoError as error:
                summary.unreadable.append((relpath, str(error)))
                continue
            crop = _crop_of(content.image, relpath, finder, summary)
            if crop is not None:
                writer.add(LabelledFace(face.person, relpath, face.event or _day(content)), crop)
                summary.faces += 1
    yield Progress("align", len(found), len(found), figures={"faces": summary.faces})
    return summary


def _crop_of(image: Image, relpath: str, finder: FaceFinder, summary: AlignedPhotos) -> Image | None:
    if image.shape[:2] == (CROP_SIDE, CROP_SIDE):
        return image
    detections = finder.find(image)
    if not detections:
        summary.without_face.append(relpath)
        return None
    if len(detections) > 1:
        summary.several.append(relpath)
    return align(image, chosen(detections, image, Which.LARGEST).landmarks)


def chosen(detections: list[Detection], image: Image, which: Which) -> Detection:
    """Return the detection that the photo's label is about; there must be one at least."""
    if which is Which.LARGEST:
        return max(detections, key=lambda detection: detection.box.area)
    middle = np.array([image.shape[1] / 2, image.shape[0] / 2])
    return min(detections, key=lambda detection: float(np.linalg.norm(np.array(detection.box.centre) - middle)))


@dataclass(frozen=True, slots=True)
class AlignedSet:
    """A verification set whose pictures are crops, and the pictures in which no face was found.

    Those are the middle of the picture instead: leaving their pairs out would make every model look better.
    """

    pairs: VerificationSet
    without_face: tuple[int, ...]


def align_set(pairs: VerificationSet, finder: FaceFinder) -> Workflow[AlignedSet]:
    """Align every picture of a set by its central face, keeping the crops in memory (38 kB each)."""
    crops: list[Image] = []
    without: list[int] = []
    for index in range(len(pairs.titles)):
        yield Progress("align", index, len(pairs.titles))
        image = pairs.picture(index)
        if image.shape[:2] != (CROP_SIDE, CROP_SIDE):
            detections = finder.find(image)
            if detections:
                image = align(image, chosen(detections, image, Which.CENTRAL).landmarks)
            else:
                without.append(index)
                image = _middle(image)
        crops.append(image)
    aligned = VerificationSet(pairs.titles, pairs.first, pairs.second, pairs.same, pairs.fold, crops.__getitem__)
    return AlignedSet(aligned, tuple(without))


def _middle(image: Image) -> Image:
    """Return the middle of a picture, half as long as its shorter side, as 112 × 112: about where LFW's faces are."""
    height, width = image.shape[:2]
    side = max(1, min(height, width) // 2)
    top, left = (height - side) // 2, (width - side) // 2
    return np.asarray(cv2.resize(image[top : top + side, left : left + side], (CROP_SIDE, CROP_SIDE)), np.uint8)


def _day(content: PhotoContent) -> str:
    return "" if content.taken_at is None else content.taken_at.date().isoformat()
