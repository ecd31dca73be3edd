import shutil
from pathlib import Path

import cv2
import numpy as np
import pytest

from engine.errors import ModelError
from engine.faces.candidates import Candidates
from engine.faces.decode_scrfd import decode_scrfd
from engine.faces.decode_yunet import decode_yunet
from engine.faces.detect import Detection, Detector, open_detector
from engine.geometry import Box
from engine.models.card import ColourOrder, Decoder, InputSpec
from engine.models.catalog import Catalog
from engine.models.session import PLAIN


def resized_to(image: np.ndarray, side: int) -> np.ndarray:
    scale = side / max(image.shape[:2])
    return np.asarray(cv2.resize(image, (round(image.shape[1] * scale), round(image.shape[0] * scale))))


def pairs(ours: list[Detection], theirs: list[Box]) -> list[tuple[int, int]]:
    """Pair each of their boxes with our best one that shares more than half of it."""
    matched = []
    for number, box in enumerate(theirs):
        best = max(range(len(ours)), key=lambda place: ours[place].box.iou(box), default=None)
        if best is not None and ours[best].box.iou(box) > 0.5:
            matched.append((best, number))
    return matched


def compare_with_opencv(detector: Detector, models_dir: Path, images: list[np.ndarray], least: int) -> None:
    """Compare what both find in images that hold `least` faces."""
    path = Catalog(models_dir).path(detector.card)
    ious, errors, theirs_total, ours_total = [], [], 0, 0
    for image in images:
        reference = cv2.FaceDetectorYN.create(
            str(path), "", (image.shape[1], image.shape[0]), detector.score, detector.overlap
        )
        rows = reference.detect(np.ascontiguousarray(image[..., ::-1]))[1]
        rows = np.empty((0, 15), np.float32) if rows is None else rows
        boxes = [Box(*(float(value) for value in row[:4])) for row in rows]
        ours = detector.detect(image)
        ours_total, theirs_total = ours_total + len(ours), theirs_total + len(boxes)
        for mine, other in pairs(ours, boxes):
            ious.append(ours[mine].box.iou(boxes[other]))
            eyes = np.linalg.norm(ours[mine].landmarks[1] - ours[mine].landmarks[0])
            errors.append(np.abs(ours[mine].landmarks - rows[other, 4:14].reshape(5, 2)).max() / eyes)
    assert theirs_total >= least
    assert len(ious) >= 0.98 * max(theirs_total, ours_total)
    assert np.mean(np.array(ious) >= 0.95) >= 0.99
    assert np.mean(np.array(errors) <= 0.05) >= 0.99


def test_yunet_finds_what_opencv_finds(
    detector: Detector, models_dir: Path, portraits: list[np.ndarray], rng: np.random.Generator
) -> None:
    rows = [np.concatenate([portraits[place] for place in rng.permutation(10)[:5]], axis=1) for _ in range(4)]
    group = np.concatenate(rows)
    compare_with_opencv(detector, models_dir, [resized_to(group, side) for side in (1250, 640, 330)] + portraits, 60)


def test_yunet_finds_what_opencv_finds_in_groups(
    detector: Detector, models_dir: Path, group_photos: list[np.ndarray]
) -> None:
    images = [resized_to(photo, side) for photo in group_photos for side in (640, 330)]
    compare_with_opencv(detector, models_dir, images, 70)


@pytest.mark.filterwarnings("ignore::FutureWarning")
@pytest.mark.parametrize("file", ["det_500m.onnx", "det_2.5g.onnx"])
def test_scrfd_finds_what_insightface_finds(
    shared_data: Path, tmp_path: Path, card_of, group_photos: list[np.ndarray], file: str
) -> None:
    from insightface.model_zoo.scrfd import SCRFD

    shutil.copy(shared_data / "models" / file, tmp_path / file)
    reference = SCRFD(str(tmp_path / file))
    reference.prepare(-1, nms_thresh=0.3, det_thresh=0.5)
    spec = InputSpec(640, 640, (127.5,) * 3, (128.0,) * 3, ColourOrder.RGB)
    detector = open_detector(card_of(tmp_path / file, Decoder.SCRFD, spec), tmp_path, running=PLAIN)
    total, ious, errors = 0, [], []
    for photo in group_photos:
        small = resized_to(photo, 640)
        image = np.zeros((640, 640, 3), np.uint8)
        image[: small.shape[0], : small.shape[1]] = small
        rows, points = reference.detect(np.ascontiguousarray(image[..., ::-1]), input_size=(640, 640))
        boxes = [Box(float(x), float(y), float(right - x), float(bottom - y)) for x, y, right, bottom, _ in rows]
        ours = detector.detect(image)
        total += max(len(boxes), len(ours))
        for mine, other in pairs(ours, boxes):
            ious.append(ours[mine].box.iou(boxes[other]))
            eyes = np.linalg.norm(ours[mine].landmarks[1] - ours[mine].landmarks[0])
            errors.append(np.abs(ours[mine].landmarks - points[other]).max() / eyes)
    assert total >= 30
    assert len(ious) >= 0.97 * total
    assert np.mean(np.array(ious) >= 0.95) >= 0.99
    assert np.mean(np.array(errors) <= 0.05) >= 0.99


