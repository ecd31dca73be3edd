"""The map: faces are selected as a user does, named, refused, set aside, and everything can be taken back."""

from collections.abc import Callable

import numpy as np

from app.widgets.label import Label
from engine.library.queries import face_rows, ignored_face_rows, people_names
from tests.app.drawn import DrawnLibrary, name_people
from tests.app.hand import CTRL, NONE, SHIFT, Key
from tests.app.pages.groups.hand import GroupsHand

Open = Callable[[], GroupsHand]


def owners(drawn: DrawnLibrary) -> dict[int, int | None]:
    return {row.face: row.person for row in face_rows(drawn.library)}


def test_every_face_has_a_place_and_a_colour(open_groups: Open, drawn: DrawnLibrary) -> None:
    name_people(drawn, "Ada", "Bo")
    hand = open_groups()
    scene = hand.view.scene
    assert sorted(scene.ids.tolist()) == sorted(owners(drawn))
    assert all(hand.view.rect().contains(hand.spot(face)) for face in scene.ids.tolist())
    assert [button.text() for button in hand.page.map.legend.buttons.values()] == ["Ada", "Bo"]
    colours = {int(scene.colours[scene.row_of(face)]) for face in drawn.faces[0]}
    assert len(colours) == 1
    assert hand.page.map.stack.currentWidget() is hand.view


def test_where_nobody_has_a_name_the_legend_says_so(open_groups: Open, drawn: DrawnLibrary) -> None:
    legend = open_groups().page.map.legend
    assert legend.findChildren(Label)[0].text() == f"{len(drawn.people)} people without a name"


def test_a_lasso_selects_faces_that_are_named_and_taken_back(open_groups: Open, drawn: DrawnLibrary) -> None:
    hand = open_groups()
    before = owners(drawn)
    hand.draw_around(drawn.faces[0])
    chosen = set(hand.view.selected_ids())
    assert set(drawn.faces[0]) <= chosen
    assert hand.page.map.selection.isVisible()
    hand.press(Key.Key_F2)
    hand.type("Ada")
    hand.press(Key.Key_Return)
    after = owners(drawn)
    assert {after[face] for face in chosen} == {person for person, name in people_names(drawn.library).items()}
    assert f"{len(chosen)} faces moved to Ada." in hand.said
    assert [button.text() for button in hand.page.map.legend.buttons.values()] == ["Ada"]
    hand.undo()
    hand.wait_until(lambda: owners(drawn) == before)


def test_a_rectangle_does_too_and_ctrl_adds(open_groups: Open, drawn: DrawnLibrary) -> None:
    hand = open_groups()
    hand.press(Key.Key_R)
    assert hand.page.map.acts["rectangle"].isChecked()
    hand.drag(hand.view.rect().topLeft(), hand.view.rect().bottomRight())
    assert len(hand.view.selected_ids()) == len(hand.view.scene)
    one, other = hand.in_front(drawn.faces[1]), hand.in_front(drawn.faces[2])
    hand.click_face(one)
    assert hand.view.selected_ids() == [one]
    hand.click_face(other, CTRL)
    assert set(hand.view.selected_ids()) == {one, other}
    hand.click_face(other, CTRL)
    assert hand.view.selected_ids() == [one]
    hand.press(Key.Key_Escape)
    assert not hand.view.selected_ids()
    assert hand.here is not None
    assert hand.here.page == "groups"


def test_dragging_moves_the_map_and_the_wheel_key_zooms(open_groups: Open, drawn: DrawnLibrary) -> None:
    hand = open_groups()
    before = hand.view.look.camera
    hand.draw_around(drawn.faces[0], held=NONE)
    assert not hand.view.selected_ids()
    assert hand.view.look.camera.scale == before.scale
    hand.view.setFocus()
    hand.press(Key.Key_Plus)
    assert hand.view.look.camera.scale > before.scale
    hand.press(Key.Key_0)
    hand.wait_until(lambda: abs(hand.view.look.camera.scale - before.scale) < 1e-6 * before.scale)


