"""The hands of `drive_window`: an X server of its own, and the mouse and the keys of a user in it."""

import os
import subprocess
import sys
import time
from collections.abc import Callable

SIZE = (1366, 768)

Condition = Callable[[], bool]


class screen:  # noqa: N801 used as a function
    """An X server of its own while the block runs."""

    def __enter__(self) -> None:
        read, write = os.pipe()
        size = f"{SIZE[0]}x{SIZE[1]}x24"
        self._server = subprocess.Popen(
            ["Xvfb", "-noreset", "-displayfd", str(write), "-screen", "0", size],
            pass_fds=[write],
            stderr=subprocess.DEVNULL,
        )
        os.close(write)
        with os.fdopen(read) as stream:
            os.environ["DISPLAY"] = f":{stream.readline().strip()}"

    def __exit__(self, *_: object) -> None:
        self._server.terminate()
        self._server.wait()


def after(seconds: float) -> Condition:
    """Return what becomes true so many seconds from now."""
    end = time.monotonic() + seconds
    return lambda: time.monotonic() >= end


def middle(widget: "QWidget", point: "QPoint | None" = None) -> tuple[int, int]:  # noqa: F821 imported in `drive`
    """Return a point of a widget, its middle unless told, on the screen."""
    there = widget.mapToGlobal(point or widget.rect().center())
    return there.x(), there.y()


def click(widget: "QWidget") -> None:  # noqa: F821 imported in `drive`
    """Click a widget in its middle."""
    mouse(*middle(widget), "click", "1")


def mouse(x: int, y: int, *action: str) -> None:
    """Move the pointer and do something there."""
    xdotool("mousemove", str(x), str(y), *action)


def drag(begin: tuple[int, int], end: tuple[int, int]) -> None:
    """Drag from one point to another, as a hand does: with stops on the way."""
    words = ["mousemove", *map(str, begin), "mousedown", "1"]
    for part in range(1, 11):
        at = [round(one + (other - one) * part / 10) for one, other in zip(begin, end, strict=True)]
        words += ["mousemove", *map(str, at), "sleep", "0.05"]
    # The window must see the way while it is gone: xdotool runs beside it.
    subprocess.Popen(["xdotool", *words, "sleep", "0.3", "mouseup", "1"])


def press(keys: str) -> None:
    """Press a key with its modifiers."""
    xdotool("key", "--clearmodifiers", keys)


def type_text(text: str) -> None:
    """Type letters."""
    xdotool("type", "--delay", "15", text)


def xdotool(*words: str) -> None:
    """Send events to the X server."""
    subprocess.run(["xdotool", *words], check=True)


def say(sentence: str) -> None:
    """Tell what is tried."""
    sys.stderr.write(f"{sentence}\n")
