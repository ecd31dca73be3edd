"""What is reported while a map comes to be."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from engine.progress import Progress

NOWHERE = np.empty((0, 2), np.float32)
"""The places of no face."""


@dataclass(frozen=True, slots=True)
class Forming(Progress):
    """A report with where the faces are by then, (n, 2) float32; NOWHERE before the first rounds."""

    points: NDArray[np.float32] = field(default_factory=lambda: NOWHERE)