def test_by_keys_alone_faces_are_reached_selected_and_split_off(open_groups: Open, drawn: DrawnLibrary) -> None:
    hand = open_groups()
    before = owners(drawn)
    hand.view.setFocus()
    hand.press(Key.Key_Right)
    first = hand.view.current_id()
    assert first is not None
    hand.press(Key.Key_Left, SHIFT)
    hand.press(Key.Key_Up, SHIFT)
    chosen = hand.view.selected_ids()
    assert first in chosen
    assert hand.view.accessibleDescription()
    hand.press(Key.Key_Space)
    assert hand.page.map.card.is_large
    hand.press(Key.Key_Escape)
    assert not hand.page.map.card.isVisible()
    assert hand.view.selected_ids() == chosen
    hand.press(Key.Key_S)
    after = owners(drawn)
    assert len({after[face] for face in chosen}) == 1
    assert after[chosen[0]] not in drawn.people
    hand.undo()
    hand.wait_until(lambda: owners(drawn) == before)


def test_the_group_of_a_face_is_refused_or_set_aside(open_groups: Open, drawn: DrawnLibrary) -> None:
    name_people(drawn, "Ada")
    hand = open_groups()
    hand.click_face(hand.in_front(drawn.faces[1]))
    current = hand.view.current_id()
    hand.press(Key.Key_G)
    group = set(hand.view.selected_ids())
    assert current in group
    assert len({owners(drawn)[face] for face in group}) == 1
    hand.press(Key.Key_I)
    assert {row.face for row in ignored_face_rows(drawn.library)} >= group
    hand.wait_until(lambda: not set(hand.view.scene.ids.tolist()) & group)
    hand.undo()
    hand.wait_until(lambda: set(hand.view.scene.ids.tolist()) >= group)


def test_a_photo_opens_and_the_map_is_as_it_was_left(open_groups: Open, drawn: DrawnLibrary) -> None:
    hand = open_groups()
    hand.click_face(hand.in_front(drawn.faces[0]))
    hand.press(Key.Key_Plus)
    chosen, camera = hand.view.selected_ids(), hand.view.look.camera
    hand.press(Key.Key_Return)
    assert hand.here is not None
    assert hand.here.page == "photo"
    hand.press(Key.Key_Escape)
    hand.wait_until(lambda: hand.here is not None and hand.here.page == "groups")
    hand.wait_for_map()
    assert hand.view.selected_ids() == chosen
    assert np.isclose(hand.view.look.camera.scale, camera.scale)


def test_a_legend_leads_to_a_person(open_groups: Open, drawn: DrawnLibrary) -> None:
    name_people(drawn, "Ada")
    hand = open_groups()
    hand.click_on(hand.page.map.legend.buttons[drawn.people[0]])
    assert set(hand.view.selected_ids()) == set(drawn.faces[0])
    hand.wait_until(lambda: hand.view.look.camera.scale > hand.view.look.camera.whole)


def test_the_mouse_over_a_face_tells_who_it_is(open_groups: Open, drawn: DrawnLibrary) -> None:
    name_people(drawn, "Ada")
    hand = open_groups()
    hand.view.hover(hand.view.place_of(hand.view.scene.row_of(hand.in_front(drawn.faces[0]))))
    card = hand.page.map.card
    assert card.isVisible()
    assert card.words == "Ada"
    hand.view.hover(hand.view.rect().topLeft())
    assert not card.isVisible()


def test_an_empty_library_says_what_the_map_is_for(empty_window, qtbot) -> None:
    empty_window.context.navigator.go("groups")
    page = empty_window.page("groups")
    qtbot.waitUntil(lambda: page.map.stack.currentWidget() is page.map.empty, timeout=60_000)
    assert "Every face is a point" in page.map.empty.sentence.text()
