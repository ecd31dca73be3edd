"""Where many people changed, the page hears of those alone who are others than before."""

import pytest

from app.pages.people import reading
from engine.library.changes import Changes
from engine.library.edits import merge_people
from tests.app.drawn import name_people


def test_of_many_changes_those_are_told_who_differ(hand, drawn, settle, monkeypatch: pytest.MonkeyPatch) -> None:
    """As when a scan has grouped faces anew: everybody may be another, and few are."""
    settle()
    page, heard = hand.page, []
    page.reading.told.connect(heard.append)
    monkeypatch.setattr(reading, "FEW", 0)
    first, second, third, _ = drawn.people

    def told() -> set[int]:
        """Whom the page has heard of since the last time."""
        settle()
        assert heard
        people = {person for news in heard for person in news.asked}
        heard.clear()
        return people

    page.follow(Changes(people=frozenset(drawn.people)))
    assert told() == set()
    name_people(drawn, "Dora")
    assert told() == {first}
    assert page.model.person(first).name == "Dora"
    merge_people(drawn.library, first, [second])
    assert told() == {first, second}
    assert second not in page.model.ids
    # A name that is shown already, and that the library does not get.
    page.model.foresee(third, "Nobody's")
    page.follow(Changes(people=frozenset({first})))
    assert told() == {third}
    assert page.model.person(third).name is None
    page.follow(Changes(people=frozenset({first})))
    assert told() == set()
