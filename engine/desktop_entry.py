"""An entry in the applications' menu of a Linux desktop, for the user who asks for it.

Installers of Python applications (uv, pipx, pip in an environment) lay what a wheel has below `share` into the
application's own folder, where no desktop looks; and a program that was unpacked was never installed at all.
"""

import os
import re
import sys
import sysconfig
from collections.abc import Sequence
from importlib import resources
from pathlib import Path

from engine.errors import KinfolkError
from engine.own_process import is_built
from engine.words import sentence

NAME = "kinfolk"
"""The name of the entry and of the icon. Windows tell it to the desktop, which finds the entry by it."""

ENTRY = Path("applications") / f"{NAME}.desktop"
ICON = Path("icons/hicolor/scalable/apps") / f"{NAME}.svg"
"""Where they lie below a folder of data (freedesktop.org's Desktop Menu and Icon Theme specifications)."""

_QUOTED = re.compile(r'(["`$\\])')


def data_home() -> Path:
    """Return the folder of this user's data (freedesktop.org's Base Directory Specification)."""
    named = Path(os.environ.get("XDG_DATA_HOME", ""))
    return named if named.is_absolute() else Path.home() / ".local" / "share"


def own_program() -> Path:
    """Return the program that opens Kinfolk as it is installed here. Raises KinfolkError where there is none."""
    program = Path(sys.executable) if is_built() else Path(sysconfig.get_path("scripts")) / NAME
    if not program.is_file():
        message = sentence("There is no program {program} that an entry could open.", program=program)
        raise KinfolkError(message, sentence("Install Kinfolk: pip install, uv tool install or pipx install."))
    return program


def is_lacking() -> bool:
    """Say whether this is a Linux desktop without an entry, and there is a program that one could open."""
    if sys.platform in ("win32", "darwin"):
        return False
    shared = os.environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
    homes = [data_home(), *(Path(folder) for folder in shared.split(":") if folder)]
    if any((home / ENTRY).exists() for home in homes):
        return False
    try:
        own_program()
    except KinfolkError:
        return False
    return True


def install(home: Path, command: Sequence[str | os.PathLike[str]]) -> Path:
    """Write the entry, which opens `command`, and its icon below a folder of data; return the entry. Raises OSError."""
    shipped = resources.files("resources") / "desktop"
    words = [os.fspath(word) for word in command]
    entry = (shipped / f"{NAME}.desktop").read_text(encoding="utf-8")
    entry = re.sub(r"(?m)^Exec=.*$", lambda _: f"Exec={exec_line(words)}", entry)
    entry = re.sub(r"(?m)^TryExec=.*$", lambda _: f"TryExec={_string(words[0])}", entry)
    for place, content in ((ICON, (shipped / f"{NAME}.svg").read_bytes()), (ENTRY, entry.encode())):
        (home / place).parent.mkdir(parents=True, exist_ok=True)
        (home / place).write_bytes(content)
    _tell_of_icons(home)
    return home / ENTRY


def remove(home: Path) -> list[Path]:
    """Delete the entry and its icon, and return those that were there. Raises OSError."""
    there = [home / place for place in (ENTRY, ICON) if (home / place).exists()]
    for path in there:
        path.unlink()
    if there:
        _tell_of_icons(home)
    return there


def exec_line(words: Sequence[str]) -> str:
    """Return a command as the key Exec has it (Desktop Entry Specification): quoted, and no `%` for a field."""
    return " ".join(_string('"' + _QUOTED.sub(r"\\\1", word.replace("%", "%%")) + '"') for word in words)


def _string(text: str) -> str:
    """Return a value of the type string."""
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t")


def _tell_of_icons(home: Path) -> None:
    """Renew the date of the theme's folder, by which desktops know that icons have changed."""
    theme = home / ICON.parents[2]
    if theme.is_dir():
        os.utime(theme)
