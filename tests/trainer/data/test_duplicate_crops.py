import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trainer.data.augment import compressed
from trainer.data.duplicate_crops import MOST_BITS, links_by_embedding, links_by_hash, perceptual_hash


@settings(max_examples=20)
@given(st.integers(0, 999), st.integers(0, 120))
def test_links_by_hash_are_all_pairs_that_near(seed, most) -> None:
    hashes = np.random.default_rng(seed).integers(0, 256, (12, 32), dtype=np.uint8)
    hashes[5] = hashes[2]
    bits = np.unpackbits(hashes, axis=1)
    wanted = [(i, j) for i in range(12) for j in range(i + 1, 12) if (bits[i] != bits[j]).sum() <= most]
    assert [tuple(link) for link in links_by_hash(hashes, most)] == wanted


def test_links_by_embedding_are_all_pairs_that_like() -> None:
    angles = np.radians([0, 5, 50, 54, 180])
    embeddings = np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)
    assert links_by_embedding(embeddings, 0.99).tolist() == [[0, 1], [2, 3]]
    assert links_by_embedding(embeddings[:1], 0.99).shape == (0, 2)


def test_bad_limits_are_refused() -> None:
    with pytest.raises(ValueError, match="bits"):
        links_by_hash(np.zeros((1, 32), np.uint8), 256)
    with pytest.raises(ValueError, match="cosine"):
        links_by_embedding(np.zeros((1, 3), np.float32), 1.0)


def test_copies_of_real_crops_are_found_and_other_pictures_are_not(real_faces) -> None:
    faces, embeddings, crops = real_faces
    some = crops[:60]
    small = [cv2.resize(cv2.resize(crop, (64, 64), interpolation=cv2.INTER_AREA), (112, 112)) for crop in some]
    bright = [np.clip(crop * 1.15 + 8, 0, 255).astype(np.uint8) for crop in some]
    packed = [compressed(crop, 40) for crop in some]
    every = [*some, *small, *bright, *packed]
    links = links_by_hash(np.stack([perceptual_hash(crop) for crop in every]))
    same_picture = links[:, 0] % len(some) == links[:, 1] % len(some)
    assert same_picture.sum() == len(some) * 6
    people = np.array([face.person for face in faces[: len(some)]])
    wrong = links[~same_picture] % len(some)
    assert (people[wrong[:, 0]] == people[wrong[:, 1]]).all()
    assert MOST_BITS < 60
    alike = links_by_embedding(embeddings)
    everyone = np.array([face.person for face in faces])
    assert (everyone[alike[:, 0]] == everyone[alike[:, 1]]).all()
