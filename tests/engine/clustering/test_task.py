"""A grouping in a process of its own is the same one, and ends when it is given up."""

from dataclasses import replace

import numpy as np
import pytest

from engine.beside.frames import Rows
from engine.by_quality import ByQuality
from engine.clustering.constraints import Constraints
from engine.clustering.default import cluster
from engine.clustering.strays import Elsewhere
from engine.clustering.task import cluster_beside
from engine.progress import finish


def rows_of(vectors: np.ndarray) -> Rows:
    """All rows but the first of a larger array."""
    return Rows(np.concatenate([vectors[-1:], vectors]).astype(np.float32), np.arange(1, len(vectors) + 1))


@pytest.mark.parametrize("everything", [False, True])
def test_it_groups_as_this_process_does(crowd, calibration, everything):
    known = crowd([9, 7, 5, 4, 1, 1], noise=1.0)
    count = len(known.people)
    said = Constraints.none(count)
    given = {}
    if everything:
        groups = np.where(np.arange(count) < 3, 4, -1)
        said = Constraints(
            groups,
            apart=np.array([[10, 17]]),
            rejected=np.array([[5, 4]]),
            photos=np.arange(count) // 2,
            together=np.where(known.people == 2, 1, -1),
        )
        calibration = replace(calibration, by_quality=ByQuality(((0.0, 1.0, 0.0, 9.0, 0.1), (1.0, 1.1, 0.2, 9.5, 0.3))))
        given = {
            "elsewhere": Elsewhere(50, crowd([1] * 50, seed=5).vectors, 20, 9, 3),
            "childlike": np.linspace(0, 0.3, count, dtype=np.float32),
        }
    seeds = np.arange(count) % 5 > 0
    asked = {"calibration": calibration, "constraints": said, "seeds": seeds, **given}
    labels = finish(cluster_beside(rows_of(known.vectors), **asked))
    assert labels.dtype == np.int64
    assert labels.tolist() == cluster(known.vectors, **asked).labels.tolist()
    assert labels.max() > 0


def test_given_up_it_ends_at_once(crowd, calibration):
    known = crowd([40] * 500)
    steps = cluster_beside(
        rows_of(known.vectors),
        calibration=calibration,
        constraints=Constraints.none(len(known.people)),
        seeds=np.ones(len(known.people), bool),
    )
    assert next(steps).stage == "cluster"
    steps.close()
    assert next(steps, None) is None
