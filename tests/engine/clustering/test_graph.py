import numpy as np

from engine.clustering.apart import Apart
from engine.clustering.graph import Graph
from engine.clustering.groups import Groups, PlacedFaces
from engine.clustering.neighbours import EXACT_UP_TO

BEYOND = EXACT_UP_TO + 1000


def large(crowd, calibration):
    known = crowd([4] * (BEYOND // 4), noise=0.9)
    nobody = np.empty((0, 2), np.int64)
    nodes = np.arange(BEYOND)
    faces = PlacedFaces(known.vectors, np.zeros(BEYOND, np.float32))
    return Groups(faces, nodes, Apart(np.full(BEYOND, -1), nobody, nobody), calibration)


def strong(edges):
    kept = edges.reaching(8)
    return set(zip(kept.first.tolist(), kept.second.tolist(), strict=True))


def exactly(groups, changed):
    """Return the strong edges of these groups, compared with all."""
    alive = groups.alive
    near = groups.means(changed) @ groups.means(alive).T > 0.4
    rows, others = np.nonzero(near)
    return strong(groups.edges(changed[rows], alive[others]))


def test_where_few_have_changed_only_these_look_again(crowd, calibration):
    groups = large(crowd, calibration)
    graph = Graph(groups)
    graph.renew()
    for joined, least in ((200, 1.0), (1500, 0.85)):  # few are compared with all, more in the cells of before
        pairs = graph.edges.mutual(graph.edges.best()).kept(slice(joined))
        groups.join(pairs.first, pairs.second)
        graph.edges = groups.follow(graph.edges, np.concatenate([pairs.first, pairs.second]))
        before = strong(graph.edges)
        graph.renew()
        found, wanted = strong(graph.edges), exactly(groups, pairs.first)
        assert before <= found
        assert len(found & wanted) >= least * len(wanted)
