"""The clusters of average linkage that is under way: what they hold, and joining them."""

import numpy as np
from numpy.typing import NDArray

from engine.clustering.joining import Ids, Joining
from engine.clustering.neighbours import Vectors
from engine.clustering.paired import paired_similarities
from engine.clustering.sums_by_group import sums_by


class Clusters(Joining):
    """Clusters of n faces, as alike as their members are on average."""

    def __init__(self, vectors: Vectors, weights: NDArray[np.float32], nodes: Ids) -> None:
        """Take unit embeddings (n, d), what each counts in a mean and the cluster it starts in, (n,) each."""
        super().__init__(nodes)
        self.weights = np.bincount(nodes, weights, self.count).astype(np.float32)
        self._means = sums_by(vectors, np.arange(len(vectors)), nodes, self.count, weights)
        self._means /= self.weights[:, None]

    def means(self, groups: Ids) -> Vectors:
        """Return weighted mean vectors, (m, d), not of unit length: inner products are average similarities."""
        return self._means if len(groups) == len(self._means) else self._means[groups]

    def strengths(self, first: Ids, second: Ids) -> NDArray[np.float32]:
        """Return the average similarity of each pair, (e,) float32."""
        return paired_similarities(self._means, first, self._means, second)

    def join(self, first: Ids, second: Ids) -> None:
        """Join the pairs, no cluster in two of them."""
        total = self.weights[first] + self.weights[second]
        self._means[first] += (self._means[second] - self._means[first]) * (self.weights[second] / total)[:, None]
        self.weights[first] = total
        self._point(second, first)
