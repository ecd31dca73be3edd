"""Joining what belongs together: sets that grow as links between their members are named."""

import numpy as np

from trainer.data.faces import Indices


def joined(count: int, links: Indices) -> Indices:
    """Return the group of each of `count` members, (count,) int64, numbered by first member; `links` is (m, 2)."""
    parent = np.arange(count)

    def root(member: int) -> int:
        while parent[member] != member:
            parent[member] = parent[parent[member]]
            member = int(parent[member])
        return member

    for one, other in links:
        low, high = sorted((root(int(one)), root(int(other))))
        parent[high] = low
    return np.array([root(member) for member in range(count)], dtype=np.int64)
