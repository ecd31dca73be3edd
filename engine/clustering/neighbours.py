"""The nearest neighbours of every face by cosine similarity (faiss): exact up to a stated size, approximate above."""

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engine.cores import usable_cores

# Read when faiss is loaded: its threads sleep while they wait for each other. Else they spin, and where other programs
# keep the cores busy, a search of small steps takes forty times as long.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

if TYPE_CHECKING:  # a tenth of a second, for which the window need not wait
    import faiss

Vectors = NDArray[np.float32]
"""(n, d) float32, one embedding a row, unit length unless a function says otherwise."""

EXACT_UP_TO = 20_000
"""Above this many vectors an inverted file answers instead of the full comparison."""

PROBES = 32
"""Cells of the inverted file that are looked into for each face; the recall they give is in benchmarks/RESULTS.md."""

_BLOCK = 8192
_FEW = 25
_SAMPLES_PER_CELL = 64


@dataclass(frozen=True, slots=True)
class Packing:
    """How many vectors are kept small: as product codes of four bits for so many `numbers` of a vector.

    Their products are read from tables in the processor's registers (André et al. 2015). For each neighbour that is
    wanted `compared` of the best by these codes are compared as they are. `probes` of `cells` · √n cells are looked
    into for each vector, or without cells all codes.
    """

    numbers: int
    compared: int
    cells: int = 0
    probes: int = 0


CODES, FINE_CODES = Packing(numbers=4, compared=8), Packing(numbers=2, compared=8)
"""Without cells: of some ten thousand vectors more are found than by unpacked ones in cells, as soon. Above all faces
that are little like any other lie in no cell in particular; the fine codes find nearly all that are theirs."""

FINE = Packing(numbers=2, compared=8, cells=4, probes=32)
"""Takes a quarter of the time that unpacked vectors in cells take, and finds hardly less."""

COARSE = Packing(numbers=4, compared=4, cells=2, probes=16)
"""Takes a third of the time of `FINE`: for faces of whose neighbours a few do."""

CELLS_FROM = 100_000
"""From so many vectors on cells are worth looking for."""


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
        packing: Packing | None = None,
    ) -> None:
        """Take the vectors (n, d); where they are not compared with all, a `packing` finds a few less, but sooner."""
        import faiss

        faiss.omp_set_num_threads(usable_cores())
        self._vectors = np.ascontiguousarray(vectors, dtype=np.float32)
        count, size = self._vectors.shape
        self._index: faiss.Index
        if count <= exact_up_to:
            self._index = faiss.IndexFlatIP(size)
        elif packing is None or size % packing.numbers:
            self._index = _inverted_file(self._vectors, "Flat", int(4 * np.sqrt(count)), probes)
        else:
            self._index = _packed(self._vectors, packing)
        self._index.add(self._vectors)

    def refill(self, vectors: Vectors) -> None:
        """Take other vectors (n, d), like those before, into the same cells: that spares looking for cells again."""
        self._index.reset()
        self._vectors = np.ascontiguousarray(vectors, dtype=np.float32)
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


def _inverted_file(vectors: Vectors, kept: str, cells: int, probes: int) -> "faiss.Index":
    """Train an inverted file on a seeded sample; faiss's k-means is deterministic for a given seed.

    `kept` says how it keeps vectors, in the words of faiss's factory.
    """
    import faiss

    index = faiss.index_factory(vectors.shape[1], f"IVF{cells},{kept}", faiss.METRIC_INNER_PRODUCT)
    file = faiss.extract_index_ivf(index)
    file.cp.niter = 8
    file.cp.seed = 7
    file.cp.max_points_per_centroid = _SAMPLES_PER_CELL
    file.cp.min_points_per_centroid = 1
    file.cp.spherical = True
    file.nprobe = min(probes, cells)
    index.train(vectors)
    return index


def _packed(vectors: Vectors, packing: Packing) -> "faiss.Index":
    """Train an index of product codes, which also keeps the vectors themselves to compare the best."""
    import faiss

    count, size = vectors.shape
    kept = f"PQ{size // packing.numbers}x4fs,RFlat"
    if packing.cells:
        index = _inverted_file(vectors, kept, int(packing.cells * np.sqrt(count)), packing.probes)
    else:
        index = faiss.index_factory(size, kept, faiss.METRIC_INNER_PRODUCT)
        index.train(vectors)
    faiss.ParameterSpace().set_index_parameter(index, "k_factor_rf", packing.compared)
    return index


def packing_of(count: int) -> Packing:
    """Return how so many groups are kept that look for their neighbours, where they are not compared with all."""
    return FINE if count >= CELLS_FROM else CODES


def _without_self(found: Neighbours, rows: NDArray[np.int64], count: int) -> Neighbours:
    """Drop each row from its own list; where copies pushed it out, drop the last neighbour instead."""
    own = found.indices == rows[:, None]
    lost = ~own.any(axis=1)
    own[lost, -1] = True
    keep = ~own
    shape = (len(rows), count)
    return Neighbours(found.indices[keep].reshape(shape), found.similarities[keep].reshape(shape))
