"""A mistake that is undone leaves a library of real faces as it would be without it, small or large."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from engine.clustering.metrics import score
from engine.library.clusters import ungrouped_faces
from engine.library.edits import confirm_faces, merge_people, name_person, reject_faces, split_off
from engine.library.history import undo
from engine.library.queries import face_rows
from engine.progress import finish
from engine.workflows.grouping.arrival import ALL_UP_TO
from engine.workflows.grouping.ground import looked_at_again

Album = Any
"""The class of the fixture `photos`, in conftest."""

Mistake = Callable[[Album, int, list[int]], None]


def merge(photos: Album, person: int, theirs: list[int]) -> None:
    owners = {owner for face, owner in photos.assigned().items() if face in theirs and owner not in (None, person)}
    merge_people(photos.library, person, owners)


def confirm(photos: Album, person: int, theirs: list[int]) -> None:
    confirm_faces(photos.library, person, theirs[:5])


def split(photos: Album, person: int, _theirs: list[int]) -> None:
    own = [face for face, owner in photos.assigned().items() if owner == person]
    split_off(photos.library, own[: len(own) // 2])


def refuse(photos: Album, person: int, _theirs: list[int]) -> None:
    own = [face for face, owner in photos.assigned().items() if owner == person]
    reject_faces(photos.library, person, own[: len(own) // 2])


def lived(photos: Album, reals: tuple[Any, Any], mistake: Mistake | None, whole: int) -> np.ndarray:
    """Scan half of the faces, name somebody, make a mistake, scan the rest, undo it; return the groups at the end."""
    vectors, people = reals
    order = np.random.default_rng(4).permutation(len(people))
    queue = iter(order.tolist())
    photos.face_of = lambda _person, _noise: vectors[next(queue)]
    half = len(people) // 2
    photos.add([[0]] * half)
    photos.grow()
    ids = np.array(sorted(photos.assigned()))
    truth = people[order[:half]]
    owner = photos.assigned()[int(ids[truth == 0][0])]
    assert owner is not None
    name_person(photos.library, owner, "Ada")
    if mistake is not None:
        mistake(photos, owner, ids[truth == 1].tolist())
        finish(looked_at_again(photos.library, photos.card, whole=whole))
    photos.add([[0]] * (len(people) - half))
    finish(looked_at_again(photos.library, photos.card, whole=whole))
    if mistake is not None:
        undo(photos.library)
        finish(looked_at_again(photos.library, photos.card, whole=whole))
    assert not ungrouped_faces(photos.library)
    rows = sorted(face_rows(photos.library), key=lambda row: row.face)
    alone = iter(range(-1, -1 - len(rows), -1))
    return np.array([next(alone) if row.person is None else row.person for row in rows])


@pytest.fixture(scope="module")
def without() -> dict[int, np.ndarray]:
    """The groups of a life without a mistake, by the size up to which everything is looked at."""
    return {}


@pytest.mark.parametrize("whole", [ALL_UP_TO, 0], ids=["small", "large"])
@pytest.mark.parametrize("mistake", [None, merge, confirm, split, refuse])
def test_it_is_as_if_it_had_never_been_made(
    photos: Album, reals: tuple[Any, Any], without: dict[int, np.ndarray], mistake: Mistake | None, whole: int
) -> None:
    found = lived(photos, reals, mistake, whole)
    if mistake is None:
        without[whole] = found
    expected = without.get(whole)
    if expected is None:
        pytest.skip("the life without a mistake was not lived")
    if whole:
        assert score(expected, found).pairwise.f == 1
    else:
        assert score(expected, found).pairwise.f > 0.98
