"""What a decoder gives: candidates as arrays, before anything is suppressed."""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from engine.faces.overlap import Boxes


@dataclass(frozen=True, slots=True)
class Candidates:
    """Boxes (n × 4 corners), landmarks (n × 5 × 2) and scores (n), float32, in pixels of one frame."""

    boxes: Boxes
    landmarks: NDArray[np.float32]
    scores: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.scores)

    @property
    def heights(self) -> NDArray[np.float32]:
        """Return the heights of the boxes."""
        return self.boxes[:, 3] - self.boxes[:, 1]

    @property
    def alignable(self) -> NDArray[np.bool_]:
        """Say which candidates have finite landmarks that are not all at one place, (n,) bool; no others are faces."""
        spread: NDArray[np.float32] = np.ptp(self.landmarks, axis=1).max(axis=1, initial=0)
        return np.isfinite(spread) & (spread >= 1)

    @property
    def middles(self) -> NDArray[np.float32]:
        """Return the middle points of the boxes (n × 2, x and y)."""
        return (self.boxes[:, :2] + self.boxes[:, 2:]) / np.float32(2)

    def pick(self, which: NDArray[np.intp] | NDArray[np.bool_]) -> Self:
        """Return the candidates of an index or a mask."""
        return type(self)(self.boxes[which], self.landmarks[which], self.scores[which])

    def moved(self, scale: float, left: float, top: float) -> Self:
        """Return them in the frame whose axes are `scale` times as long and whose origin lies at (−left, −top)."""
        corner = np.array([left, top], dtype=np.float32)
        return type(self)(
            self.boxes * np.float32(scale) + np.tile(corner, 2),
            self.landmarks * np.float32(scale) + corner,
            self.scores,
        )

    @classmethod
    def joined(cls, parts: list[Self]) -> Self:
        """Return the candidates of several passes, all in one frame."""
        if not parts:
            return cls(np.empty((0, 4), np.float32), np.empty((0, 5, 2), np.float32), np.empty(0, np.float32))
        return cls(
            np.concatenate([part.boxes for part in parts]),
            np.concatenate([part.landmarks for part in parts]),
            np.concatenate([part.scores for part in parts]),
        )
