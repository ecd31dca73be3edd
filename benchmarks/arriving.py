"""Photos of known people that arrive in a library in any order, and a user who knows everybody and speaks meanwhile."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import numpy as np
from labelled import Labelled
from numpy.typing import NDArray

from engine.clustering.metrics import score
from engine.geometry import Box
from engine.library import indexing
from engine.library.edits import confirm_faces, merge_people, name_person, reject_faces, split_off
from engine.library.folders import add_folder
from engine.library.history import undo
from engine.library.indexing import PhotoScan, ScannedFace
from engine.library.library import Library
from engine.library.states import Source
from engine.models.card import ModelCard
from engine.progress import finish
from engine.workflows.grouping.recluster import ALL_UP_TO, Stand, recluster
from engine.workflows.questions.doubtful import doubtful_people

NOBODY, UNSURE = -1, -2
"""A face that the key does not name, and one of these that is plainly of somebody whom it names."""

PLAIN = 0.45
"""From this similarity to the mean of a person's faces on a face without a name counts as plainly his or hers."""


class Seen(NamedTuple):
    """A face of the library: whose it is, and who said so."""

    face: int
    person: int | None
    source: str | None


class Arriving:
    """A library into which photos of labelled faces come; `whole` as for `recluster`."""

    def __init__(self, folder: Path, faces: Labelled, card: ModelCard, whole: int = ALL_UP_TO) -> None:
        self.library, self.faces, self.card, self.whole = Library(folder / "library.sqlite"), faces, card, whole
        self._folder = add_folder(self.library, folder)
        self._rows: dict[int, int] = {}
        self._seen: tuple[int, list[Seen]] | None = None

    def add(self, photos: Sequence[int]) -> None:
        """Store these photos with their faces, as a scan does."""
        scans, rows = [], []
        names = {str(photo): photo for photo in photos}
        started = indexing.start_photos(self.library, self._folder, [(name, 1, 1) for name in names])
        for name, photo in names.items():
            own = np.flatnonzero(self.faces.photos == photo)
            rows += own.tolist()
            found = tuple(self._scanned(row, place) for place, row in enumerate(own.tolist()))
            taken = datetime(2020, 1, 1)  # noqa: DTZ001 cameras know no time zone
            scans.append(PhotoScan(started[name], 1, 1, name.encode(), 9, 9, taken, "d", found, self.card.key))
        known = max(self._rows, default=0)
        indexing.store_scans(self.library, scans)
        fresh = [row.face for row in self.state() if row.face > known]
        self._rows |= dict(zip(fresh, rows, strict=True))

    def _scanned(self, row: int, place: int) -> ScannedFace:
        box = Box(0.01 + place % 30 * 0.03, 0.01 + place // 30 * 0.03, 0.02, 0.02)
        quality = float(self.faces.quality[row])
        return ScannedFace(box, np.zeros((5, 2), np.float32), 0.9, quality, self.faces.vectors[row])

    def group(self, stand: Stand = Stand.FINAL) -> None:
        """Do what a scan does at its end, or in between."""
        finish(recluster(self.library, self.card, stand, whole=self.whole))

    def state(self) -> list[Seen]:
        """Return the faces by rising id."""
        revision = self.library.revision()
        if self._seen is None or self._seen[0] != revision:
            with self.library.read() as connection:
                rows = connection.exec_driver_sql("SELECT id, person_id, source FROM faces ORDER BY id")
                self._seen = revision, [Seen(*row) for row in rows]
        return self._seen[1]

    def who(self, face: int) -> int:
        """Return who a face really is; `NOBODY` or `UNSURE` for one that the key does not name."""
        return int(self.faces.people[self._rows[face]])

    def named(self) -> dict[int, int]:
        """Return who each named person really is, by most of what was confirmed and is not `UNSURE`."""
        said: dict[int, Counter[int]] = {}
        for row in self.state():
            if row.person is not None and row.source == Source.USER:
                said.setdefault(row.person, Counter())[self.who(row.face)] += self.who(row.face) != UNSURE
        return {person: max(people, key=lambda who: (people[who], who)) for person, people in said.items()}

    def f(self) -> float:
        """Return the BCubed F of the faces that the key names."""
        rows = [row for row in self.state() if self.who(row.face) >= 0]
        labels = np.array([-1 if row.person is None else row.person for row in rows])
        return score(np.array([self.who(row.face) for row in rows]), labels).bcubed.f

    def placed(self) -> tuple[int, int]:
        """Return how many faces the machine has put with named people, and how many of them are somebody else.

        Where the key names neither the face nor the person nobody can tell; such faces do not count.
        """
        named = self.named()
        rows = [row for row in self.state() if row.person in named and row.source == Source.CLUSTER]
        put = [(self.who(row.face), named[row.person or 0]) for row in rows]
        told = [pair for pair in put if UNSURE not in pair and max(pair) >= 0]
        return len(told), sum(who != person for who, person in told)

    def refuse_wrong_ones(self) -> None:
        """Refuse all faces of named people that are somebody else's."""
        for person, who in self.named().items():
            own = [row.face for row in self.state() if row.person == person]
            wrong = [face for face in own if self.who(face) not in (who, UNSURE)]
            if wrong:
                reject_faces(self.library, person, wrong)

    def answer_about_two(self) -> int:
        """Answer about everybody who looks like two, as they stand under Problems; return how many."""
        asked = doubtful_people(self.library, self.card)
        for one in asked:
            whole = self._main([row for row in self.state() if row.person == one.person])
            part = self._main([row for row in self.state() if row.face in one.part_face_ids])
            if part == whole:
                confirm_faces(self.library, one.person, one.part_face_ids)
            else:
                split_off(self.library, one.part_face_ids)
        return len(asked)

    def speak(self, rng: np.random.Generator) -> str:
        """Say one thing that somebody who knows everybody may say; return what."""
        groups: dict[int, list[Seen]] = {}
        for row in self.state():
            if row.person is not None:
                groups.setdefault(row.person, []).append(row)
        what = str(rng.choice(["name", "name", "merge", "reject", "split", "undo"]))
        if what == "undo":
            undo(self.library)
            return what
        named, mains = self.named(), {person: self._main(rows) for person, rows in groups.items()}
        if what == "name":
            open_ = [one for one in groups if one not in named and len(groups[one]) > 2 and mains[one] >= 0]
            if open_:
                person = int(rng.choice(open_))
                name_person(self.library, person, f"{mains[person]}")
        elif what == "merge":
            pairs = [(a, b) for a in named for b in groups if a != b and mains[b] == named[a] and b not in named]
            if pairs:
                into, other = pairs[int(rng.integers(len(pairs)))]
                merge_people(self.library, into, [other])
        else:
            self._correct(what, groups, named)
        return what

    def _correct(self, what: str, groups: dict[int, list[Seen]], named: dict[int, int]) -> None:
        """Refuse the faces of the first named person who has wrong ones, or split them off."""
        for person, who in named.items():
            wrong = [row.face for row in groups.get(person, ()) if self.who(row.face) not in (who, UNSURE)]
            if wrong and what == "reject":
                reject_faces(self.library, person, wrong)
            elif wrong:
                split_off(self.library, wrong[:1])
            if wrong:
                return

    def _main(self, rows: list[Seen]) -> int:
        """Return who most of the faces are, `NOBODY` where nobody is most of them."""
        who, count = Counter(self.who(row.face) for row in rows).most_common(1)[0]
        return who if 2 * count > len(rows) else NOBODY


def with_doubts(faces: Labelled, card: ModelCard) -> Labelled:
    """Return the faces with those marked `UNSURE` that the key does not name and that are plainly of somebody it does.

    Photos on the web show the person that they are filed under in the background, too, and the other one in front.
    """
    placed = faces.vectors.copy()
    if card.space is not None:
        card.space.place(placed)
    known, place, sizes = np.unique(faces.people[faces.people >= 0], return_inverse=True, return_counts=True)
    means = np.zeros((len(known), placed.shape[1]), np.float32)
    np.add.at(means, place, placed[faces.people >= 0])
    means = means[sizes >= 3] / np.linalg.norm(means[sizes >= 3], axis=1, keepdims=True)
    plain = (faces.people < 0) & ((placed @ means.T).max(axis=1) >= PLAIN)
    return replace(faces, people=np.where(plain, UNSURE, faces.people))


def joined_sets(parts: Sequence[Labelled], most: int, seed: int) -> Labelled:
    """Return at most so many photos of several sets as one, drawn by `seed`; people and photos are told apart."""
    rng = np.random.default_rng(seed)
    people: list[NDArray[np.int64]] = []
    photos: list[NDArray[np.int64]] = []
    names: tuple[str, ...] = ()
    for part in parts:
        people.append(np.where(part.people >= 0, part.people + len(names), -1))
        photos.append(part.photos + sum(int(one.max()) + 1 for one in photos[-1:]))
        names += part.names
    whole = Labelled(
        np.concatenate([part.vectors for part in parts]),
        np.concatenate(people),
        np.concatenate(photos),
        np.concatenate([part.quality for part in parts]),
        names,
    )
    chosen = rng.permutation(np.unique(whole.photos))[:most]
    return whole.at(np.flatnonzero(np.isin(whole.photos, chosen)))
