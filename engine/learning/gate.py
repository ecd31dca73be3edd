"""The gate: a way to place faces is taken only where it is worth something on faces that it did not learn from."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.clustering.calibrate import measure_calibration
from engine.learning.folds import Fold
from engine.learning.judging import MOST_JUDGED, MOST_OF_ONE, Placed, Verification, grouped, grouped_gain, verified_gain
from engine.models.learned import Gain, Gains
from engine.progress import Progress, Workflow
from engine.similarity import Calibration
from engine.words import Sentence, following, sentence

Matrix = NDArray[np.float32]
Rows = NDArray[np.intp]
Place = Callable[[Rows], Matrix]
"""From rows of an album to their unit vectors."""

MOST_LOST_VERIFIED, MOST_LOST_GROUPED = 0.005, 0.01
"""What anybody may lose at most, of the share of their pairs and of F."""

TOLD_APART = 0.99
"""Of the pairs of known people told right, before anything is learnt: beyond it no gain can be shown in an album."""

LEVEL = 0.99
"""Of the intervals: three ways are tried, and by chance any of them shall pass in 5 % at most."""

JUDGING = Progress("learn", 99, 100, sentence("judging"))
"""What is reported where judging is all that is left to do."""


@dataclass(frozen=True, slots=True)
class Judged:
    """Faces of one fold placed both ways: other days of those learnt from, and strangers."""

    unseen: Placed
    strangers: Placed

    def calibration(self) -> Calibration:
        """Return what similarities mean the new way: measured on faces that it did not learn from."""
        vectors = np.concatenate([self.unseen.after, self.strangers.after])
        return measure_calibration(vectors, np.concatenate([self.unseen.people, self.strangers.people]))


def judged(people: NDArray[np.int64], fold: Fold, before: Place, after: Place) -> Judged:
    """Place a fold's faces both ways; `people` (n,) are those of the album's rows."""
    sets = []
    for rows in (fold.unseen, fold.strangers):
        count = max(len(np.unique(people[rows])), 1)
        rows = at_most(people, rows, max(min(MOST_OF_ONE, MOST_JUDGED // count), 2))
        sets.append(Placed(rows, people[rows], before(rows), after(rows)))
    return Judged(*sets)


def at_most(people: NDArray[np.int64], rows: Rows, most: int) -> Rows:
    """Return rows with at most so many of each person, evenly spread over them."""
    kept = []
    for person in np.unique(people[rows]):
        own = rows[people[rows] == person]
        kept.append(own[np.linspace(0, len(own) - 1, min(most, len(own))).round().astype(np.intp)])
    return np.sort(np.concatenate(kept))


def gains(folds: Sequence[Judged], report: Progress = JUDGING, seed: int = 0) -> Workflow[Gains]:
    """Work out what the new way is worth over all folds; `report` is yielded again and again."""
    everybody = np.unique(np.concatenate([part.people for fold in folds for part in (fold.unseen, fold.strangers)]))
    unseen = [(fold.unseen, fold.strangers) for fold in folds]
    known = yield from _both(unseen, everybody, report, seed)
    strangers = yield from _both([(other, own) for own, other in unseen], everybody, report, seed)
    return Gains(*known, *strangers)


def _both(
    sets: Sequence[tuple[Placed, Placed]], everybody: NDArray[np.int64], report: Progress, seed: int
) -> Workflow[tuple[Gain, Gain]]:
    """Return the gains, verified and grouped, of the first of each pair; the second says what similarities mean."""
    pairs, groups = [], []
    for placed, other in sets:
        pairs.append(Verification(placed, everybody, seed))
        yield report
        groups.append((np.searchsorted(everybody, placed.people), *grouped(placed, other)))
        yield report
    verified = verified_gain(pairs, len(everybody), LEVEL, seed)
    yield report
    return verified, grouped_gain(groups, len(everybody), LEVEL, seed)


def accepted(found: Gains) -> bool:
    """Say whether a way may be used: `refusal` says why not."""
    return refusal(found) is None


def refusal(found: Gains) -> Sentence | None:
    """Say why a way may not be used; None where known people's pairs gain beyond chance, and nobody loses too much.

    Grouping alone is no proof: what similarities mean is measured on few people here, and moves F by itself.
    """
    if not found.known_verified.gained:
        if found.known_verified.before >= TOLD_APART:
            said = sentence("The people you named are told apart already: next to nothing is left to gain.")
        else:
            said = sentence("That more pairs of the people you named are told right may be chance.")
        alone = sentence("Better grouping alone is no proof: with few people it changes by chance, too.")
        return following(said, alone if found.known_grouped.change > 0 else "")
    verified = min(found.known_verified.change, found.strangers_verified.change)
    together = min(found.known_grouped.change, found.strangers_grouped.change)
    if verified < -MOST_LOST_VERIFIED or together < -MOST_LOST_GROUPED:
        return sentence("What is gained with some faces would be lost with others.")
    return None
