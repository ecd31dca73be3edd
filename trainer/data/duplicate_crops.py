"""Near-duplicates: the same picture of a face saved twice, scaled, cropped or compressed anew.

Two pairs of eyes: a perceptual hash of the crop, for pictures that look the same, and the likeness of embeddings, for
those that the hash misses. Both return links (m, 2) int64 with first < second.
"""

import cv2
import faiss
import numpy as np
from numpy.typing import NDArray

from engine.geometry import Image
from trainer.data.faces import Indices

HASH_BITS = 256
HASH_SIDE = 64
_LOW = 17
"""Rows and columns of the cosine transform that are looked at; the first of each, mere brightness, counts nothing."""

MOST_BITS = 54
"""Hashes differing in at most this many of 256 bits are near-duplicates. Measured on 600 aligned crops of 10 people:
JPEG of quality 30, half size, brightness, one pixel of shift and two degrees of turn change at most 54 bits; of 179,700
pairs nine differ in at most 54, each one picture saved twice (looked at), and the next in 62."""

LEAST_SIMILARITY = 0.9
"""Cosine of two unit embeddings from which on they are taken for the same picture. Measured with SFace on those crops:
JPEG of quality 40 keeps at least 0.90, half size 0.93, two degrees of turn 0.97; different people reach 0.47."""


def perceptual_hash(crop: Image) -> NDArray[np.uint8]:
    """Return 256 bits (32,) uint8 of a crop (H, W, 3) RGB: signs of its lowest frequencies against their median.

    The discrete cosine transform of the grey picture at 64 × 64 (the "pHash" of Zauner 2010, with 16 × 16 frequencies
    rather than 8 × 8, since aligned faces are all much the same in the lowest ones).
    """
    grey = cv2.cvtColor(crop, cv2.COLOR_RGB2GRAY)
    small = cv2.resize(grey, (HASH_SIDE, HASH_SIDE), interpolation=cv2.INTER_AREA).astype(np.float32)
    low = np.asarray(cv2.dct(small))[1:_LOW, 1:_LOW].ravel()
    return np.packbits(low > np.median(low))


def links_by_hash(hashes: NDArray[np.uint8], most: int = MOST_BITS) -> Indices:
    """Return the pairs of hashes (n, 32) uint8 that differ in at most `most` bits, (m, 2)."""
    if not 0 <= most < HASH_BITS:
        raise ValueError(f"most is a number of bits from 0 to {HASH_BITS - 1}, not {most}.")
    index = faiss.IndexBinaryFlat(HASH_BITS)
    index.add(hashes)
    # faiss takes those strictly nearer than the radius.
    return _upper(*index.range_search(hashes, most + 1))


def links_by_embedding(embeddings: NDArray[np.float32], least: float = LEAST_SIMILARITY) -> Indices:
    """Return the pairs of unit embeddings (n, dim) float32 with a cosine of at least `least`, (m, 2)."""
    if not -1 < least < 1:
        raise ValueError(f"least is a cosine between -1 and 1, not {least}.")
    index = faiss.IndexFlatIP(embeddings.shape[1])
    index.add(np.ascontiguousarray(embeddings))
    return _upper(*index.range_search(np.ascontiguousarray(embeddings), float(np.nextafter(np.float32(least), -1))))


def _upper(limits: Indices, _: object, found: Indices) -> Indices:
    first = np.repeat(np.arange(len(limits) - 1), np.diff(limits).astype(np.int64))
    keep = first < found
    links = np.stack([first[keep], found[keep]], axis=1).astype(np.int64)
    order: Indices = links[np.lexsort((links[:, 1], links[:, 0]))]
    return order
