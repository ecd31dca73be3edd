"""`kinfolk learn`: what it says where it gains, where too few people are named, and going back."""

from pathlib import Path

import pytest

from engine.cli.learn import worded
from engine.models.learned import Gain
from engine.paths import Places
from engine.words.catalogue import use
from tests.engine.workflows.conftest import places  # noqa: F401 a fixture
from tests.engine.workflows.learning.conftest import Fill, filled, said  # noqa: F401 fixtures


def test_learning_is_previewed_applied_and_undone(kinfolk, filled: Fill) -> None:  # noqa: F811 a fixture
    library = filled(people=12)
    before = said(library)
    preview = kinfolk("learn", "--json")
    assert preview.code == 0
    assert preview.json["accepted"]
    assert not preview.json["applied"]
    assert "kinfolk learn --apply" in preview.err
    assert kinfolk("learn", "--undo").code == 2
    applied = kinfolk("learn", "--apply")
    assert applied.out.startswith("A measurable gain")
    listed = {row["name"]: row for row in kinfolk("models", "list", "--json").json}
    assert listed["sface_2021dec_mine"]["in_use"]
    assert listed["sface_2021dec_mine"]["calibrated"]
    assert listed["sface_2021dec_mine"]["faces"] == listed["sface_2021dec"]["faces"]
    assert kinfolk("learn", "--undo", "--json").json == {"model": "sface_2021dec", "left": "sface_2021dec_mine"}
    assert said(library) == before


@pytest.mark.parametrize("people", [0, 3])
def test_too_few_people_are_counted(kinfolk, filled: Fill, people: int) -> None:  # noqa: F811 a fixture
    filled(people=people)
    ran = kinfolk("learn")
    assert ran.code == 2
    assert f"you have {people}" in ran.err


def test_where_there_is_no_library_nobody_suffices(kinfolk, tmp_path: Path) -> None:
    assert "you have 0" in kinfolk("learn").err
    assert not list(Places(tmp_path / "data").models.glob("*"))


def test_gains_are_told_with_the_numbers_of_the_language() -> None:
    gain = worded(Gain(0.5, 0.5625, -0.0125, 0.1))
    assert gain == "0.500 → 0.562 (+0.062 [-0.013, +0.100])"
    use("de")
    assert gain.told() == "0,500 → 0,562 (+0,062 [-0,013; +0,100])"


@pytest.mark.parametrize(("words", "said"), [(("--undo",), "kinfolk undo"), (("--level", "2"), "Leave --level out")])
def test_albums_say_what_they_have_none_of(kinfolk, words: tuple[str, ...], said: str) -> None:
    ran = kinfolk("learn", "albums", *words)
    assert ran.code == 2
    assert words[0] in ran.err
    assert said in ran.err
