"""Vectors and landmarks as the library stores them: little-endian float32, row after row."""

import numpy as np
from numpy.typing import NDArray

from engine.geometry import Landmarks


def pack(values: NDArray[np.floating]) -> bytes:
    """Return a vector (d,), or landmarks (5, 2), as it is stored."""
    return np.ascontiguousarray(values, "<f4").tobytes()


def unpack(stored: bytes) -> NDArray[np.float32]:
    """Return a vector (d,) that was stored; it cannot be written to."""
    return np.frombuffer(stored, "<f4")


def unpack_landmarks(stored: bytes) -> Landmarks:
    """Return landmarks (5, 2) that were stored; they cannot be written to."""
    return unpack(stored).reshape(5, 2)
