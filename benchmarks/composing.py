"""Libraries composed of labelled faces: a few or many people, with bystanders, collages and people seen together."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from labelled import CROWD, KIN, Labelled, Source
from numpy.typing import NDArray

from engine.similarity import Space

COLLAGE, TOGETHER = 0.06, 0.5
"""The share of faces that are in a photo with another face of the same person, and with a face of somebody else."""

MAYBE_SHARED = 0.38
"""People of two sets whose means are more alike than that, placed, may be one: all who are (14, by eye) are."""

_PLAIN = 0.45


def composed(
    pools: Sequence[Labelled], crowd: Labelled, people: int, beside: int, seed: int, most: int = 40
) -> Labelled:
    """Return a library of so many people of the pools with `beside` bystanders a photo, drawn by `seed`.

    The first person has `most` faces, the others ever fewer. Bystanders are faces that no key names and people of whom
    there is one face; each is seen once, so there are as many as there are.
    """
    rng = np.random.default_rng(seed)
    together = _joined([*pools, crowd])
    known, sizes = np.unique(together.people[together.people >= 0], return_counts=True)
    chosen = rng.choice(known[sizes >= 5], people, replace=False)
    rows = []
    for rank, person in enumerate(chosen.tolist()):
        theirs = rng.permutation(np.flatnonzero(together.people == person))
        rows.append(theirs[: max(5, round(most / (rank + 1) ** 0.7))])
    main = np.concatenate(rows)
    single = np.isin(together.people, known[sizes == 1]) | (together.people < 0)
    others = rng.permutation(np.flatnonzero(single))[: beside * len(main)]
    photos = np.concatenate([_photos(rng, together.people[main]), rng.integers(0, len(main), len(others))])
    library = together.at(np.concatenate([main, others]))
    hidden = np.arange(len(photos)) >= len(main)
    return replace(library, photos=photos, people=np.where(hidden, -1, library.people))


def without_shared(pools: Sequence[Labelled], space: Space) -> list[Labelled]:
    """Return the pools without the people of each who may be in one before it, as a dozen of LFW, glint and LAG are."""
    kept: list[Labelled] = []
    known = np.empty((0, len(space.mean)), np.float32)
    for pool in pools:
        placed = pool.vectors.copy()
        space.place(placed)
        people = np.unique(pool.people[pool.people >= 0])
        means = np.stack([placed[pool.people == person].mean(axis=0) for person in people])
        means /= np.linalg.norm(means, axis=1, keepdims=True)
        shared = people[(means @ known.T).max(axis=1, initial=-1) > MAYBE_SHARED]
        kept.append(pool.at(np.flatnonzero(~np.isin(pool.people, shared))))
        known = np.concatenate([known, means])
    return kept


def _photos(rng: np.random.Generator, people: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the photo of each face, (n,): one of its own for most."""
    photos = np.arange(len(people))
    for face in rng.permutation(len(people))[: int(COLLAGE * len(people))].tolist():
        photos[face] = photos[rng.choice(np.flatnonzero(people == people[face]))]
    for face in rng.permutation(len(people))[: int(TOGETHER * len(people))].tolist():
        other = np.flatnonzero(people != people[face])
        if len(other):
            photos[face] = photos[rng.choice(other)]
    return photos


def _joined(parts: Sequence[Labelled]) -> Labelled:
    """Return several sets as one, their people told apart."""
    people, names = [], ()
    for part in parts:
        people.append(np.where(part.people >= 0, part.people + len(names), -1))
        names += part.names
    vectors, quality = (np.concatenate([getattr(part, what) for part in parts]) for what in ("vectors", "quality"))
    return Labelled(vectors, np.concatenate(people), np.arange(len(vectors)), quality, names)


def crowd_beside_portraits(source: Source, model: str, space: Space) -> Labelled:
    """Return 300 portraits of people of lfw with four photos or more, and all that is nobody's in 78 photos beside.

    The crowd are the crowd photos' faces, those of lfw that its key does not name, and parents of `kin`, each once;
    faces that are plainly of somebody in the portraits are left out. Each of the crowd is −1 as a person; those of them
    who are there again, by eye, are −2, −3 and so on.
    """
    rng = np.random.default_rng(0)
    portraits, crowd, kin = (source.faces(name, model) for name in ("lfw", CROWD, KIN))
    known, sizes = np.unique(portraits.people[portraits.people >= 0], return_counts=True)
    rows: list[int] = []
    for person in rng.permutation(known[sizes >= 4]).tolist():
        rows += np.flatnonzero(portraits.people == person)[:8].tolist()
    main = portraits.at(np.array(rows[:300]))
    beside = np.flatnonzero(portraits.people < 0)
    parents = np.flatnonzero(np.array([name.endswith("_1.jpg") for name in kin.names])[np.maximum(kin.people, 0)])[:150]
    others = _joined([crowd, portraits.at(beside), kin.at(parents)])
    again = np.concatenate([source.seen_again(CROWD), source.seen_again("lfw")[beside], np.full(len(parents), -1)])
    placed, seen = main.vectors.copy(), others.vectors.copy()
    space.place(placed)
    space.place(seen)
    means = np.stack([placed[main.people == person].mean(axis=0) for person in np.unique(main.people)])
    means /= np.linalg.norm(means, axis=1, keepdims=True)
    kept = np.flatnonzero((seen @ means.T).max(axis=1) < _PLAIN)
    photos = np.concatenate([np.arange(len(main.people)), len(main.people) + rng.integers(0, 78, len(kept))])
    library = _joined([main, others.at(kept)])
    people = np.concatenate([main.people, np.where(again[kept] < 0, -1, -2 - again[kept])])
    return replace(library, photos=photos, people=people)


def spoilt_portraits(faces: Labelled, labels: NDArray[np.int64]) -> tuple[float, float, float]:
    """Return the share of portraits in a group with a stranger, and of strangers in groups of three or more.

    The last share is that of strangers in such groups that are not one person's.
    """
    stranger = faces.people < 0
    sizes = np.bincount(labels[labels >= 0], minlength=1)
    own = np.maximum(labels, 0)
    mixed = np.zeros(len(sizes), bool)
    mixed[labels[stranger & (labels >= 0)]] = True
    grouped = (labels >= 0) & (sizes[own] >= 3)
    somebody = np.where(faces.people == -1, len(labels) + np.arange(len(labels)), faces.people)
    least, most = np.full(len(sizes), len(labels) * 2), np.full(len(sizes), -len(labels) * 2)
    np.minimum.at(least, labels[labels >= 0], somebody[labels >= 0])
    np.maximum.at(most, labels[labels >= 0], somebody[labels >= 0])
    spoilt, several = (labels >= 0) & mixed[own], grouped & (least < most)[own]
    return float(spoilt[~stranger].mean()), float(grouped[stranger].mean()), float(several[stranger].mean())
