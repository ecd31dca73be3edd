"""Picasa's names come in, named people appear, three are corrected, sidecars go out, and exiftool reads them."""

from collections import defaultdict
from collections.abc import Callable

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.shell.bring_dialog import BringDialog
from app.shell.main_window import MainWindow
from app.shell.write_names_dialog import WriteNamesDialog
from engine.geometry import Box
from engine.library.queries import face_rows, faces_by_id, people_names
from tests import exiftool
from tests.app.conftest import SETTLE_MS
from tests.app.drawn import DrawnLibrary
from tests.app.hand import LEFT
from tests.app.pages.people.hand import PeopleHand
from tests.app.pages.person.hand import PersonHand
from tests.picasa import write_picasa

NAMES = ("Ada", "Bo")
Said = dict[str, list[tuple[str, Box]]]


def truth(drawn: DrawnLibrary) -> dict[int, str]:
    """Who the faces of the first two groups are."""
    return {face: name for name, faces in zip(NAMES, drawn.faces, strict=False) for face in faces}


def test_names_come_in_are_corrected_and_go_out(
    window: MainWindow, drawn: DrawnLibrary, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    right, wrong = truth(drawn), drawn.faces[1][:3]
    _write_picasa(drawn, right, wrong)
    _bring(window, drawn, qtbot)
    settle()
    assert PeopleHand(window, qtbot, settle).shown()[:2] == list(NAMES), "named people appear"
    ada = next(person for person, name in people_names(drawn.library).items() if name == "Ada")
    hand = PersonHand(window, qtbot, settle, ada)
    assert set(hand.faces()) == {*drawn.faces[0], *wrong}
    hand.choose(*wrong)
    hand.press(Qt.Key.Key_M)
    hand.type("bo")
    hand.press(Qt.Key.Key_Return)
    assert {row.name for row in faces_by_id(drawn.library, wrong).values()} == {"Bo"}
    window.acts["write_names"].trigger()
    dialog = window.findChild(WriteNamesDialog)
    assert isinstance(dialog, WriteNamesDialog)
    with qtbot.waitSignal(window.context.told, timeout=SETTLE_MS):
        qtbot.mouseClick(dialog.write, LEFT)
    _read_by_exiftool(drawn, right)


def _write_picasa(drawn: DrawnLibrary, right: dict[int, str], wrong: list[int]) -> None:
    """Let Picasa know all of them, three by the wrong name."""
    said: Said = defaultdict(list)
    for row in face_rows(drawn.library):
        if row.face in right:
            said[row.photo.name].append(("Ada" if row.face in wrong else right[row.face], row.box))
    write_picasa(drawn.folder, said)


def _bring(window: MainWindow, drawn: DrawnLibrary, qtbot: QtBot) -> None:
    window.acts["bring"].trigger()
    dialog = window.findChild(BringDialog)
    assert isinstance(dialog, BringDialog)
    qtbot.keyClicks(dialog.place, str(drawn.folder))
    qtbot.mouseClick(dialog.look, LEFT)
    qtbot.waitUntil(dialog.bring.isEnabled, timeout=SETTLE_MS)
    assert "2 people" in dialog.outcome.text()
    with qtbot.waitSignal(window.context.operations.said, timeout=SETTLE_MS):
        qtbot.mouseClick(dialog.bring, LEFT)


def _read_by_exiftool(drawn: DrawnLibrary, right: dict[int, str]) -> None:
    """Each face has its own name in its photo's sidecar, at its own place."""
    expected: Said = defaultdict(list)
    for row in face_rows(drawn.library):
        if row.face in right:
            expected[str(row.photo)].append((right[row.face], row.box))
    sidecars = sorted(drawn.folder.glob("*.xmp"))
    assert [str(path) for path in sidecars] == sorted(f"{photo}.xmp" for photo in expected)
    for path in sidecars:
        read = exiftool.regions(path)
        wanted = expected[str(path.with_suffix(""))]
        assert sorted(name for name, _ in read) == sorted(name for name, _ in wanted)
        for name, box in wanted:
            assert max(box.iou(other) for said, other in read if said == name) > 0.99
