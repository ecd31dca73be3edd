"""Looks for faces of a changed photo that the detector did not find in it, where the change may have put them.

A drawn face is one that no detector finds, and a face on its side is found by none: but what the picture shows at a
place can be compared with what it showed before.
"""

from collections.abc import Collection

import numpy as np

from engine.errors import PhotoError
from engine.faces.crops import cut
from engine.faces.embed import Embedder
from engine.faces.quality import LOW_QUALITY
from engine.geometry import Image
from engine.library import indexing
from engine.library.indexing import FoundAgain, Likeness, SearchedPhoto, WaitingFace
from engine.library.library import Library
from engine.scan.decode import decode, read_file
from engine.scan.fingerprint import content_hash
from engine.workflows.embedding.cutting import drawn_side


def place_waiting(library: Library, embedder: Embedder, photo_ids: Collection[int], likeness: Likeness) -> None:
    """Put the faces that wait in these photos, which were just read, where they are found; the others go on waiting."""
    key = embedder.card.key
    for photo in indexing.waiting_faces(library, photo_ids, key):
        found = _found(photo, embedder, likeness)
        if found:
            indexing.put_waiting(library, photo, found, key)


def _found(photo: SearchedPhoto, embedder: Embedder, likeness: Likeness) -> list[FoundAgain]:
    smallest = min((place.box for face in photo.faces for place in face.places), key=lambda box: box.area)
    try:
        data = read_file(photo.path)
        if content_hash(data) != photo.content_hash:
            return []
        image = decode(data, side=drawn_side(smallest)).image
    except PhotoError:
        return []  # it is read, and what is wrong with it told, by the next scan
    found = (_seen(face, image, embedder, likeness) for face in photo.faces)
    return [one for one in found if one is not None]


def _seen(face: WaitingFace, image: Image, embedder: Embedder, likeness: Likeness) -> FoundAgain | None:
    """Return the place where the picture shows the face, if it does at one."""
    size = np.array([image.shape[1], image.shape[0]], np.float32)
    crops = [
        cut(image, place.box.scaled(float(size[0]), float(size[1])), place.landmarks * size, embedder.card.input.crop)
        for place in face.places
    ]
    read = embedder.read(np.stack(crops))
    least = np.array([likeness.likely if place.told else likeness.sure for place in face.places])
    if face.quality < LOW_QUALITY:
        # Blurred scraps are like each other; the very same pixels are far more so.
        least = (1 + least) / 2
    alike = read.vectors @ face.vector - least
    best = int(np.argmax(alike))
    if alike[best] < 0:
        return None
    place, (vector, length) = face.places[best], list(read.rows())[best]
    return FoundAgain(face.face_id, place.box, place.landmarks, vector, length)
