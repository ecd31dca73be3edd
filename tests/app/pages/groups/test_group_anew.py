"""Grouping anew: what would change is seen first, applied as it was shown, and taken back."""

from collections.abc import Callable

from app.session.context import Context
from engine.library.queries import face_rows
from engine.workflows.grouping.preview_task import preview_beside
from tests.app.drawn import DrawnLibrary, name_people
from tests.app.hand import CTRL, Key
from tests.app.pages.groups.hand import GroupsHand

Open = Callable[[], GroupsHand]


def owners(drawn: DrawnLibrary) -> dict[int, int | None]:
    return {row.face: row.person for row in face_rows(drawn.library)}


def test_a_change_is_shown_applied_and_undone(open_regrouping: Open, drawn: DrawnLibrary) -> None:
    name_people(drawn, "Ada")
    before = owners(drawn)
    hand = open_regrouping()
    hand.choose("kmeans")
    moved = hand.set("k", 2).found.plan.faces_moved
    assert owners(drawn) == before
    assert moved > 0
    assert f"{moved} faces would move" in hand.page.regroup.figures.text()
    assert hand.page.regroup.model.rowCount() > 0
    hand.wait_until(hand.page.regroup.apply_button.isEnabled)
    hand.click_on(hand.page.regroup.apply_button)
    after = owners(drawn)
    assert sum(after[face] != person for face, person in before.items()) == moved
    assert all(after[face] == drawn.people[0] for face in drawn.faces[0])
    hand.undo()
    hand.wait_until(lambda: owners(drawn) == before)


def test_what_cannot_be_set_is_not_offered_and_settings_reach_the_plan(open_regrouping: Open) -> None:
    hand = open_regrouping()
    assert not hand.page.regroup.form.fields
    hand.choose("hdbscan")
    hand.set("min_cluster_size", 5)
    assert hand.choose("kmeans").found.settings["k"] >= 1
    assert hand.page.regroup.form.values() == {}


def test_where_nothing_would_change_nothing_can_be_applied(open_regrouping: Open, drawn: DrawnLibrary) -> None:
    name_people(drawn, "Ada", "Bo", "Cleo", "Dora")
    hand = open_regrouping()
    assert not hand.outcome().changes
    assert not hand.page.regroup.apply_button.isEnabled()
    assert hand.page.regroup.said.text() == "Nothing would change."


def test_the_key_for_undo_takes_a_grouping_back_where_a_number_was_typed(
    open_regrouping: Open, drawn: DrawnLibrary
) -> None:
    before = owners(drawn)
    hand = open_regrouping()
    hand.choose("kmeans")
    box = hand.page.regroup.form.fields["k"].box
    box.setFocus()
    box.selectAll()
    hand.type("3")
    hand.outcome()
    hand.page.regroup.apply_button.setFocus()
    hand.press(Key.Key_Space)
    hand.wait_until(lambda: owners(drawn) != before)
    hand.outcome()
    box.setFocus()
    hand.press(Key.Key_Z, CTRL)
    hand.wait_until(lambda: owners(drawn) == before)
    assert box.value() == 3


def test_what_was_tried_is_seen_on_the_map_and_judged(open_regrouping: Open, drawn: DrawnLibrary) -> None:
    hand = open_regrouping()
    hand.choose("kmeans")
    labels = hand.set("k", 3).found.plan.labels
    assert "How clearly groups differ" in hand.page.regroup.figures.text()
    assert "Twice in one photo" in hand.page.regroup.figures.text()
    hand.click_on(hand.page.regroup.map_button)
    hand.wait_for_map()
    assert len(set(hand.view.scene.groups.tolist())) == len(set(labels.tolist())) == 3


def test_leaving_the_page_gives_up_what_is_tried(open_regrouping: Open) -> None:
    hand = open_regrouping()
    hand.page.regroup.try_out()
    assert hand.page.regroup.cancel_button.isEnabled()
    hand.go("people")
    assert not hand.page.regroup.cancel_button.isEnabled()
    assert not hand.window.context.thinking.busy


def test_a_grouping_that_is_given_up_leaves_no_trace(drawn: DrawnLibrary, context: Context) -> None:
    """The next start would take it for a death, and check the whole library."""
    path = drawn.library.path
    before = sorted(path.parent.iterdir())
    steps = preview_beside(path, context.places.models, context.embedder().name, "kmeans", {"k": 2})
    while next(steps).stage == "grouping":  # the process has not opened the library yet
        pass
    steps.close()
    assert sorted(path.parent.iterdir()) == before
