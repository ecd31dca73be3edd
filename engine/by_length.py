"""What the length of a vector, before it is brought to unit length, says of the face that it was made of.

A network gives what it was never taught, animals, statues, fists, half a face, a shorter vector (for SFace measured in
benchmarks/RESULTS.md, "Likelihoods"), as it does to faces whose features it hardly sees.
"""

from dataclasses import dataclass
from typing import Annotated

import numpy as np
from numpy.typing import NDArray

from engine.strict_toml import from_to
from engine.words import sentence

Lengths = NDArray[np.float32]

HALF = 0.5

_LONG = from_to(0.0, 1e6, sentence("a length from 0 to 1000000"))


@dataclass(frozen=True, slots=True)
class ByLength:
    """Up to the length `nothing` a face is worth nothing, from `whole` on what its picture is, between them in part.

    Lengths that are NaN are not known, and change nothing.
    """

    nothing: Annotated[float, _LONG]
    whole: Annotated[float, _LONG]

    def quality(self, quality: NDArray[np.float32], lengths: Lengths) -> NDArray[np.float32]:
        """Return the qualities (n,) of faces, 0 to 1, given those of their pictures and the vectors' lengths."""
        return np.asarray(quality * self._share(lengths), np.float32)

    def doubts(self, lengths: Lengths) -> NDArray[np.bool_]:
        """Mark what is perhaps no face, (n,): it is worth less than half of what its picture promises."""
        return np.asarray(self._share(lengths) < HALF, np.bool_)

    def _share(self, lengths: Lengths) -> NDArray[np.float32]:
        known = np.where(np.isnan(lengths), self.whole, lengths)
        return np.asarray(np.clip((known - self.nothing) / (self.whole - self.nothing), 0, 1), np.float32)
