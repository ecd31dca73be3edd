"""A face that the user drew: found again by the detector where it can be, and embedded like any other."""

from dataclasses import replace

from engine.errors import LibraryError
from engine.geometry import Box
from engine.library.edits import NewFace, draw_face
from engine.library.library import Library
from engine.library.queries import photos_by_id
from engine.words import sentence
from engine.workflows.embedding.framed import framed_face
from engine.workflows.scan.analysis import Analyser


def draw(library: Library, analyser: Analyser, photo_id: int, box: Box) -> NewFace:
    """Add the face that the user drew as a box, relative (0 to 1) to the upright photo, as one edit.

    What `framed_face` makes of it is stored, in the box as it was drawn. Raises LibraryError for a photo that is not
    there and PhotoError for one that cannot be read.
    """
    photo = photos_by_id(library, [photo_id]).get(photo_id)
    if photo is None:
        raise LibraryError(
            sentence("There is no photo {photo}.", photo=photo_id),
            sentence("Its folder may have been scanned again since."),
        )
    face = framed_face(photo.path, box, analyser.finder.detector, analyser.embedder)
    return draw_face(library, photo_id, replace(face, box=box), analyser.embedder.card.key)
