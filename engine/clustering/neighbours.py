"""The nearest neighbours of every face by cosine similarity (faiss): exact up to a stated size, approximate above."""

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:  # a tenth of a second, for which the window need not wait
    import faiss

Vectors = NDArray[np.float32]
"""(n, d) float32, one embedding a row, unit length unless a function says otherwise."""

EXACT_UP_TO = 20_000
"""Above this many vectors an inverted file answers instead of the full comparison."""

PROBES = 32
"""Cells of the inverted file that are looked into for each face; the recall they give is in benchmarks/RESULTS.md."""

PACKED_FROM = 100_000
"""From so many vectors on the cells hold four bits for every two numbers, which takes a quarter of the time to read."""

_REFINED = 8
"""For each neighbour that is wanted so many of the best by these bits are compared exactly."""

_BLOCK = 8192
_FEW = 25
_SAMPLES_PER_CELL = 64


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The most similar rows of each row, best first, itself left out.

    `indices` is (n, k) int32 and −1 where there is no neighbour, `similarities` (n, k) float32 and −1 there (the inner
    product, which is the cosine for unit vectors).
    """

    indices: NDArray[np.int32]
    similarities: NDArray[np.float32]


class NeighbourIndex:
    """Vectors that can be searched, built once and asked often. The same vectors always give the same answers."""

    def __init__(
        self,
        vectors: Vectors,
        *,
        exact_up_to: int = EXACT_UP_TO,
        probes: int = PROBES,
        packed_from: int | None = None,
    ) -> None:
        """Take the vectors (n, d); from `packed_from` on (`PACKED_FROM`) they are found more quickly, a few less."""
        import faiss

        faiss.omp_set_num_threads(os.cpu_count() or 1)
        self._vectors = np.ascontiguousarray(vectors, dtype=np.float32)
        count, size = self._vectors.shape
        exact, packed = count <= exact_up_to, packed_from is not None and count >= packed_from and size % 2 == 0
        self._index: faiss.Index
        self._index = faiss.IndexFlatIP(size) if exact else _inverted_file(self._vectors, probes, packed=packed)
        self._index.add(self._vectors)

    def search(self, queries: Vectors, count: int) -> Neighbours:
        """Return the `count` rows most similar to each query, (q, count), in blocks that bound the memory."""
        queries = np.ascontiguousarray(queries, dtype=np.float32)
        indices = np.full((len(queries), count), -1, dtype=np.int32)
        similarities = np.full((len(queries), count), -1, dtype=np.float32)
        wanted = min(count, len(self._vectors))
        if wanted == 0:
            return Neighbours(indices, similarities)
        for start in range(0, len(queries), _BLOCK):
            block = slice(start, start + _BLOCK)
            found, rows = self._index.search(queries[block], wanted)
            indices[block, :wanted] = rows
            similarities[block, :wanted] = np.where(rows >= 0, found, -1)
        return Neighbours(indices, similarities)

    def neighbours_of(self, rows: NDArray[np.int64], count: int) -> Neighbours:
        """Return the `count` nearest other rows of each of these rows, (len(rows), count)."""
        parts = [rows[start : start + _BLOCK] for start in range(0, max(len(rows), 1), _BLOCK)]
        found = [_without_self(self.search(self._vectors[part], count + 1), part, count) for part in parts]
        return Neighbours(
            np.concatenate([one.indices for one in found]), np.concatenate([one.similarities for one in found])
        )


def nearest(vectors: Vectors, count: int, *, exact_up_to: int = EXACT_UP_TO, probes: int = PROBES) -> Neighbours:
    """Return the `count` nearest neighbours of every row of (n, d) vectors, each row left out of its own list.

    Memory: the vectors once more, the answer, and one block of queries.
    """
    if len(vectors) == 0:
        return Neighbours(np.empty((0, count), np.int32), np.empty((0, count), np.float32))
    index = NeighbourIndex(vectors, exact_up_to=exact_up_to, probes=probes)
    return index.neighbours_of(np.arange(len(vectors)), count)


def nearest_among(queries: Vectors, vectors: Vectors, rows: NDArray[np.int64], count: int) -> Neighbours:
    """Return the `count` nearest of these rows of the vectors for each query, (q, count), best first, exactly.

    For few queries asked once: no index is built, and this takes 0.4 of the time of faiss's own search without one.
    Memory: one similarity for each of 25 queries and every vector.
    """
    count = min(count, len(rows))
    left_out = np.ones(len(vectors), bool)
    left_out[rows] = False
    indices = np.empty((len(queries), count), np.int32)
    similarities = np.empty((len(queries), count), np.float32)
    for start in range(0, len(queries) if count else 0, _FEW):
        block = slice(start, start + _FEW)
        seen = queries[block] @ vectors.T
        seen[:, left_out] = -2
        near = np.argpartition(seen, seen.shape[1] - count, axis=1)[:, seen.shape[1] - count :]
        order = np.argsort(-np.take_along_axis(seen, near, axis=1), axis=1, kind="stable")
        indices[block] = np.take_along_axis(near, order, axis=1)
        similarities[block] = np.take_along_axis(seen, indices[block], axis=1)
    return Neighbours(indices, similarities)


def _inverted_file(vectors: Vectors, probes: int, *, packed: bool) -> "faiss.Index":
    """Train an inverted file with 4·√n cells on a seeded sample; faiss's k-means is deterministic for a given seed.

    `packed` vectors are product codes that are compared by tables in the processor's registers (André et al. 2015);
    the best of them are compared again as they are.
    """
    import faiss

    count, size = vectors.shape
    cells = int(4 * np.sqrt(count))
    kept = f"PQ{size // 2}x4fs,RFlat" if packed else "Flat"
    index = faiss.index_factory(size, f"IVF{cells},{kept}", faiss.METRIC_INNER_PRODUCT)
    if packed:
        faiss.ParameterSpace().set_index_parameter(index, "k_factor_rf", _REFINED)
    file = faiss.extract_index_ivf(index)
    file.cp.niter = 8
    file.cp.seed = 7
    file.cp.max_points_per_centroid = _SAMPLES_PER_CELL
    file.cp.min_points_per_centroid = 1
    file.cp.spherical = True
    file.nprobe = min(probes, cells)
    index.train(vectors)
    return index


def _without_self(found: Neighbours, rows: NDArray[np.int64], count: int) -> Neighbours:
    """Drop each row from its own list; where copies pushed it out, drop the last neighbour instead."""
    own = found.indices == rows[:, None]
    lost = ~own.any(axis=1)
    own[lost, -1] = True
    keep = ~own
    shape = (len(rows), count)
    return Neighbours(found.indices[keep].reshape(shape), found.similarities[keep].reshape(shape))
