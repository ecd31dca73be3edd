"""What can be chosen for grouping is what the engine knows."""

from dataclasses import fields

from app.pages.groups.groupings import CHOICES, DEFAULT
from engine.clustering.algorithms import ALGORITHMS
from engine.workflows.grouping import regroup


def test_every_algorithm_can_be_chosen() -> None:
    assert DEFAULT == regroup.DEFAULT
    assert {choice.name for choice in CHOICES} == {DEFAULT, *ALGORITHMS}


def test_every_parameter_is_a_setting_of_its_algorithm_with_its_usual_value() -> None:
    for choice in CHOICES[1:]:
        known = {field.name: field.default for field in fields(ALGORITHMS[choice.name].options)}
        for parameter in choice.parameters:
            assert parameter.name in known
            assert parameter.usual is None or parameter.usual == known[parameter.name]
