"""How long the rows of Photos take to lay out, each month apart and months side by side, in turns.

    QT_QPA_PLATFORM=offscreen python benchmarks/rows_of_photos.py [--photos 499000] [--turns 31]

Processor time in milliseconds, medians; and how high everything is, in screens of 700 pixels.
"""

import argparse
import time
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtWidgets import QApplication

from app.grid.grid_layout import Section
from app.grid.grid_paint import title_width
from app.grid.justified_layout import JustifiedLayout
from app.style.theme import Space

WIDTH, HEIGHT, HEAD, SCREEN = 1_100, 172, 43, 700
SHAPES = (0.67, 0.75, 1.33, 1.5, 1.78)


def main() -> None:
    """Lay out months that are equally full, months most of which have few photos, and a photo a year."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--photos", type=int, default=499_000)
    parser.add_argument("--turns", type=int, default=31)
    arguments = parser.parse_args()
    application = QApplication([])
    rng = np.random.default_rng(0)
    for name, months in (("7,300 equal", 7_300), ("240 equal", 240), ("one", 1)):
        told(name, rng.multinomial(arguments.photos, np.full(months, 1 / months)), arguments.turns)
    skewed = rng.pareto(1.0, 7_300) + 0.05
    told("7,300 of which many have few", rng.multinomial(arguments.photos, skewed / skewed.sum()), arguments.turns)
    told("sixty of one photo", np.ones(60, np.int64), arguments.turns)
    application.quit()


def told(name: str, counts: NDArray[np.int64], turns: int) -> None:
    """Measure photos of these counts, (months,), and print a line."""
    ratios = np.random.default_rng(1).choice(np.array(SHAPES, np.float32), int(counts.sum()))

    def lay(sections: list[Section]) -> JustifiedLayout:
        return JustifiedLayout(
            sections,
            WIDTH,
            HEIGHT,
            ratios,
            spacing=Space.TINY,
            margin=Space.WIDE,
            head=HEAD,
            gap=Space.WIDE,
            title_width=title_width,
        )

    kinds = [
        [Section(f"March {place}", count, beside=beside) for place, count in enumerate(counts.tolist())]
        for beside in (False, True)
    ]
    times = np.median([[clocked(lay, sections) for sections in kinds] for _ in range(turns)], axis=0)
    high = [lay(sections).height / SCREEN for sections in kinds]
    print(f"{name}: apart {times[0]:.1f} ms, {high[0]:,.1f} screens; beside {times[1]:.1f} ms, {high[1]:,.1f} screens")


def clocked(lay: Callable[[list[Section]], JustifiedLayout], sections: list[Section]) -> float:
    """Return the processor time of one layout, in milliseconds."""
    begin = time.process_time()
    lay(sections)
    return (time.process_time() - begin) * 1_000


if __name__ == "__main__":
    main()
