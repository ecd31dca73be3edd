import numpy as np

from engine.clustering.absorb import absorb, best_offers
from engine.clustering.clusters import Clusters
from engine.clustering.constraints import Constraints


def grouped(vectors, nodes, constraints=None):
    count = len(vectors)
    return Clusters(vectors, np.ones(count, np.float32), np.asarray(nodes), constraints or Constraints.none(count))


def test_a_stray_joins_the_person_whose_faces_it_is_near(crowd):
    known = crowd([9, 9], noise=0.6)
    clusters = grouped(known.vectors, [0] * 8 + [2] + [1] * 9)
    absorb(clusters, known.vectors, lowest=0.4, margin=0.1)
    assert clusters.labels[8] == clusters.labels[0]
    assert clusters.count == 2


def test_a_stray_between_two_people_stays_out(crowd):
    known = crowd([8, 8], noise=0.2)
    between = known.vectors[:8].mean(axis=0) + known.vectors[8:].mean(axis=0)
    vectors = np.concatenate([known.vectors, (between / np.linalg.norm(between))[None]]).astype(np.float32)
    clusters = grouped(vectors, [0] * 8 + [1] * 8 + [2])
    absorb(clusters, vectors, lowest=0.4, margin=0.1)
    assert clusters.count == 3


def test_a_stray_does_not_join_whom_it_must_not(crowd):
    known = crowd([9], noise=0.4)
    said = Constraints(np.full(9, -1), apart=np.array([[2, 8]]))
    clusters = grouped(known.vectors, [0] * 8 + [1], said)
    absorb(clusters, known.vectors, lowest=0.4, margin=0.1)
    assert clusters.count == 2


def test_without_a_settled_cluster_nobody_moves(crowd):
    known = crowd([3, 3])
    clusters = grouped(known.vectors, known.people)
    assert len(best_offers(clusters, known.vectors, -1.0).strays) == 0
    absorb(clusters, known.vectors, lowest=-1.0, margin=0.0)
    assert clusters.count == 2
