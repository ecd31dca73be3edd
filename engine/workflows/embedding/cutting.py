"""From a photo file to the crops of its stored faces. Nothing here finds faces or knows the library."""

from dataclasses import dataclass

import numpy as np

from engine.errors import PhotoError
from engine.faces.align import SIZE
from engine.faces.crops import cut
from engine.faces.finder import DECODE_SIDE
from engine.geometry import Box, Image
from engine.library.models import FaceToEmbed, PhotoToEmbed
from engine.library.states import PhotoState
from engine.models.card import Crop
from engine.scan.decode import decode, read_file
from engine.scan.fingerprint import content_hash
from engine.words import sentence

FACE_PIXELS = 2 * SIZE
"""How large a drawn face should be in what is looked at, where the photo has that many pixels."""

REASONS = {
    PhotoState.MISSING: sentence("the file is missing"),
    PhotoState.BROKEN: sentence("it cannot be read"),
    PhotoState.NEW: sentence("it has not been read to its end; scan again"),
    PhotoState.STARTED: sentence("it has not been read to its end; scan again"),
    PhotoState.SUSPECT: sentence("it has not been read to its end; scan again"),
}


@dataclass(frozen=True, slots=True)
class CutPhoto:
    """The crops of a photo's faces, n × side × side × 3 uint8, in the order of `photo.faces`."""

    photo: PhotoToEmbed
    crops: Image


@dataclass(frozen=True, slots=True)
class WaitingPhoto:
    """A photo whose faces cannot be embedded now, and why."""

    photo: PhotoToEmbed
    reason: str


def cut_photo(photo: PhotoToEmbed, crop: Crop) -> CutPhoto | WaitingPhoto:
    """Read a photo once and cut its faces as a scan would; a file with other content than was scanned waits."""
    if reason := REASONS.get(photo.state):
        return WaitingPhoto(photo, reason)
    try:
        data = read_file(photo.path)
        if content_hash(data) != photo.content_hash:
            return WaitingPhoto(photo, sentence("it has changed; scan again"))
        usual = decode(data, side=DECODE_SIDE).image
        images = [_drawn_image(data, usual, face.box) if face.drawn else usual for face in photo.faces]
    except PhotoError as error:
        return WaitingPhoto(photo, error.whole())
    try:
        crops = [_crop(image, face, crop) for image, face in zip(images, photo.faces, strict=True)]
    except ValueError as error:
        return WaitingPhoto(photo, sentence("a face in it cannot be cut out: {reason}", reason=str(error)))
    return CutPhoto(photo, np.stack(crops))


def drawn_side(box: Box) -> int:
    """Return how large a photo is decoded so that a drawn face, its box relative, is large enough."""
    return max(DECODE_SIDE, round(FACE_PIXELS / max(min(box.width, box.height), 1e-3)))


def _drawn_image(data: bytes, usual: Image, box: Box) -> Image:
    side = drawn_side(box)
    return usual if side == DECODE_SIDE else decode(data, side=side).image


def _crop(image: Image, face: FaceToEmbed, crop: Crop) -> Image:
    across, down = image.shape[1], image.shape[0]
    landmarks = np.asarray(face.landmarks * np.array([across, down], np.float32), np.float32)
    return cut(image, face.box.scaled(across, down), landmarks, crop)
