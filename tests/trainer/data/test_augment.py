import numpy as np
import pytest

from trainer.data.augment import Augmentation, blurred, compressed, occluded, rotated

ALL = Augmentation(flip=0.5, blur=0.5, jpeg=0.5, rotation=0.5, occlusion=0.5)


@pytest.fixture
def crop() -> np.ndarray:
    rows, columns = np.mgrid[0:112, 0:112]
    return np.stack([rows * 2, columns * 2, (rows + columns)], axis=-1).astype(np.uint8)


def changed(augmentation: Augmentation, crop: np.ndarray, seed: int) -> np.ndarray:
    """One crop changed by a seed, mirrored where it has to be."""
    draws = augmentation.draws(1, np.random.default_rng(seed))
    out = augmentation.changed(crop[None].copy(), draws)[0]
    return out[:, ::-1] if augmentation.mirrored(draws)[0] else out


def test_same_seed_same_pictures(crop) -> None:
    one, two = changed(ALL, crop, 3), changed(ALL, crop, 3)
    assert np.array_equal(one, two)
    assert one.shape == crop.shape
    assert one.dtype == np.uint8
    assert not np.array_equal(one, changed(ALL, crop, 4))


def test_a_crop_changes_by_its_own_row_of_draws_alone(crop) -> None:
    draws = ALL.draws(5, np.random.default_rng(0))
    together = ALL.changed(np.stack([crop] * 5), draws)
    alone = [ALL.changed(crop[None].copy(), draws[place : place + 1])[0] for place in range(5)]
    assert np.array_equal(together, np.stack(alone))


def test_nothing_asked_nothing_changed(crop) -> None:
    assert np.array_equal(changed(Augmentation(flip=0.0), crop, 0), crop)


def test_flip_alone_mirrors(crop) -> None:
    assert np.array_equal(changed(Augmentation(flip=1.0), crop, 0), crop[:, ::-1])


def test_switching_a_change_on_leaves_the_others_as_they_were(crop) -> None:
    def flipped(augmentation: Augmentation, seed: int) -> bool:
        out = changed(augmentation, crop, seed)
        return bool(out[5, 5, 1] > out[5, -5, 1])

    plain, more = Augmentation(flip=0.5), Augmentation(flip=0.5, jpeg=1.0)
    found = [(flipped(plain, seed), flipped(more, seed)) for seed in range(20)]
    assert all(one == other for one, other in found)
    assert len({one for one, _ in found}) == 2


def test_small_rotation_keeps_the_landmarks_near_their_place() -> None:
    crop = np.zeros((112, 112, 3), np.uint8)
    crop[51:54, 37:40] = 255
    for degrees in (-15.0, 15.0):
        rows, columns = np.nonzero(rotated(crop, degrees)[:, :, 0] > 128)
        assert np.hypot(rows.mean() - 52, columns.mean() - 38) < 6
    assert np.array_equal(rotated(crop, 0.0), crop)


def test_occlusion_covers_no_more_than_its_share() -> None:
    crop = np.zeros((112, 112, 3), np.uint8)
    for seed in range(20):
        draws = np.random.default_rng(seed).random(3)
        covered = (occluded(crop, draws, 0.2, np.ones(3)) > 0).any(axis=2).mean()
        assert 0 < covered <= 0.2


def test_blur_and_jpeg_change_a_little(crop) -> None:
    for changed in (blurred(crop, 1.0), compressed(crop, 50)):
        difference = np.abs(changed.astype(int) - crop.astype(int))
        assert 0 < difference.mean() < 20


@pytest.mark.parametrize(
    "options",
    [{"flip": 1.5}, {"blur": -0.1}, {"jpeg_quality": 0}, {"degrees": 40.0}, {"occluded": 1.0}, {"blur_sigma": 0.0}],
)
def test_bad_options_are_refused(options) -> None:
    with pytest.raises(ValueError, match=next(iter(options))):
        Augmentation(**options)
