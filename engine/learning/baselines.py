"""Plain maps that learning must beat or yield to: centring and whitening by all faces, whoever they are."""

import numpy as np
from numpy.typing import NDArray

from engine.adapter import Adapter

Matrix = NDArray[np.float32]

SHRINKAGE = 0.8
"""How much of the spread is taken to be the same in all directions (the form of Ledoit and Wolf 2004)."""

MOST_DIRECTIONS = 32
"""So many directions are made shorter; the spread of a small library says nothing sure about more."""


def centred(vectors: Matrix) -> Adapter:
    """Return the map that takes the mean face off."""
    none = np.empty((vectors.shape[1], 0))
    return Adapter.of(vectors.mean(axis=0), none, none)


def whitened(vectors: Matrix) -> Adapter:
    """Return the map that takes the mean off and shortens the directions in which faces differ most."""
    mean = vectors.mean(axis=0)
    own = (vectors - mean).astype(np.float64)
    spread = own.T @ own / len(own)
    values, directions = np.linalg.eigh(spread)
    values, directions = values[::-1][:MOST_DIRECTIONS], directions[:, ::-1][:, :MOST_DIRECTIONS]
    even = SHRINKAGE * np.trace(spread) / len(spread)
    rest = (1 - SHRINKAGE) * (np.trace(spread) - values.sum()) / max(len(spread) - len(values), 1)
    shorter = np.sqrt((even + rest) / (even + (1 - SHRINKAGE) * values)) - 1
    return Adapter.of(mean, directions, directions * shorter)
