"""Who would move, in sentences of the user's language."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from app.style import texts
from engine.words import fill
from engine.workflows.grouping.who_moves import Moving

translate = QCoreApplication.translate

SHOWN = 6
"""So many moves are told; they begin with those of people who have a name."""


def moving_sentences(moving: Sequence[Moving]) -> list[str]:
    """Return a sentence for each of the first moves, and one for the others."""
    told = [_sentence(one) for one in moving[:SHOWN]]
    if len(moving) > SHOWN:
        left = sum(one.faces for one in moving[SHOWN:])
        more = translate("Moving", "… and {moves} more moves, of {faces}")
        told.append(fill(more, moves=texts.number(len(moving) - SHOWN), faces=texts.faces(left)))
    return told


def _sentence(one: Moving) -> str:
    words = {"faces": texts.faces(one.faces), "target": texts.called_within(one.target_name)}
    words["people"] = texts.people(one.new)
    if one.source is None:
        if one.new > 1:
            return fill(translate("Moving", "{faces} of nobody would be {people} who are new"), **words)
        if one.new:
            return fill(translate("Moving", "{faces} of nobody would be somebody new"), **words)
        return fill(translate("Moving", "{faces} of nobody would go to {target}"), **words)
    words["source"] = texts.called_within(one.source_name)
    if one.new > 1:
        return fill(translate("Moving", "{faces} of {source} would be {people} who are new"), **words)
    if one.new:
        return fill(translate("Moving", "{faces} of {source} would be somebody new"), **words)
    if one.target is None:
        return fill(translate("Moving", "{faces} of {source} would be unsorted"), **words)
    return fill(translate("Moving", "{faces} of {source} would go to {target}"), **words)
