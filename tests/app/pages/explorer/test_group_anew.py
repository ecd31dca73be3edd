"""Grouping anew: what would change is seen first, applied as it was shown, and taken back."""

from collections.abc import Callable

from engine.library.queries import face_rows
from tests.app.drawn import DrawnLibrary, name_people
from tests.app.pages.explorer.hand import ExplorerHand

Open = Callable[[], ExplorerHand]


def owners(drawn: DrawnLibrary) -> dict[int, int | None]:
    return {row.face: row.person for row in face_rows(drawn.library)}


def test_a_change_is_shown_applied_and_undone(open_explorer: Open, drawn: DrawnLibrary) -> None:
    name_people(drawn, "Ada")
    before = owners(drawn)
    hand = open_explorer()
    hand.choose("kmeans")
    moved = hand.set("k", 2).found.plan.faces_moved
    assert owners(drawn) == before
    assert moved > 0
    assert f"{moved} faces would move" in hand.page.figures.text()
    assert hand.page.model.rowCount() > 0
    hand.wait_until(hand.page.apply_button.isEnabled)
    hand.click_on(hand.page.apply_button)
    after = owners(drawn)
    assert sum(after[face] != person for face, person in before.items()) == moved
    assert all(after[face] == drawn.people[0] for face in drawn.faces[0])
    hand.undo()
    hand.wait_until(lambda: owners(drawn) == before)


def test_what_cannot_be_set_is_not_offered_and_settings_reach_the_plan(open_explorer: Open) -> None:
    hand = open_explorer()
    assert not hand.page.form.fields
    hand.choose("hdbscan")
    hand.set("min_cluster_size", 5)
    assert hand.choose("kmeans").found.settings["k"] >= 1
    assert hand.page.form.values() == {}


def test_where_nothing_would_change_nothing_can_be_applied(open_explorer: Open, drawn: DrawnLibrary) -> None:
    name_people(drawn, "Ada", "Bo", "Cleo", "Dora")
    hand = open_explorer()
    assert not hand.outcome().changes
    assert not hand.page.apply_button.isEnabled()
    assert hand.page.said.text() == "Nothing would change."