def test_scrfd_takes_any_size(shared_data: Path, tmp_path: Path, card_of, portraits: list[np.ndarray]) -> None:
    shutil.copy(shared_data / "models" / "det_500m.onnx", tmp_path / "det_500m.onnx")
    spec = InputSpec(0, 0, (127.5,) * 3, (128.0,) * 3, ColourOrder.RGB)
    detector = open_detector(card_of(tmp_path / "det_500m.onnx", Decoder.SCRFD, spec), tmp_path, running=PLAIN)
    for portrait in portraits:
        best = detector.detect(portrait)[0]
        assert best.box.holds(125, 125)


def test_landmarks_lie_where_they_should(detector: Detector, portraits: list[np.ndarray]) -> None:
    for portrait in portraits:
        best = max(detector.detect(portrait), key=lambda found: found.box.holds(125, 125))
        left_eye, right_eye, nose, left_mouth, right_mouth = best.landmarks
        assert best.landmarks.dtype == np.float32
        assert left_eye[0] < right_eye[0]
        assert left_mouth[0] < right_mouth[0]
        assert max(left_eye[1], right_eye[1]) < nose[1] < min(left_mouth[1], right_mouth[1])
        assert all(best.box.holds(*point) for point in best.landmarks)


def test_the_highest_score_comes_first(detector: Detector, portraits: list[np.ndarray]) -> None:
    scores = [found.score for found in detector.detect(np.concatenate(portraits[2:7], axis=1))]
    assert len(scores) == 5
    assert scores == sorted(scores, reverse=True)
    assert all(detector.score <= score <= 1 for score in scores)


@pytest.mark.parametrize("shape", [(1, 1), (1, 700), (700, 1), (31, 33), (32, 32)])
def test_any_image_can_be_searched(detector: Detector, rng: np.random.Generator, shape: tuple[int, int]) -> None:
    assert detector.detect(rng.integers(0, 256, (*shape, 3), dtype=np.uint8)) == []


def test_an_embedder_finds_no_faces(models_dir: Path) -> None:
    with pytest.raises(ModelError, match="is an embedder and finds no faces"):
        open_detector(Catalog(models_dir).default_embedder(), models_dir)


def test_outputs_that_do_not_fit_are_said() -> None:
    with pytest.raises(ModelError, match="no output 'cls_8'"):
        decode_yunet({}, 64, 64, 0.5)
    names = {"cls": 1, "obj": 1, "bbox": 4, "kps": 10}
    outputs = {
        f"{name}_{stride}": np.zeros((1, 4, width), np.float32)
        for name, width in names.items()
        for stride in (8, 16, 32)
    }
    with pytest.raises(ModelError, match="do not fit a picture of 64 × 64"):
        decode_yunet(outputs, 64, 64, 0.5)
    with pytest.raises(ModelError, match="has 3 outputs"):
        decode_scrfd([np.zeros((1, 1), np.float32)] * 3, 64, 64, 0.5)
    with pytest.raises(ModelError, match="do not fit a picture of 64 × 32"):
        decode_scrfd([np.zeros((7, width), np.float32) for width in (1, 1, 1, 4, 4, 4, 10, 10, 10)], 64, 32, 0.5)


def test_a_yunet_cell_by_hand() -> None:
    sizes = {8: 16, 16: 4, 32: 1}
    widths = {"cls": 1, "obj": 1, "bbox": 4, "kps": 10}
    outputs = {
        f"{name}_{stride}": np.zeros((1, count, width), np.float32)
        for name, width in widths.items()
        for stride, count in sizes.items()
    }
    outputs["cls_8"][0, 6], outputs["obj_8"][0, 6] = 0.81, 1.0
    outputs["bbox_8"][0, 6] = [0.5, 0.25, np.log(3), np.log(2)]
    outputs["kps_8"][0, 6] = np.arange(10) / 10
    found = decode_yunet(outputs, 32, 32, 0.5)
    np.testing.assert_allclose(found.scores, [0.9], rtol=1e-6)
    np.testing.assert_allclose(found.boxes, [[8, 2, 32, 18]], rtol=1e-5)
    np.testing.assert_allclose(found.landmarks[0, 1], [(2 + 0.2) * 8, (1 + 0.3) * 8], rtol=1e-5)


def test_landmarks_that_cannot_be_aligned_are_told() -> None:
    landmarks = np.zeros((3, 5, 2), np.float32)
    landmarks[0] = [[0, 0], [9, 0], [5, 5], [1, 9], [8, 9]]
    landmarks[1, 0, 0] = np.nan
    found = Candidates(np.zeros((3, 4), np.float32), landmarks, np.ones(3, np.float32))
    assert found.alignable.tolist() == [True, False, False]
    assert found.pick(np.zeros(3, bool)).alignable.tolist() == []
