"""A face that the user draws has the box, the landmarks and the embedding of one that was found."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from engine.errors import LibraryError
from engine.geometry import Box
from engine.library import history
from engine.library.library import Library
from engine.library.queries import photo_face_rows, photo_rows
from engine.library.vectors import face_vectors
from engine.models.catalog import Catalog
from engine.progress import finish
from engine.settings import Settings
from engine.workflows.drawing import draw
from engine.workflows.scan.analysis import Analyser
from engine.workflows.scan.index import index
from engine.workflows.scan.opening_models import open_analyser
from engine.workflows.scan.roots import chosen_roots
from engine.workflows.scan.survey import survey
from tests.portraits import FOLDER


@pytest.fixture(scope="module")
def analyser(models_dir: Path) -> Analyser:
    return open_analyser(*Catalog(models_dir).defaults(), models_dir, Settings())


def scanned(library: Library, folder: Path, analyser: Analyser) -> int:
    """Scan a folder and return its first photo."""
    roots, _ = chosen_roots(library, [folder])
    finish(index(library, finish(survey(library, roots)).unread, analyser, 1))
    return photo_rows(library)[0].id


def test_a_face_that_was_missed_is_found_where_it_is_drawn(
    library: Library, tmp_path: Path, analyser: Analyser
) -> None:
    (tmp_path / "album").mkdir()
    shutil.copy(FOLDER / "hopper.jpg", tmp_path / "album")
    photo = scanned(library, tmp_path / "album", analyser)
    known = photo_face_rows(library, photo)[0]
    rough = Box(
        known.box.left - 0.1 * known.box.width,
        known.box.top + 0.05 * known.box.height,
        1.15 * known.box.width,
        1.1 * known.box.height,
    )
    made = draw(library, analyser, photo, rough)
    drawn = next(row for row in photo_face_rows(library, photo) if row.face == made.face_id)
    assert drawn.box.iou(rough) > 0.99, "the box stays as it was drawn"
    vectors = face_vectors(library, analyser.embedder.card.key)
    one, other = (vectors.vectors[vectors.face_ids == face][0] for face in (known.face, made.face_id))
    assert float(one @ other) > 0.9
    history.undo(library)
    assert made.face_id not in {row.face for row in photo_face_rows(library, photo) if not row.ignored}


def test_where_no_face_is_seen_the_box_is_taken_as_it_is_drawn(
    library: Library, album: Path, analyser: Analyser
) -> None:
    photo = scanned(library, album, analyser)
    box = Box(0.2, 0.2, 0.4, 0.5)
    made = draw(library, analyser, photo, box)
    (drawn,) = photo_face_rows(library, photo)
    assert drawn.face == made.face_id
    assert np.allclose(
        [drawn.box.left, drawn.box.top, drawn.box.width, drawn.box.height],
        [box.left, box.top, box.width, box.height],
        atol=1e-6,
    )
    vectors = face_vectors(library, analyser.embedder.card.key).vectors
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_a_photo_that_is_not_known_is_refused(library: Library, analyser: Analyser) -> None:
    with pytest.raises(LibraryError, match="no photo 7"):
        draw(library, analyser, 7, Box(0, 0, 1, 1))
