"""The next questions worth asking: those whose answer settles most faces, as far as a yes can be expected.

Two kinds: "are these two the same person?" and "is this A?". Nothing is asked twice, nothing that was refused, and
nothing about two people the user told apart.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.clustering.candidates import near_people, pairs_of_faces, pairs_of_people
from engine.clustering.likeness import Gallery
from engine.clustering.neighbours import NeighbourIndex
from engine.clustering.questions import Answers, Question, QuestionKind, ReasonAgainst, Sorted
from engine.clustering.wanted import EVERYBODY, NOTHING, Outlook, Wanted
from engine.clustering.weighing import Weighed, Weighing
from engine.faces.quality import LOW_QUALITY
from engine.similarity import Calibration

DATE_GAP_DAYS = 3 * 365.0
"""A gap between the dates of two people's photos that is worth mentioning."""

_TOGETHER = 2048
"""Pairs of people that are compared at a time, those that settle most first, until no other can be among the best."""


@dataclass(frozen=True, slots=True)
class Found:
    """What was wanted, and the `further` questions that are less likely: none where not everything was looked at."""

    questions: tuple[Question, ...] = ()
    further: Outlook = NOTHING


def next_questions(state: Sorted, answers: Answers, *, calibration: Calibration, wanted: Wanted = EVERYBODY) -> Found:
    """Return the questions that are wanted, the most useful first: expected faces settled, then probability.

    `calibration` should be the user's own (`answer_probability.personal_calibration`). Two people who share a photo
    are asked about last and only where much speaks for one: they may be a mirror, but hardly are. Whoever has only bad
    faces comes after everybody else. A face that was refused for somebody is asked about where a person is meant.
    """
    gallery = Gallery(state.faces, state.people)
    if not len(gallery.people) or (wanted.about is not None and wanted.about not in gallery.people):
        return Found()
    index, weighing = NeighbourIndex(gallery.means()), Weighing(state, gallery, answers, calibration)
    about = None if wanted.about is None else int(gallery.rank(np.array([wanted.about]))[0])
    smaller, larger = near_people(gallery, index, _sure_people(state), about)
    settles = gallery.sizes[smaller]
    best = weighing.weigh(pairs_of_people(state.faces, gallery, smaller[:_TOGETHER], larger[:_TOGETHER]))
    for start in range(_TOGETHER, len(smaller), _TOGETHER):
        if best.are_enough(float(settles[start]), wanted):
            break
        some = slice(start, start + _TOGETHER)
        best += weighing.weigh(pairs_of_people(state.faces, gallery, smaller[some], larger[some]))
    everything = not best.are_enough(1.0, wanted)
    if everything:
        best += weighing.weigh(pairs_of_faces(state.faces, state.people, gallery, index, about))
    best = best.at(_meant(best, answers, wanted.about))
    asked = best.likely(wanted.least)
    order = np.lexsort((-asked.chance, -asked.worth, asked.poor))[: wanted.limit]
    questions = tuple(_question(state, gallery, asked, row) for row in order.tolist())
    return Found(questions, _outlook(best.chance[best.chance < wanted.least]) if everything else NOTHING)


def _meant(weighed: Weighed, answers: Answers, about: int | None) -> NDArray[np.intp]:
    """Return the rows of the pairs about that person; about anybody, but for faces that were refused, if None."""
    pairs = weighed.pairs
    if about is None:
        return np.flatnonzero(~(pairs.alone & np.isin(pairs.faces, answers.rejected[:, 0])))
    return np.flatnonzero((pairs.others == about) | (~pairs.alone & (pairs.people == about)))


def _outlook(chance: NDArray[np.float64]) -> Outlook:
    return Outlook(len(chance), float(chance.mean())) if len(chance) else NOTHING


def _sure_people(state: Sorted) -> NDArray[np.int64]:
    """Return the people who have a confirmed face."""
    return np.unique(state.people[state.confirmed & (state.people >= 0)])


def _question(state: Sorted, gallery: Gallery, weighed: Weighed, row: int) -> Question:
    """Turn one pair into a question: its examples and what speaks against it."""
    pairs, other = weighed.pairs, int(weighed.pairs.others[row])
    alone = bool(pairs.alone[row])
    subject = pairs.faces[row : row + 1] if alone else gallery.members(int(pairs.people[row]))
    members = gallery.members(other)
    sure = members[state.confirmed[members]]
    shown = sure if len(sure) else members
    similarity = state.faces.vectors[shown] @ state.faces.vectors[subject].mean(axis=0)
    confirmed = bool(state.confirmed[subject].any())
    return Question(
        kind=QuestionKind.IS_THIS if alone or (len(sure) and not confirmed) else QuestionKind.SAME_PERSON,
        face=int(pairs.faces[row]) if alone else -1,
        person=-1 if alone else int(pairs.people[row]),
        other=other,
        similarity=float(pairs.likeness[row]),
        probability=float(weighed.chance[row]),
        settles=int(pairs.settles[row]),
        examples=tuple(shown[np.argsort(-similarity, kind="stable")[:3]].tolist()),
        against=_against(state, subject, members) + ((ReasonAgainst.SAME_PHOTO,) if weighed.shared[row] else ()),
    )


def _against(state: Sorted, subject: NDArray[np.int64], members: NDArray[np.int64]) -> tuple[ReasonAgainst, ...]:
    """Return what speaks against a match apart from a shared photo."""
    gap = _date_gap(state.faces.days[subject], state.faces.days[members]) > DATE_GAP_DAYS
    poor = bool(state.quality[subject].max() < LOW_QUALITY)
    return (ReasonAgainst.DATE_GAP,) * gap + (ReasonAgainst.LOW_QUALITY,) * poor


def _date_gap(first: NDArray[np.float64], second: NDArray[np.float64]) -> float:
    """Return the days between two spans of dates, 0 where they overlap or a side has no date."""
    first, second = first[~np.isnan(first)], second[~np.isnan(second)]
    if not len(first) or not len(second):
        return 0.0
    return max(0.0, float(first.min() - second.max()), float(second.min() - first.max()))
