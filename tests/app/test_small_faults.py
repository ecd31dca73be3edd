"""What somebody stumbled over once, each in a few lines: nobody is to stumble there again."""

import threading
from collections.abc import Callable, Generator

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.faces.face_button import FaceButton, photo_picture
from app.grid.tile import TILE
from app.pages.people.page import PeoplePage
from app.shell.main_window import MainWindow
from app.widgets.empty_state import EmptyState
from app.widgets.entry_delegate import AT_END
from engine.library.queries import PhotoSearch
from engine.progress import Progress
from engine.workflows.erasing import remove_folder
from tests.app.conftest import PLENTY_MS
from tests.app.drawn import DrawnLibrary, name_people
from tests.app.hand import Key
from tests.app.pages.people.hand import PeopleHand
from tests.app.pages.person.hand import PersonHand, suggest
from tests.app.pages.photos.hand import PhotosHand

Settle = Callable[[], None]


def waiting(gate: threading.Event) -> Generator[Progress, None, None]:
    yield Progress("walk", 12)
    gate.wait(30)
    yield Progress("walk", 13)


def test_esc_clears_what_is_selected_before_it_leads_back(
    window: MainWindow, drawn: DrawnLibrary, qtbot: QtBot, settle: Settle
) -> None:
    given = suggest(drawn)
    settle()
    hand = PersonHand(window, qtbot, settle, drawn.people[0])
    hand.board.grid.select_ids(given)
    hand.board.grid.setFocus()
    hand.press(Key.Key_Escape)
    assert hand.here is not None
    assert hand.here.page == "person"
    assert hand.board.grid.selected_ids() == []
    hand.press(Key.Key_Escape)
    assert hand.here.page == "people"


def test_an_empty_page_has_room_for_all_of_its_words(dressed: QApplication, qtbot: QtBot) -> None:
    state = EmptyState("Nothing here", "A sentence that is so long that it takes more than one line. " * 3, "Go on")
    qtbot.addWidget(state)
    state.resize(900, 600)
    with qtbot.waitExposed(state):
        state.show()
    sentence = state.sentence
    assert sentence.height() >= sentence.heightForWidth(sentence.width())
    assert abs(sentence.geometry().center().x() - state.rect().center().x()) <= 1


def test_a_damaged_photo_is_not_said_to_be_away(
    window: MainWindow, drawn: DrawnLibrary, qtbot: QtBot, settle: Settle
) -> None:
    damaged, away = sorted(drawn.folder.iterdir())[:2]
    damaged.write_bytes(damaged.read_bytes()[:200])
    away.unlink()
    hand = PhotosHand(window, qtbot, settle)
    settle()
    pictures, model = window.context.pictures, hand.page.model
    shown = {row: model.index(row).data(TILE).picture for row in range(model.rowCount())}
    qtbot.waitUntil(lambda: any(map(pictures.is_damaged, shown.values())), timeout=PLENTY_MS)
    settle()
    found = [picture.id for picture in shown.values() if pictures.is_damaged(picture)]
    assert found == [drawn.photos[0]]
    of_photos = {picture.id: picture for picture in shown.values()}
    qtbot.waitUntil(lambda: bool(pictures.why_lacking(of_photos[drawn.photos[1]])), timeout=PLENTY_MS)
    why = [pictures.why_lacking(of_photos[photo]) for photo in drawn.photos]
    assert why == ["cannot be read", "not there now", *[""] * (len(why) - 2)]


def test_a_large_face_says_what_is_true_of_its_photo(window: MainWindow, drawn: DrawnLibrary, qtbot: QtBot) -> None:
    file = sorted(drawn.folder.iterdir())[0]
    whole = file.read_bytes()
    file.write_bytes(whole[:200])
    button = FaceButton(window.context.pictures)
    qtbot.addWidget(button)
    button.set_room(200, 200)
    button.show_picture(photo_picture(drawn.photos[0]), "A photo")
    button.show()
    qtbot.waitUntil(lambda: button.accessibleDescription() == "cannot be read", timeout=PLENTY_MS)
    file.write_bytes(whole)
    window.context.pictures.forget(photos=[drawn.photos[0]])
    button.update()
    qtbot.waitUntil(lambda: not button.accessibleDescription(), timeout=PLENTY_MS)
    file.unlink()
    window.context.pictures.forget(photos=[drawn.photos[0]])
    button.set_room(800, 800)
    qtbot.waitUntil(lambda: button.accessibleDescription() == "not there now", timeout=PLENTY_MS)


