"""Two sides of the labelled faces, for learning and for testing: by person or by event, never by photo.

Faces that `links` call near-duplicates stay on one side, and what they would tear apart moves as one; so do the faces
of one photo where events are split. The same seed gives the same split.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np

from engine.words import sentence
from trainer.data.faces import Indices, LabelledFace
from trainer.data.joining import joined

NO_LINKS: Indices = np.empty((0, 2), dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Split:
    """`kept` and `held_out` are indices of the faces, rising; `joined` names what had to stay together.

    Each entry of `joined` is a group of people (or events) that share a near-duplicate. Two people in such a group are
    often one person under two names.
    """

    kept: Indices
    held_out: Indices
    joined: tuple[tuple[str, ...], ...]


def split_people(faces: Sequence[LabelledFace], share: float, seed: int, links: Indices = NO_LINKS) -> Split:
    """Hold out whole people until they are about `share` of all people; both sides have one at least.

    ValueError where that cannot be: fewer than two people, or all of them joined.
    """
    return _split([face.person for face in faces], _Order(share, seed), links)


def split_events(faces: Sequence[LabelledFace], share: float, seed: int, links: Indices = NO_LINKS) -> Split:
    """Hold out whole events (days, occasions) of all people; people may be on both sides, photos never.

    ValueError where a face has no event: its photo alone would not say which others were taken with it.
    """
    unknown = sum(1 for face in faces if not face.event)
    if unknown:
        raise ValueError(
            sentence(
                "{unknown} of {count} faces have no event or day, so they cannot be split by it.",
                unknown=unknown,
                count=len(faces),
            )
        )
    tied = np.concatenate([_links_of_photos(faces), links])
    return _split([face.event for face in faces], _Order(share, seed), tied)


@dataclass(frozen=True, slots=True)
class _Order:
    """How many groups to hold out, and by which lot."""

    share: float
    seed: int

    def __post_init__(self) -> None:
        if not 0 < self.share < 1:
            raise ValueError(
                sentence("The share to hold out must lie between 0 and 1, not be {share}.", share=self.share)
            )

    def drawn(self, sizes: Indices) -> Indices:
        """Return the groups to hold out, given how many keys each has: at least one, never all."""
        if len(sizes) < 2:
            raise ValueError(
                sentence("The faces cannot be split: all belong to one person or event, or are joined to it.")
            )
        wanted = max(1.0, self.share * float(sizes.sum()))
        order = np.random.default_rng(self.seed).permutation(len(sizes))
        # A group that would overshoot is passed over, so a large joined group does not swallow the other side.
        held: list[int] = []
        total = 0
        for group in order:
            if total + sizes[group] <= wanted + 0.5:
                held.append(int(group))
                total += int(sizes[group])
        if not held:
            held = [int(np.argmin(sizes))]
        return np.array(held[: len(sizes) - 1], dtype=np.int64)


def _split(keys: list[str], order: _Order, links: Indices) -> Split:
    names, key_of = np.unique(keys, return_inverse=True)
    groups = joined(len(names), key_of[links])
    roots, group_of_key = np.unique(groups, return_inverse=True)
    held = np.isin(group_of_key[key_of], order.drawn(np.bincount(group_of_key)))
    together = [tuple(str(name) for name in names[groups == root]) for root in roots]
    return Split(np.flatnonzero(~held), np.flatnonzero(held), tuple(group for group in together if len(group) > 1))


def _links_of_photos(faces: Sequence[LabelledFace]) -> Indices:
    first: dict[Hashable, int] = {}
    pairs = [(first.setdefault(face.photo, index), index) for index, face in enumerate(faces)]
    return np.array([pair for pair in pairs if pair[0] != pair[1]], dtype=np.int64).reshape(-1, 2)
