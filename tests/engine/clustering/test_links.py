import numpy as np

from engine.clustering.clusters import Clusters, Edges
from engine.clustering.constraints import Constraints
from engine.clustering.links import StrongLinks, strongest


def two_clusters(first, second):
    vectors = np.concatenate([first, second]).astype(np.float32)
    nodes = np.repeat([0, 1], [len(first), len(second)])
    clusters = Clusters(vectors, np.ones(len(vectors), np.float32), nodes, Constraints.none(len(vectors)))
    return clusters, clusters.edges(np.array([0]), np.array([1])), vectors


def test_lookalikes_do_not_join_and_two_looks_of_one_person_do(crowd):
    known = crowd([6, 6], noise=0.4)
    clusters, edges, vectors = two_clusters(known.vectors[:6], known.vectors[6:])
    assert StrongLinks(vectors, 0.4).hold(clusters, edges).tolist() == [False]
    bridged = known.vectors[6:].copy()
    bridged[:3] = known.vectors[:3]
    clusters, edges, vectors = two_clusters(known.vectors[:6], bridged)
    assert StrongLinks(vectors, 0.9).hold(clusters, edges).tolist() == [True]


def test_a_small_cluster_is_not_asked(crowd):
    known = crowd([2, 6])
    clusters, edges, vectors = two_clusters(known.vectors[:2], known.vectors[2:])
    assert StrongLinks(vectors, 0.9).hold(clusters, edges).tolist() == [True]


def test_the_strongest_three_are_averaged():
    first = np.eye(2, 8, dtype=np.float32)
    assert strongest(first, first) == np.float32(2 / 3)
    assert strongest(first[:1], first[:1]) == 1.0


def test_no_edges_no_answers(crowd):
    known = crowd([2, 6])
    clusters, edges, vectors = two_clusters(known.vectors[:2], known.vectors[2:])
    assert isinstance(edges, Edges)
    assert StrongLinks(vectors, 0.9).hold(clusters, edges.kept(np.zeros(1, bool))).shape == (0,)
