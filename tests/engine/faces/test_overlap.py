import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from engine.faces.overlap import parts_of_better, suppress
from engine.geometry import Box

SIDES = st.integers(0, 40).map(float)


@st.composite
def scored_boxes(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray]:
    count = draw(st.integers(0, 12))
    corners = draw(arrays.arrays(np.float32, (count, 2), elements=st.integers(0, 40)))
    sizes = draw(arrays.arrays(np.float32, (count, 2), elements=st.integers(0, 30)))
    scores = draw(arrays.arrays(np.float32, count, elements=st.floats(0, 1, width=32)))
    return np.concatenate([corners, corners + sizes], axis=1), scores


def as_box(corners: np.ndarray) -> Box:
    left, top, right, bottom = (float(value) for value in corners)
    return Box(left, top, right - left, bottom - top)


@given(scored_boxes(), st.sampled_from([0.0, 0.3, 0.5]))
def test_what_is_kept_is_apart_and_what_is_dropped_has_a_better_neighbour(
    scored: tuple[np.ndarray, np.ndarray], overlap: float
) -> None:
    boxes, scores = scored
    kept = suppress(boxes, scores, overlap)
    assert list(scores[kept]) == sorted(scores[kept], reverse=True)
    for place, one in enumerate(kept):
        assert all(as_box(boxes[one]).iou(as_box(boxes[other])) <= overlap + 1e-6 for other in kept[:place])
    for dropped in set(range(len(boxes))) - set(kept.tolist()):
        better = [one for one in kept if scores[one] >= scores[dropped]]
        assert any(as_box(boxes[one]).iou(as_box(boxes[dropped])) > overlap - 1e-6 for one in better)


@given(scored_boxes())
def test_suppressing_twice_changes_nothing(scored: tuple[np.ndarray, np.ndarray]) -> None:
    boxes, scores = scored
    kept = suppress(boxes, scores, 0.3)
    assert len(suppress(boxes[kept], scores[kept], 0.3)) == len(kept)


def test_no_boxes() -> None:
    assert suppress(np.empty((0, 4), np.float32), np.empty(0, np.float32), 0.3).tolist() == []


def test_a_part_of_a_better_face_is_none_of_its_own() -> None:
    face, eye, beside = [0, 0, 100, 100], [20, 30, 60, 60], [90, 0, 190, 100]
    assert parts_of_better(np.array([face, eye, beside], np.float32), 0.8).tolist() == [False, True, False]
    assert parts_of_better(np.array([eye, face], np.float32), 0.8).tolist() == [False, False]
    assert parts_of_better(np.empty((0, 4), np.float32), 0.8).tolist() == []
