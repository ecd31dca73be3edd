import numpy as np
import pytest

from engine.clustering.constraints import Constraints, Contradiction, ContradictionKind

GROUPS = np.array([7, 7, -1, 9, -1])


def test_groups_are_one_node_each():
    nodes = Constraints(GROUPS).nodes()
    assert nodes[0] == nodes[1]
    assert len(set(nodes.tolist())) == 4


def test_everything_that_keeps_faces_apart_is_a_pair():
    said = Constraints(
        GROUPS,
        apart=np.array([[4, 2], [2, 4]]),
        rejected=np.array([[2, 7], [4, 8]]),
        photos=np.array([0, 1, 1, 1, -1]),
    )
    assert said.forbidden().tolist() == [[0, 2], [2, 4]]
    assert said.photo_pairs().tolist() == [[1, 2], [1, 3], [2, 3]]


def test_what_starts_together_is_one_node_that_no_group_is():
    said = Constraints(GROUPS, together=np.array([-1, -1, 7, -1, 7]))
    nodes = said.nodes()
    assert nodes[2] == nodes[4]
    assert len(set(nodes.tolist())) == 3
    part = said.subset(np.array([2, 3]))
    assert part.together is not None
    assert part.together.tolist() == [7, -1]


def test_contradictions_are_told_and_not_raised():
    said = Constraints(
        np.array([7, 7, 7, 9]),
        apart=np.array([[0, 2], [0, 3]]),
        rejected=np.array([[1, 7], [1, 9]]),
        photos=np.array([5, 5, 6, 6]),
    )
    assert said.contradictions() == (
        Contradiction(ContradictionKind.REJECTED_BUT_CONFIRMED, 7, 1, 1),
        Contradiction(ContradictionKind.APART_BUT_CONFIRMED, 7, 0, 2),
        Contradiction(ContradictionKind.SAME_PHOTO, 7, 0, 1),
    )


def test_a_part_keeps_what_is_said_within_it():
    said = Constraints(
        GROUPS, apart=np.array([[2, 4], [0, 4]]), rejected=np.array([[4, 9], [2, 7]]), photos=np.arange(5)
    )
    part = said.subset(np.array([0, 2, 3]))
    assert part.groups.tolist() == [7, -1, 9]
    assert part.apart.tolist() == []
    assert part.rejected.tolist() == [[1, 7]]
    assert part.photos is not None
    assert part.photos.tolist() == [0, 2, 3]


def test_a_constraint_that_does_not_fit_is_refused():
    with pytest.raises(ValueError, match="do not cover"):
        Constraints.none(3).checked(4)
    with pytest.raises(ValueError, match="outside"):
        Constraints(GROUPS, apart=np.array([[0, 5]])).checked(5)
