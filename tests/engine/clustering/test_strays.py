import numpy as np

from engine.clustering.apart import Apart
from engine.clustering.groups import Groups, PlacedFaces
from engine.clustering.strays import Elsewhere, stray_evidence, take_in


def grouped(known, nodes, calibration, never=()):
    nodes = np.asarray(nodes)
    owners = np.full(nodes.max() + 1, -1)
    nobody = np.empty((0, 2), np.int64)
    apart = Apart(owners, np.array(never, np.int64).reshape(-1, 2), nobody)
    return Groups(PlacedFaces(known, np.zeros(len(known), np.float32)), nodes, apart, calibration)


def test_a_stray_joins_the_person_it_is_like(crowd, calibration):
    known = crowd([9, 9], noise=0.6).vectors
    groups = grouped(known, [0] * 8 + [2] + [1] * 9, calibration)
    take_in(groups, None, calibration)
    assert groups.labels[8] == groups.labels[0]
    assert groups.count == 2


def test_a_stray_between_two_people_stays_out(crowd, calibration):
    known = crowd([8, 8], noise=0.2).vectors
    between = known[:8].mean(axis=0) + known[8:].mean(axis=0)
    vectors = np.concatenate([known, (between / np.linalg.norm(between))[None]]).astype(np.float32)
    groups = grouped(vectors, [0] * 8 + [1] * 8 + [2], calibration)
    take_in(groups, None, calibration)
    assert groups.count == 3


def test_a_stray_does_not_join_whom_it_must_not(crowd, calibration):
    groups = grouped(crowd([9], noise=0.4).vectors, [0] * 8 + [1], calibration, never=[[0, 1]])
    take_in(groups, None, calibration)
    assert groups.count == 2


def test_strays_of_one_photo_join_one_by_one_for_more_evidence(crowd, calibration):
    known = crowd([10], noise=1.2, seed=3).vectors
    apart, beside = (grouped(known, [0] * 8 + [1, 2], calibration) for _ in range(2))
    take_in(apart, np.arange(10), calibration)
    take_in(beside, np.array([*range(8), 8, 8]), calibration)
    assert apart.count <= beside.count


def test_without_a_settled_group_nobody_moves(crowd, calibration):
    known = crowd([2, 2])
    groups = grouped(known.vectors, known.people, calibration)
    take_in(groups, None, calibration)
    assert groups.count == 2


def test_more_is_asked_where_nearly_all_are_strangers():
    somebodys, strangers = np.full(50, 12, np.float32), np.full(500, 2, np.float32)
    alone = stray_evidence(somebodys, 10)
    assert stray_evidence(np.concatenate([somebodys, strangers]), 10) > alone + 1
    assert stray_evidence(somebodys, 100) > alone
    assert stray_evidence(np.empty(0, np.float32), 3) > 3


def test_a_part_of_a_library_asks_for_what_the_whole_would():
    somebodys, strangers = np.full(50, 12, np.float32), np.full(500, 2, np.float32)
    whole = stray_evidence(np.concatenate([somebodys, strangers]), 10)
    part = stray_evidence(np.concatenate([somebodys[:1], strangers[:10]]), 10, strays=539, joined=49)
    assert part == whole
    assert stray_evidence(somebodys[:1], 10) < whole


def test_a_stray_of_a_large_library_needs_more_than_one_of_a_small(crowd, calibration):
    known = crowd([9], noise=1.3, seed=1).vectors
    small, large = (grouped(known, [0] * 8 + [1], calibration) for _ in range(2))
    take_in(small, None, calibration)
    take_in(large, None, calibration, Elsewhere(10**6, np.empty((0, 128), np.float32), homes=10**6, strays=10**6))
    assert small.count == 1
    assert large.count == 2
