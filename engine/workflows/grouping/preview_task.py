"""Trying a grouping in a process of its own, so that it can be given up whatever library is at it.

The process opens the library itself, as a guest of this one; what comes back are numbers: the plan.
"""

from dataclasses import asdict
from itertools import accumulate
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.beside.asking import Answer, run_beside
from engine.beside.frames import Words
from engine.clustering.constraints import ContradictionKind
from engine.clustering.grouping_quality import GroupingQuality
from engine.library.clusters import Assignments
from engine.library.library import Library
from engine.library.opening import open_as_guest
from engine.models.catalog import Catalog
from engine.progress import Workflow
from engine.workflows.grouping.regroup import Disagreement, Preview, Settings, preview
from engine.workflows.grouping.regrouping_plan import NOBODY, Regrouping

FIGURES = (
    "people_created",
    "people_joined",
    "people_split",
    "faces_moved",
    "faces_unsorted",
    "confirmed_touched",
)


def preview_beside(library: Path, models: Path, card: str, algorithm: str, settings: Settings) -> Workflow[Preview]:
    """Find out what `preview` does of the library in this file, with the card of this name in the folder of models.

    Closing the generator ends the process. Raises as `preview` and `run_beside`.
    """
    asked = {"library": str(library), "models": str(models), "card": card, "algorithm": algorithm}
    answer = yield from run_beside("grouping", {**asked, "settings": dict(settings)}, {})
    return _understood(answer.words, answer.arrays)


def preview_task(words: Words, arrays: dict[str, NDArray[Any]]) -> Workflow[Answer]:  # noqa: ARG001 tasks have both
    """Do it; called in that process."""
    with Library(Path(words["library"]), opening=open_as_guest) as library:
        card = Catalog(Path(words["models"])).card(words["card"])
        return _spoken((yield from preview(library, card, words["algorithm"], words["settings"])))


def _spoken(found: Preview) -> Answer:
    plan, assigned = found.plan, found.plan.assignments
    words: Words = {
        "algorithm": found.algorithm,
        "settings": dict(found.settings),
        "quality": asdict(found.quality),
        "figures": {name: getattr(plan, name) for name in FIGURES},
        "disagreements": [(one.kind.value, one.person, one.faces) for one in found.disagreements],
    }
    goals = [NOBODY if person is None else person for person in assigned.moves.values()]
    arrays = {
        "face_ids": plan.face_ids,
        "labels": plan.labels,
        "moved": np.fromiter(assigned.moves, np.int64),
        "goals": np.array(goals, np.int64),
        "grouped": np.array([face for group in assigned.groups for face in group], np.int64),
        "ends": np.fromiter(accumulate(map(len, assigned.groups)), np.int64),
    }
    return Answer(words, arrays)


def _understood(words: Words, arrays: dict[str, NDArray[Any]]) -> Preview:
    goals = (None if goal == NOBODY else goal for goal in arrays["goals"].tolist())
    moves = dict(zip(arrays["moved"].tolist(), goals, strict=True))
    groups = [part.tolist() for part in np.split(arrays["grouped"], arrays["ends"][:-1])] if len(arrays["ends"]) else []
    plan = Regrouping(arrays["face_ids"], arrays["labels"], Assignments(moves, groups), **words["figures"])
    disagreements = tuple(
        Disagreement(ContradictionKind(kind), person, (first, second))
        for kind, person, (first, second) in words["disagreements"]
    )
    quality = GroupingQuality(**words["quality"])
    return Preview(words["algorithm"], words["settings"], plan, quality, disagreements)
