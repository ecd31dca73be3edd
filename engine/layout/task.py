"""A map that is made in a process of its own: openTSNE holds Python for a tenth of a second at a time."""

from collections.abc import Generator
from typing import Any

from numpy.typing import NDArray

from engine.beside.asking import Answer, Report, as_floats, run_beside
from engine.beside.frames import Words
from engine.clustering.neighbours import Vectors
from engine.layout.forming import NOWHERE, Forming
from engine.layout.tsne import LayoutOptions, Points, lay_out


def lay_out_beside(vectors: Vectors, seed: int = 0) -> Generator[Forming, None, Points]:
    """Lay out as `lay_out`, in a process of its own; closing the generator ends it. Raises as `run_beside`."""
    steps = run_beside("layout", {"seed": seed}, {"vectors": as_floats(vectors)})
    try:
        while True:
            report = next(steps)
            points = report.arrays.get("points", NOWHERE)
            yield Forming(report.stage, report.done, report.total, points=points)
    except StopIteration as stop:
        answer: Answer = stop.value
        made: Points = answer.arrays["points"]
        return made
    finally:
        steps.close()


def lay_out_task(words: Words, arrays: dict[str, NDArray[Any]]) -> Generator[Report, None, Answer]:
    """Do it; called in that process."""
    steps = lay_out(arrays["vectors"], LayoutOptions(seed=int(words["seed"])))
    try:
        while True:
            forming = next(steps)
            there = {"points": forming.points} if len(forming.points) else {}
            yield Report(forming.stage, forming.done, forming.total, arrays=there)
    except StopIteration as stop:
        return Answer({}, {"points": stop.value})
