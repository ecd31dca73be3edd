from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.faces.align import TEMPLATE_112, align, similarity_transform
from engine.faces.detect import Detector
from engine.faces.embed import Embedder
from engine.models.catalog import Catalog


@given(
    angle=st.floats(-3.1, 3.1),
    scale=st.floats(0.05, 20),
    x=st.floats(-500, 500),
    y=st.floats(-500, 500),
)
def test_a_turned_and_scaled_template_comes_back(angle: float, scale: float, x: float, y: float) -> None:
    turn = scale * np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    landmarks = TEMPLATE_112 @ turn.T + (x, y)
    matrix = similarity_transform(landmarks.astype(np.float32), TEMPLATE_112)
    np.testing.assert_allclose(landmarks @ matrix[:, :2].T + matrix[:, 2], TEMPLATE_112, atol=0.05)


@given(
    st.lists(st.tuples(st.floats(0, 200, width=32), st.floats(0, 200, width=32)), min_size=5, max_size=5, unique=True)
)
def test_a_solution_is_never_mirrored(points: list[tuple[float, float]]) -> None:
    landmarks = np.array(points, np.float32)
    if np.ptp(landmarks, axis=0).max() < 1:
        return
    matrix = similarity_transform(landmarks, TEMPLATE_112)
    a, b = matrix[0, 0], matrix[1, 0]
    np.testing.assert_allclose(matrix[:, :2], [[a, -b], [b, a]], atol=1e-9)


@pytest.mark.parametrize("landmarks", [np.full((5, 2), 7.0), np.full((5, 2), np.nan), np.full((5, 2), np.inf)])
@pytest.mark.filterwarnings("ignore:invalid value")
def test_landmarks_without_extent_are_refused(landmarks: np.ndarray) -> None:
    with pytest.raises(ValueError, match="landmarks must be finite and more than one point"):
        similarity_transform(landmarks.astype(np.float32), TEMPLATE_112)


def test_the_template_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="read-only"):
        TEMPLATE_112[0, 0] = 1


# scikit-image announces that the method insightface calls will go.
@pytest.mark.filterwarnings("ignore::FutureWarning")
@pytest.mark.parametrize("size", [112, 224])
def test_crops_are_insightface_s(detector: Detector, portraits: list[np.ndarray], size: int) -> None:
    from insightface.utils import face_align

    for portrait in portraits:
        for found in detector.detect(portrait):
            reference = face_align.norm_crop(portrait, found.landmarks, size)
            crop = align(portrait, found.landmarks, size)
            assert crop.shape == (size, size, 3)
            assert crop.dtype == np.uint8
            assert np.abs(crop.astype(int) - reference.astype(int)).max() <= 2


@pytest.mark.parametrize("scale", [0.5, 1, 4])
def test_embeddings_are_opencv_s(
    detector: Detector, embedder: Embedder, models_dir: Path, portraits: list[np.ndarray], scale: float
) -> None:
    reference = cv2.FaceRecognizerSF.create(str(Catalog(models_dir).path(embedder.card)), "")
    crops, theirs = [], []
    for portrait in portraits:
        image = np.asarray(cv2.resize(portrait, None, fx=scale, fy=scale))
        backwards = np.ascontiguousarray(image[..., ::-1])
        for found in detector.detect(portrait):
            landmarks = found.landmarks * np.float32(scale)
            row = np.concatenate([np.zeros(4), landmarks.ravel(), [found.score]]).astype(np.float32)
            theirs.append(reference.feature(reference.alignCrop(backwards, row))[0])
            crops.append(align(image, landmarks))
    ours = embedder.embed(np.stack(crops))
    expected = np.stack(theirs)
    expected /= np.linalg.norm(expected, axis=1, keepdims=True)
    assert len(ours) >= 10
    assert (ours * expected).sum(axis=1).min() >= 0.999
