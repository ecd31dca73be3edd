"""Things move only where the desktop does not ask for less, which is read from a real bus."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import QObject
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusVariant, QDBusVirtualObject
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.shell.main_window import MainWindow
from app.style.motion import INTERFACE, OBJECT, SERVICE, Key, Motion
from tests.app.conftest import PLENTY_MS
from tests.app.drawn import DrawnLibrary
from tests.app.pages.people.hand import PeopleHand

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or shutil.which("dbus-daemon") is None, reason="needs Linux and dbus-daemon"
)
GNOME = ("org.gnome.desktop.interface", "enable-animations")
PORTAL = ("org.freedesktop.appearance", "reduced-motion")
KDE = ("org.kde.kdeglobals.KDE", "AnimationDurationFactor")


def variant(value: object) -> QDBusVariant:
    made = QDBusVariant()
    made.setVariant(value)
    return made


class Portal(QDBusVirtualObject):
    """Answers as the portal of a desktop with these settings does."""

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[Key, object] = {}
        self.asked: list[Key] = []

    def introspect(self, path: str) -> str:
        return ""

    def handleMessage(self, message: QDBusMessage, connection: QDBusConnection) -> bool:  # noqa: N802 Qt's name
        group, name = message.arguments()
        self.asked.append((group, name))
        if (group, name) in self.values:
            answer = message.createReply([])
            answer.setArguments([variant(variant(self.values[group, name]))])
        else:
            answer = message.createErrorReply("org.freedesktop.portal.Error.NotFound", "Requested setting not found")
        connection.send(answer)
        return True


@dataclass
class Desktop:
    """A bus of its own with a portal on it; `bus` is the window's end."""

    bus: QDBusConnection
    own: QDBusConnection
    portal: Portal = field(default_factory=Portal)

    def change(self, key: Key, value: object) -> None:
        """Change a setting, as a user does in the desktop's settings."""
        self.portal.values[key] = value
        news = QDBusMessage.createSignal(OBJECT, INTERFACE, "SettingChanged")
        news.setArguments([*key, variant(value)])
        self.own.send(news)


@pytest.fixture
def desktop(qapp: QApplication) -> Iterator[Desktop]:
    daemon = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--print-address=1"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert daemon.stdout is not None
    address = daemon.stdout.readline().strip()
    made = Desktop(QDBusConnection.connectToBus(address, "window"), QDBusConnection.connectToBus(address, "portal"))
    assert made.own.registerVirtualObject(OBJECT, made.portal)
    assert made.own.registerService(SERVICE)
    yield made
    for name in ("window", "portal"):
        QDBusConnection.disconnectFromBus(name)
    daemon.terminate()
    daemon.wait()
    daemon.stdout.close()


@pytest.fixture
def begun(desktop: Desktop, qtbot: QtBot) -> Iterator[Callable[[], Motion]]:
    owner = QObject()

    def begin() -> Motion:
        motion = Motion(owner)
        motion.begin(desktop.bus)
        qtbot.waitUntil(lambda: len(desktop.portal.asked) == 3, timeout=PLENTY_MS)
        return motion

    yield begin
    owner.deleteLater()


@pytest.mark.parametrize(("key", "still", "moving"), [(GNOME, False, True), (PORTAL, 1, 0), (KDE, "0", "1")])
def test_the_desktop_is_asked_and_followed(
    key: Key, still: object, moving: object, desktop: Desktop, begun: Callable[[], Motion], qtbot: QtBot
) -> None:
    desktop.portal.values[key] = still
    motion = begun()
    qtbot.waitUntil(lambda: not motion.wanted, timeout=PLENTY_MS)
    desktop.change(key, moving)
    qtbot.waitUntil(lambda: motion.wanted, timeout=PLENTY_MS)
    desktop.change(key, still)
    qtbot.waitUntil(lambda: not motion.wanted, timeout=PLENTY_MS)


def test_where_no_desktop_says_anything_things_may_move(desktop: Desktop, begun: Callable[[], Motion]) -> None:
    assert begun().wanted


def test_people_who_are_merged_do_not_fly_where_the_desktop_asks_for_less(
    desktop: Desktop, window: MainWindow, drawn: DrawnLibrary, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    hand = PeopleHand(window, qtbot, settle)
    flown = hand.grid.viewport().findChildren
    hand.page.commands.show_joined(drawn.people[:3], drawn.people[0])
    assert len(flown(QLabel)) == 2
    qtbot.waitUntil(lambda: not flown(QLabel), timeout=PLENTY_MS)
    desktop.portal.values[GNOME] = False
    window.context.motion.begin(desktop.bus)
    qtbot.waitUntil(lambda: not window.context.motion.wanted, timeout=PLENTY_MS)
    hand.page.commands.show_joined(drawn.people[:3], drawn.people[0])
    assert flown(QLabel) == []
