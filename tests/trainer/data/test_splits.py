import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.data.faces import LabelledFace
from trainer.data.joining import joined
from trainer.data.splits import split_events, split_people

faces_lists = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 20)), min_size=2, max_size=60)


def labelled(pairs: list[tuple[int, int]]) -> list[LabelledFace]:
    """Photo n was taken on day n // 3."""
    return [LabelledFace(f"person {person}", f"photo {photo}", f"day {photo // 3}") for person, photo in pairs]


@given(faces_lists, st.floats(0.05, 0.95), st.integers(0, 99))
def test_no_person_is_on_both_sides(pairs, share, seed) -> None:
    faces = labelled(pairs)
    people = {face.person for face in faces}
    if len(people) < 2:
        with pytest.raises(ValueError, match="cannot be split"):
            split_people(faces, share, seed)
        return
    split = split_people(faces, share, seed)
    held, kept = ({faces[index].person for index in side} for side in (split.held_out, split.kept))
    assert held
    assert kept
    assert not held & kept
    assert held | kept == people
    assert len(split.held_out) + len(split.kept) == len(faces)
    assert len(held) == min(max(1, int(share * len(people) + 0.5)), len(people) - 1)


@given(faces_lists, st.integers(0, 99))
def test_no_day_and_no_photo_is_on_both_sides(pairs, seed) -> None:
    faces = labelled(pairs)
    if len({face.event for face in faces}) < 2:
        return
    split = split_events(faces, 0.3, seed)
    for key in ("event", "photo"):
        sides = [{getattr(faces[index], key) for index in side} for side in (split.held_out, split.kept)]
        assert not sides[0] & sides[1]


@given(faces_lists, st.lists(st.tuples(st.integers(0, 59), st.integers(0, 59)), max_size=3), st.integers(0, 9))
def test_near_duplicates_stay_on_one_side(pairs, links, seed) -> None:
    faces = labelled(pairs)
    tied = np.array([link for link in links if max(link) < len(faces)], dtype=np.int64).reshape(-1, 2)
    try:
        split = split_people(faces, 0.4, seed, tied)
    except ValueError:
        return
    held = np.isin(np.arange(len(faces)), split.held_out)
    assert (held[tied[:, 0]] == held[tied[:, 1]]).all()
    for one, other in tied:
        if faces[one].person != faces[other].person:
            assert any({faces[one].person, faces[other].person} <= set(group) for group in split.joined)


def test_same_seed_same_split() -> None:
    faces = labelled([(person, photo) for person in range(7) for photo in range(4)])
    first, second = split_people(faces, 0.4, 8), split_people(faces, 0.4, 8)
    assert np.array_equal(first.held_out, second.held_out)
    others = [split_people(faces, 0.4, seed).held_out for seed in range(8)]
    assert any(not np.array_equal(first.held_out, other) for other in others)


def test_faces_without_a_day_cannot_be_split_by_it() -> None:
    with pytest.raises(ValueError, match="1 of 2 faces"):
        split_events([LabelledFace("a", "1", "day"), LabelledFace("a", "2")], 0.5, 0)


@pytest.mark.parametrize("share", [0.0, 1.0, -1.0])
def test_impossible_share_is_refused(share) -> None:
    with pytest.raises(ValueError, match="share"):
        split_people(labelled([(0, 0), (1, 1)]), share, 0)


def test_joined_follows_chains() -> None:
    groups = joined(6, np.array([[4, 2], [2, 5], [1, 0]]))
    assert groups.tolist() == [0, 0, 2, 3, 2, 2]
