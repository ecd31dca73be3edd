"""Whether the system wants things to move: asked without waiting for its answer, and followed while it is changed."""

import ctypes
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import SLOT, QObject, QSettings, Slot

if TYPE_CHECKING:  # the first window needs nothing of it
    from PySide6.QtDBus import QDBusConnection, QDBusPendingCallWatcher

SERVICE, OBJECT = "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop"
INTERFACE = "org.freedesktop.portal.Settings"

Key = tuple[str, str]
"""A group of settings and a setting, as the portal of desktops names them."""

STILL: dict[Key, Callable[[object], bool]] = {
    ("org.freedesktop.appearance", "reduced-motion"): lambda value: value == 1,
    ("org.gnome.desktop.interface", "enable-animations"): lambda value: value is False,
    ("org.kde.kdeglobals.KDE", "AnimationDurationFactor"): lambda value: str(value) in ("0", "0.0"),
}
"""Where desktops keep it, and which value says that nothing should move."""

CLIENT_AREA_ANIMATION = 0x1042
"""SPI_GETCLIENTAREAANIMATION of Windows: "Show animations in Windows"."""

FOLLOW = SLOT("_follow(QString,QString,QDBusVariant)")


class Motion(QObject):
    """Things may move unless the system says that they should not; where it says nothing, they may."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._still: set[Key] = set()

    @property
    def wanted(self) -> bool:
        """Whether things may move."""
        return not self._still and not _is_still_here()

    def begin(self, bus: "QDBusConnection | None" = None) -> None:
        """Ask the desktop and follow it, over the session's bus unless another is given."""
        if sys.platform != "linux":
            return
        from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher

        bus = bus or QDBusConnection.sessionBus()
        if not bus.isConnected():
            return
        bus.connect(SERVICE, OBJECT, INTERFACE, "SettingChanged", self, FOLLOW)  # type: ignore[call-overload]  # it takes what SLOT returns
        for key in STILL:
            message = QDBusMessage.createMethodCall(SERVICE, OBJECT, INTERFACE, "Read")
            message.setArguments(list(key))
            watcher = QDBusPendingCallWatcher(bus.asyncCall(message), self)
            watcher.finished.connect(self._taker(key))

    def _taker(self, key: Key) -> "Callable[[QDBusPendingCallWatcher], None]":
        def take(call: "QDBusPendingCallWatcher") -> None:
            if not call.isError():
                (value,) = call.reply().arguments()
                self._note(key, value)
            call.deleteLater()

        return take

    @Slot(str, str, "QDBusVariant")
    def _follow(self, group: str, name: str, value: object) -> None:
        if (group, name) in STILL:
            self._note((group, name), value)

    def _note(self, key: Key, value: object) -> None:
        from PySide6.QtDBus import QDBusVariant

        # "Read" wraps what it answers in two variants, a signal in one.
        while isinstance(value, QDBusVariant):
            value = value.variant()
        if STILL[key](value):
            self._still.add(key)
        else:
            self._still.discard(key)


def _is_still_here() -> bool:
    """Return what Windows or macOS says, which costs no time; False elsewhere."""
    if sys.platform == "win32":
        moving = ctypes.c_int(1)
        ctypes.windll.user32.SystemParametersInfoW(CLIENT_AREA_ANIMATION, 0, ctypes.byref(moving), 0)
        return not moving.value
    if sys.platform == "darwin":
        return bool(QSettings("apple.com", "universalaccess").value("reduceMotion", type=bool))
    return False