def test_a_search_in_a_folder_ends_when_the_folder_is_removed(
    window: MainWindow, drawn: DrawnLibrary, qtbot: QtBot, settle: Settle
) -> None:
    hand = PhotosHand(window, qtbot, settle)
    settle()
    hand.search_for("Holiday")
    assert hand.asked.folder_id == drawn.folder_id
    window.context.operations.edit(
        lambda: remove_folder(drawn.library, window.context.thumbs, drawn.folder_id), "Removed."
    )
    settle()
    qtbot.waitUntil(lambda: hand.asked == PhotoSearch(), timeout=PLENTY_MS)


def test_a_first_name_is_counted_as_soon_as_it_is_seen(
    window: MainWindow, drawn: DrawnLibrary, qtbot: QtBot, settle: Settle
) -> None:
    hand = PeopleHand(window, qtbot, settle)
    assert isinstance(hand.page, PeoplePage)
    hand.model.foresee(drawn.people[0], "Ada")
    assert hand.page.tools.tally.text() == "1 of 4 named"


def test_tab_leads_from_pause_to_stop(window: MainWindow, qtbot: QtBot, settle: Settle) -> None:
    settle()
    gate, bar = threading.Event(), window.job_bar
    job = window.context.jobs.job(waiting(gate), "Scanning")
    job.start()
    qtbot.waitUntil(bar.isVisible, timeout=PLENTY_MS)
    qtbot.waitUntil(lambda: "12 found" in bar.text.text(), timeout=PLENTY_MS)
    assert (bar.bar.minimum(), bar.bar.maximum()) == (0, 0), "nobody knows yet how much there is"
    assert not bar.pause_button.icon().isNull()
    window.activateWindow()
    bar.pause_button.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(bar.pause_button, Key.Key_Tab)
    assert bar.cancel_button.hasFocus()
    with qtbot.waitSignal(job.ended, timeout=PLENTY_MS):
        gate.set()


def test_a_message_leaves_the_last_row_in_sight(
    window: MainWindow, drawn: DrawnLibrary, qtbot: QtBot, settle: Settle
) -> None:
    window.resize(700, 420)
    hand = PersonHand(window, qtbot, settle, drawn.people[0])
    grid = hand.board.grid
    grid.scrollToBottom()
    assert grid.verticalScrollBar().value() > 0
    window.messages.tell("Something happened.")
    settle()
    last = grid.visualRect(grid.model().index(grid.model().rowCount() - 1, 0))
    assert grid.viewport().rect().contains(last)


def test_all_problems_that_the_page_lists_are_counted_beside_its_name(
    window: MainWindow, drawn: DrawnLibrary, qtbot: QtBot, settle: Settle
) -> None:
    name_people(drawn, "Ada", "Ada")
    window.context.changed_elsewhere.emit()
    item = window.sidebar.pages.item(4)
    qtbot.waitUntil(lambda: item.data(AT_END) == "1", timeout=PLENTY_MS)
    window.context.navigator.go("problems")
    settle()
    listed = window.page("problems").list.tree.everything()  # type: ignore[attr-defined]  # the page has a list
    assert item.data(AT_END) == str(len(listed))


def test_enter_presses_the_button_that_has_the_focus(window: MainWindow, qtbot: QtBot, settle: Settle) -> None:
    settle()
    pressed: list[bool] = []
    window.messages.tell("Something happened.", ("Show it", lambda: pressed.append(True)))
    window.activateWindow()
    window.messages.button.setFocus()
    qtbot.keyClick(window.messages.button, Key.Key_Return)
    assert pressed == [True]
    PhotosHand(window, qtbot, settle)
    filters = window.page("photos").search.more  # type: ignore[attr-defined]  # the page has one
    filters.setFocus()
    qtbot.keyClick(filters, Key.Key_Enter)
    assert filters.isChecked()
