"""Of one person it is asked with whom they are one: no second one need be found and selected."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.merging.dialog import MergeDialog
from app.merging.with_whom import WithWhom
from engine.library.queries import people_names, people_rows
from tests.app.drawn import DrawnLibrary

Key = Qt.Key


def shown(window: QWidget, kind: type[QWidget]) -> list[QWidget]:
    return [dialog for dialog in window.findChildren(kind) if dialog.isVisible()]


def test_by_the_menu_a_name_and_enter(hand, drawn: DrawnLibrary) -> None:
    ada, bo = drawn.people[:2]
    hand.choose(drawn.people[2])
    hand.page.acts["with"].trigger()
    hand.settle()
    (asked,) = shown(hand.window, WithWhom)
    assert asked.who.edit.hasFocus()
    hand.type("bo")
    hand.press(Key.Key_Return)
    assert not shown(hand.window, WithWhom)
    (dialog,) = shown(hand.window, MergeDialog)
    hand.click_on(dialog.merge_button)
    assert people_names(drawn.library) == {ada: "Ada", bo: "Bo"}
    assert people_rows(drawn.library, only=[bo])[0].faces == 10
    assert hand.grid.selected_ids() == [bo]


def test_neither_they_themselves_nor_somebody_unknown(hand, drawn: DrawnLibrary) -> None:
    hand.choose(drawn.people[0])
    hand.page.acts["with"].trigger()
    hand.settle()
    (asked,) = shown(hand.window, WithWhom)
    for name in ("ada", "Eve"):
        hand.type(name)
        hand.press(Key.Key_Return)
        assert asked.hint.text() == f"Nobody else is called {name}."
        assert not shown(hand.window, MergeDialog)
        asked.who.edit.clear()
    hand.press(Key.Key_Escape)
    assert not shown(hand.window, WithWhom)


def test_it_is_offered_of_one_person_alone(hand, drawn: DrawnLibrary) -> None:
    hand.choose(drawn.people[0])
    assert hand.page.acts["with"].isVisible()
    hand.choose(drawn.people[0], drawn.people[1])
    assert not hand.page.acts["with"].isVisible()
