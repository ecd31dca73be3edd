import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from trainer.data.collapse import CollapseWatch, sameness


@given(st.integers(2, 20), st.integers(0, 999))
def test_sameness_is_the_mean_cosine_of_different_rows(count, seed) -> None:
    faces = torch.randn(count, 4, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)
    unit = torch.nn.functional.normalize(faces)
    cosines = unit @ unit.T
    wanted = (cosines.sum() - cosines.diagonal().sum()) / (count * (count - 1))
    assert sameness(faces) == pytest.approx(wanted.item(), abs=1e-9)


def test_a_constant_is_a_collapse_once_it_lasts() -> None:
    watch = CollapseWatch(patience=3)
    constant, lively = torch.ones(8, 4), torch.eye(4).repeat(2, 1)
    assert [watch.collapsed(faces) for faces in (constant, constant, lively, constant, constant, constant)] == [
        False, False, False, False, False, True,
    ]  # fmt: skip


def test_all_zero_is_a_collapse_too() -> None:
    assert sameness(torch.zeros(5, 3)) == 1


def test_one_face_tells_nothing() -> None:
    with pytest.raises(ValueError, match="two or more"):
        sameness(torch.ones(1, 3))
    with pytest.raises(ValueError, match="limit"):
        CollapseWatch(limit=1.0)
