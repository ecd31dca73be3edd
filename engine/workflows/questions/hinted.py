"""Questions that names in photos raise: whether a face is the person whom its photo names."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from engine.clustering.questions import Answers, Key, Question, QuestionKind, Sorted, told_keys
from engine.workflows.naming.hints import Hinted

LEAST_CHANCE = 0.1
"""Below, a no is nearly sure, and nobody is asked."""


def with_hints(
    questions: Sequence[Question], hinted: Sequence[Hinted], state: Sorted, answers: Answers
) -> tuple[Question, ...]:
    """Return the questions with those that names raise among them, in the order of faces settled times chance.

    One that was there already is the likelier for its name. About a face in a group without a name the group is asked.
    """
    told = told_keys(answers)
    there = {one.key: one for one in questions}
    raised: dict[Key, Question] = {}
    for one in hinted:
        made = _question(one, state)
        if one.chance >= LEAST_CHANCE and made.key not in told and made.key not in raised:
            before = there.get(made.key, made)
            raised[made.key] = replace(before, probability=max(made.probability, before.probability))
    if not raised:
        return tuple(questions)
    rest = [one for one in questions if one.key not in raised]
    # Stable: what is as useful stays in the order in which it would be asked.
    return tuple(sorted([*rest, *raised.values()], key=lambda one: -one.settles * one.probability))


def _question(one: Hinted, state: Sorted) -> Question:
    group = int(state.people[one.row])
    theirs = np.flatnonzero((state.people == one.person) & state.confirmed)
    alike = state.faces.vectors[theirs] @ state.faces.vectors[one.row]
    return Question(
        kind=QuestionKind.IS_THIS,
        face=one.row if group < 0 else -1,
        person=group,
        other=one.person,
        similarity=one.similarity,
        probability=one.chance,
        settles=int((state.people == group).sum()) if group >= 0 else 1,
        examples=tuple(theirs[np.argsort(-alike, kind="stable")[:3]].tolist()),
        against=(),
    )
