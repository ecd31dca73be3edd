"""Grouping in a process of its own: a large library's takes minutes, most of them deep in faiss, which nothing ends."""

from collections.abc import Generator
from dataclasses import fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.beside.asking import Answer, Report, as_floats, run_beside
from engine.beside.frames import Rows, Words
from engine.clustering.constraints import Constraints
from engine.clustering.default import cluster
from engine.clustering.strays import Elsewhere
from engine.progress import Workflow
from engine.similarity import Calibration
from engine.strict_toml import Origin, read_table, table_of


def cluster_beside(
    vectors: Rows,
    *,
    calibration: Calibration,
    constraints: Constraints,
    seeds: NDArray[np.bool_],
    elsewhere: Elsewhere | None = None,
    childlike: NDArray[np.float32] | None = None,
) -> Workflow[NDArray[np.int64]]:
    """Return the labels (n,) that `cluster` gives, out of another process, which ends when the generator is closed.

    The vectors are float32.
    Reports come five times a second. Raises as `run_beside`.
    """
    words: Words = {"calibration": table_of(calibration)}
    arrays: dict[str, NDArray[Any] | Rows] = {"vectors": vectors, "seeds": seeds, **_present(constraints)}
    if elsewhere is not None:
        words["elsewhere"] = [elsewhere.count, elsewhere.homes, elsewhere.strays, elsewhere.joined]
        arrays["some"] = as_floats(elsewhere.some)
    if childlike is not None:
        arrays["childlike"] = childlike
    answer = yield from run_beside("cluster", words, arrays)
    labels: NDArray[np.int64] = answer.arrays["labels"]
    return labels


def cluster_task(words: Words, arrays: dict[str, NDArray[Any]]) -> Generator[Report, None, Answer]:
    """Do it; called in that process."""
    yield Report("cluster", 0)
    elsewhere = None
    if "elsewhere" in words:
        count, homes, strays, joined = words["elsewhere"]
        elsewhere = Elsewhere(count, arrays["some"], homes, strays, joined)
    found = cluster(
        arrays["vectors"],
        calibration=read_table(Calibration, words["calibration"], Origin("The calibration")),
        constraints=Constraints(**{one.name: arrays[one.name] for one in fields(Constraints) if one.name in arrays}),
        seeds=arrays["seeds"],
        elsewhere=elsewhere,
        childlike=arrays.get("childlike"),
    )
    return Answer({}, {"labels": found.labels})


def _present(constraints: Constraints) -> dict[str, NDArray[Any]]:
    held = {one.name: getattr(constraints, one.name) for one in fields(constraints)}
    return {name: array for name, array in held.items() if array is not None}
