"""Aligned crops: a face turned, scaled and moved so that its landmarks lie where the embedders were trained on them."""

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.geometry import Image, Landmarks

TEMPLATE_112: NDArray[np.float32] = np.array(
    [[38.2946, 51.6963], [73.5318, 51.5014], [56.0252, 71.7366], [41.5493, 92.3655], [70.7299, 92.2041]],
    dtype=np.float32,
)
"""Where the five landmarks lie in a crop of 112 × 112 (Deng et al., ArcFace, 2019); a read-only 5 × 2 array."""
TEMPLATE_112.setflags(write=False)

SIZE = 112


def similarity_transform(landmarks: Landmarks, template: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return the 2 × 3 matrix of rotation, scale and shift that brings `landmarks` closest to `template`.

    Least squares over the points (n × 2 each), without mirrored solutions: Umeyama, "Least-squares estimation of
    transformation parameters between two point patterns", 1991. In the plane its singular value decomposition has a
    closed form: with centred points as complex numbers p and q the factor is Σ conj(p) · q / Σ |p|². Raises ValueError
    where the landmarks are not finite or all the same point.
    """
    source = np.asarray(landmarks, dtype=np.float64)
    target = np.asarray(template, dtype=np.float64)
    middle, goal = source.mean(axis=0), target.mean(axis=0)
    p, q = (source - middle) @ (1, 1j), (target - goal) @ (1, 1j)
    spread = float(np.vdot(p, p).real)
    if not np.isfinite(spread) or spread < 1e-9:
        raise ValueError("landmarks must be finite and more than one point")
    factor = np.vdot(p, q) / spread
    turn = np.array([[factor.real, -factor.imag], [factor.imag, factor.real]])
    return np.column_stack([turn, goal - turn @ middle])


def align(image: Image, landmarks: Landmarks, size: int = SIZE) -> Image:
    """Return the aligned crop, size × size × 3, of the face with these landmarks (pixels of the image).

    What lies outside the image is black. Pixels are sampled bilinearly, as the embedders' own tools do: averaging over
    areas first made no face of ../shared/data easier to recognise, and moves the embedding of a large one away from
    theirs (cosine down to 0.95). Raises ValueError for landmarks that are not finite or all the same point.
    """
    matrix = similarity_transform(landmarks, TEMPLATE_112 * (size / SIZE))
    return np.asarray(cv2.warpAffine(image, matrix, (size, size), flags=cv2.INTER_LINEAR), dtype=np.uint8)
