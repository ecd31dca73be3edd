"""Where a model tells ages, the likeness of two who look like children counts less, and that of adults as before."""

import numpy as np
import pytest

from engine.library.library import Library
from engine.library.models import (
    FaceVector,
    ages_in_use,
    forget_vectors,
    photos_to_embed,
    store_vectors,
    use_attributes,
)
from engine.workflows.grouping.clustering_input import placed_faces
from tests.engine.workflows.conftest import Album

ALIKE = 0.55
"""How alike two made-up people are here: as relatives may be, and as strangers among children are."""


def tell(library: Library, years: float, key: str = "genderage@one") -> None:
    """Store an age of every face, as a model tells them."""
    use_attributes(library, "genderage")
    photos = photos_to_embed(library, "none@")
    told = np.array([years], np.float32)
    known = [(face.face_id, photo.content_hash or b"") for photo in photos for face in photo.faces]
    store_vectors(library, key, [FaceVector(face, digest, told) for face, digest in known])


@pytest.fixture
def pair(photos: Album) -> Album:
    """Three photos each of two people who are alike, and of a third."""
    first, second = photos.directions[:2]
    photos.directions[1] = ALIKE * first + np.sqrt(1 - ALIKE**2) * second
    photos.add([[0]] * 3 + [[1]] * 3 + [[2]] * 3)
    return photos


@pytest.mark.parametrize(("years", "together"), [(None, True), (40.0, True), (3.0, False)])
def test_children_who_are_alike_stay_two(pair: Album, years: float | None, *, together: bool) -> None:
    if years is not None:
        tell(pair.library, years)
    pair.grow()
    assert (pair.people_of(0) == pair.people_of(1)) is together
    assert len(pair.people_of(2)) == 1


def test_ages_count_while_a_model_is_in_use(pair: Album) -> None:
    library, before = pair.library, placed_faces(pair.library, pair.card)
    tell(library, 30.0, "genderage@older")
    tell(library, 3.0, "genderage@newer")
    assert set(ages_in_use(library).values()) == {3.0}
    young = placed_faces(library, pair.card).childlike
    assert young is not None
    assert (young > 0).all()
    use_attributes(library, None)
    assert ages_in_use(library) == {}
    assert np.array_equal(placed_faces(library, pair.card).childlike, before.childlike)
    use_attributes(library, "genderage")
    forget_vectors(library, "genderage")
    assert ages_in_use(library) == {}
