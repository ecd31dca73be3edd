"""SCRFD's outputs (Guo et al., "Sample and computation redistribution for efficient face detection", 2021)."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engine.errors import ModelError
from engine.faces.candidates import Candidates
from engine.words import sentence

STRIDES = (8, 16, 32)
ANCHORS = 2


def decode_scrfd(outputs: Sequence[NDArray[np.float32]], width: int, height: int, threshold: float) -> Candidates:
    """Return the candidates of one picture with a score of at least `threshold`, in pixels of the network's input.

    `outputs` holds three scores (n × 1), three boxes (n × 4: distances to left, top, right and bottom in strides) and
    three sets of landmarks (n × 10: offsets in strides), each for the strides 8, 16 and 32. n counts two anchors a
    cell of a width/s × height/s grid by rows, both at the cell's top left corner.
    """
    if len(outputs) != 3 * len(STRIDES):
        raise ModelError(
            sentence("The model has {number} outputs, but the decoder 'scrfd' needs nine.", number=len(outputs))
        )
    levels = zip(STRIDES, outputs[:3], outputs[3:6], outputs[6:], strict=True)
    parts = []
    for stride, scores, distances, points in levels:
        columns, rows = width // stride, height // stride
        scores, distances, points = scores.ravel(), distances.reshape(-1, 4), points.reshape(-1, 5, 2)
        if not len(scores) == len(distances) == len(points) == columns * rows * ANCHORS:
            raise ModelError(
                sentence(
                    "The model's outputs at stride {stride} do not fit a picture of {width} × {height}.",
                    stride=stride,
                    width=width,
                    height=height,
                )
            )
        which = np.flatnonzero(scores >= threshold)
        cell = which // ANCHORS
        anchor = np.stack([cell % columns, cell // columns], axis=1).astype(np.float32) * stride
        reach = distances[which] * stride
        boxes = np.concatenate([anchor - reach[:, :2], anchor + reach[:, 2:]], axis=1)
        parts.append(Candidates(boxes, anchor[:, None] + points[which] * stride, scores[which]))
    return Candidates.joined(parts)
