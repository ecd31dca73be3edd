"""YuNet's outputs (Wu et al., "YuNet: a tiny millisecond-level face detector", 2023): one anchor a cell."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from engine.errors import ModelError
from engine.faces.candidates import Candidates
from engine.words import sentence

STRIDES = (8, 16, 32)

Outputs = Mapping[str, NDArray[np.float32]]


def decode_yunet(outputs: Outputs, width: int, height: int, threshold: float) -> Candidates:
    """Return the candidates of one picture with a score of at least `threshold`, in pixels of the network's input.

    `outputs` holds cls_s (1 × n × 1), obj_s (1 × n × 1), bbox_s (1 × n × 4: centre offset and log size in strides) and
    kps_s (1 × n × 10: offsets in strides) for the strides s; n counts the cells of a width/s × height/s grid by rows.
    The score is the root of the class probability times the objectness.
    """
    return Candidates.joined([_level(outputs, stride, (width, height), threshold) for stride in STRIDES])


def _level(outputs: Outputs, stride: int, size: tuple[int, int], threshold: float) -> Candidates:
    columns, rows = size[0] // stride, size[1] // stride
    try:
        classes, objectness = outputs[f"cls_{stride}"].ravel(), outputs[f"obj_{stride}"].ravel()
        boxes = outputs[f"bbox_{stride}"].reshape(-1, 4)
        points = outputs[f"kps_{stride}"].reshape(-1, 5, 2)
    except KeyError as error:
        raise ModelError(
            sentence("The model has no output {reason}, which the decoder 'yunet' needs.", reason=str(error))
        ) from error
    if not len(classes) == len(objectness) == len(boxes) == len(points) == columns * rows:
        raise ModelError(
            sentence(
                "The model's outputs at stride {stride} do not fit a picture of {width} × {height}.",
                stride=stride,
                width=size[0],
                height=size[1],
            )
        )
    score = np.clip(classes, 0, 1) * np.clip(objectness, 0, 1)
    which = np.flatnonzero(score >= np.float32(threshold) ** 2)
    if not len(which):
        return Candidates.joined([])
    cell = np.stack([which % columns, which // columns], axis=1).astype(np.float32)
    centre = (cell + boxes[which, :2]) * stride
    half = np.exp(boxes[which, 2:]) * (stride / 2)
    landmarks = (cell[:, None] + points[which]) * stride
    return Candidates(np.concatenate([centre - half, centre + half], axis=1), landmarks, np.sqrt(score[which]))
