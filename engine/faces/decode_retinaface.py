"""RetinaFace's outputs (Deng et al., "RetinaFace: single-stage dense face localisation in the wild", 2019).

Two kinds of files are about, with anchors of the same sizes: InsightFace's own (`retinaface_r50`, `retinaface_mnet025`;
its `RetinaFace/retinaface.py` and `rcnn/processing/bbox_transform.py`), and those of Pytorch_Retinaface
(https://github.com/biubug6/Pytorch_Retinaface, `layers/functions/prior_box.py` and `utils/box_utils.py`).
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engine.errors import ModelError
from engine.faces.candidates import Candidates
from engine.words import sentence

Outputs = Sequence[NDArray[np.float32]]

ANCHORS = {8: (32, 16), 16: (128, 64), 32: (512, 256)}
"""Sides in pixels of InsightFace's two anchors a cell, by stride: base 16 times the scales 2, 1; 8, 4; 32, 16."""

ANCHOR_MIDDLE = 7.5
"""Where the middle of a cell's anchors lies from its corner: that of the base anchor, whose pixels are 0 to 15."""

CHANNELS = {"scores": 4, "boxes": 8, "landmarks": 20}
"""Channels of InsightFace's outputs: for two anchors the scores (no face twice, face twice), four and ten numbers."""

PRIORS = {8: (16, 32), 16: (64, 128), 32: (256, 512)}
"""Sides in pixels of Pytorch_Retinaface's two priors a cell, by stride, in its order."""

CENTRE_VARIANCE, SIZE_VARIANCE = 0.1, 0.2
"""What Pytorch_Retinaface's offsets are multiplied with."""

WIDTHS = {"boxes": 4, "scores": 2, "landmarks": 10}
"""Numbers a prior in each of Pytorch_Retinaface's outputs."""


def decode_retinaface_anchors(outputs: Outputs, width: int, height: int, threshold: float) -> Candidates:
    """Return the candidates of one picture with a score of at least `threshold`, in pixels of the network's input.

    `outputs` holds, for the strides 8, 16 and 32 in any order, scores, boxes (offset of the middle and log size, in
    sides of the anchor) and landmarks (offsets in such sides), each 1 × channels × rows × columns of the grid. Raises
    ModelError for others.
    """
    parts = []
    for stride, sides in ANCHORS.items():
        rows, columns = height // stride, width // stride
        level = {each.shape[1]: each[0] for each in outputs if each.ndim == 4 and each.shape[2:] == (rows, columns)}
        try:
            scores, boxes, points = (level[channels] for channels in CHANNELS.values())
        except KeyError as error:
            raise _misfit(stride, width, height) from error
        values = scores[len(sides) :].transpose(1, 2, 0).ravel()
        which = np.flatnonzero(values >= threshold)
        cell = which // len(sides)
        corner = np.stack([cell % columns, cell // columns], axis=1).astype(np.float32) * stride
        side = np.array(sides, np.float32)[which % len(sides), None]
        offsets = boxes.transpose(1, 2, 0).reshape(-1, 4)[which]
        spread = points.transpose(1, 2, 0).reshape(-1, 5, 2)[which]
        middle = corner + np.float32(ANCHOR_MIDDLE)
        # Their corners are the first and the last pixel, hence one less than the size.
        half = (np.exp(offsets[:, 2:]) * side - 1) / 2
        centre = middle + offsets[:, :2] * side
        found = np.concatenate([centre - half, centre + half], axis=1)
        parts.append(Candidates(found, middle[:, None] + spread * side[:, None], values[which]))
    return Candidates.joined(parts)


def decode_retinaface_priors(outputs: Outputs, width: int, height: int, threshold: float) -> Candidates:
    """Return the candidates of one picture with a score of at least `threshold`, in pixels of the network's input.

    `outputs` holds boxes, probabilities (no face, face) and landmarks in any order, each 1 × priors × numbers, with
    the priors of the strides 8, 16 and 32 one after another, each grid by rows. Raises ModelError for others.
    """
    by_width = {each.shape[2]: each[0] for each in outputs if each.ndim == 3}
    priors = _priors(width, height)
    try:
        offsets, scores, points = (by_width[numbers] for numbers in WIDTHS.values())
    except KeyError as error:
        raise ModelError(sentence("The model's outputs are not the three of 'retinaface_priors'.")) from error
    if not len(offsets) == len(scores) == len(points) == len(priors):
        raise _misfit(min(PRIORS), width, height)
    if scores.size and not (scores.min() >= 0 and scores.max() <= 1):
        raise ModelError(
            sentence("The model's scores are no probabilities from 0 to 1."),
            sentence("Export it as it is used, with phase='test'."),
        )
    which = np.flatnonzero(scores[:, 1] >= threshold)
    middle, side = priors[which, :2], priors[which, 2:]
    centre = middle + offsets[which, :2] * CENTRE_VARIANCE * side
    half = side * np.exp(offsets[which, 2:] * SIZE_VARIANCE) / 2
    landmarks = middle[:, None] + points[which].reshape(-1, 5, 2) * CENTRE_VARIANCE * side[:, None]
    boxes = np.concatenate([centre - half, centre + half], axis=1)
    return Candidates(boxes.astype(np.float32), landmarks.astype(np.float32), scores[which, 1])


def _priors(width: int, height: int) -> NDArray[np.float32]:
    """Return the middle and the side of every prior, (n, 3), in pixels."""
    parts = []
    for stride, sides in PRIORS.items():
        rows, columns = -(-height // stride), -(-width // stride)
        y, x, side = np.meshgrid(np.arange(rows), np.arange(columns), np.array(sides), indexing="ij")
        parts.append(np.stack([(x + 0.5) * stride, (y + 0.5) * stride, side], axis=-1).reshape(-1, 3))
    return np.concatenate(parts).astype(np.float32)


def _misfit(stride: int, width: int, height: int) -> ModelError:
    return ModelError(
        sentence(
            "The model's outputs at stride {stride} do not fit a picture of {width} × {height}.",
            stride=stride,
            width=width,
            height=height,
        )
    )
