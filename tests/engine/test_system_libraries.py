"""Everything of the system that is missing is named at once, with one line that brings it."""

import os
import re
import subprocess
import sys
from pathlib import Path

import cv2
import PySide6
import pytest

from engine.library.library import Library
from engine.library.queries.photos import photo_rows
from engine.library.states import PhotoState
from engine.system_libraries import (
    LIBRARIES,
    Need,
    SystemLibrary,
    absent,
    missing_for,
    missing_library,
    needs_of_window,
    package_manager,
    platforms,
)
from resources.packaging.elf import needed
from tests.portraits import write_photos

linux = pytest.mark.skipif(sys.platform != "linux", reason="other systems bring these libraries")

QT = Path(PySide6.__file__).parent / "Qt"
LOADED = {
    Need.PHOTOS: sorted(Path(cv2.__file__).parent.glob("cv2*.so")),
    Need.WINDOW: [QT / f"lib/libQt6{name}.so.6" for name in ("Core", "Gui", "Widgets", "DBus", "Network")],
    Need.X11: [QT / "plugins/platforms/libqxcb.so"],
    Need.WAYLAND: [QT / "plugins/platforms/libqwayland.so", QT / "plugins/wayland-shell-integration/libxdg-shell.so"],
}
"""The files that are loaded for each need, where this version of Qt has them."""

EVERYWHERE = re.compile(r"(libc|libm|libdl|librt|libpthread|libresolv|libgcc_s|libstdc\+\+|ld-linux\S*)\.so")
"""What every Linux has that runs Python packages of other languages."""


ODD = (
    SystemLibrary("libodd.so.7", Need.PHOTOS, "libodd7", "odd"),
    SystemLibrary("libeven.so.8", Need.PHOTOS, "libeven8", "even"),
    SystemLibrary("libwide.so.9", Need.X11, "libwide9", "wide"),
)
"""Libraries that nobody has."""


def of_the_system(path: Path, brought: dict[str, Path], seen: set[Path]) -> set[str]:
    """Return the names of the system's libraries that a file needs, itself or by files that the packages bring."""
    if path in seen:
        return set()
    seen.add(path)
    names = needed(path)
    ours = set().union(*(of_the_system(brought[name], brought, seen) for name in names if name in brought))
    return ours | {name for name in names if name not in brought and not EVERYWHERE.match(name)}


@linux
@pytest.mark.parametrize("need", Need)
def test_no_library_is_forgotten(need: Need) -> None:
    packages = Path(cv2.__file__).parents[1]
    folders = [QT / "lib", packages / "opencv_python.libs", packages / "PySide6"]
    brought = {file.name: file for folder in folders if folder.is_dir() for file in folder.iterdir()}
    files = [file for file in LOADED[need] if file.exists()]
    assert files
    wanted = set().union(*(of_the_system(file, brought, set()) for file in files))
    listed = {Need.PHOTOS: (Need.PHOTOS,), Need.X11: needs_of_window("xcb"), Need.WAYLAND: needs_of_window("wayland")}
    known = {library.file for library in LIBRARIES if library.need in listed.get(need, needs_of_window("offscreen"))}
    assert wanted <= known


@linux
def test_nothing_is_missing_here() -> None:
    assert absent([Need.PHOTOS, Need.WINDOW]) == []
    assert missing_for(Need.PHOTOS, Need.WINDOW) is None


def test_all_that_is_missing_is_named_with_one_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("engine.system_libraries.LIBRARIES", ODD)
    on_path(monkeypatch, tmp_path, "apt-get")
    spoken = missing_for(Need.PHOTOS)
    assert spoken is not None
    assert spoken.message == "Reading photos needs libraries of the system that are missing: libodd.so.7, libeven.so.8."
    sudo = "" if os.geteuid() == 0 else "sudo "
    assert spoken.hint == (
        f"Install them: {sudo}apt-get update && {sudo}apt-get install -y --no-install-recommends libodd7 libeven8"
    )


def on_path(monkeypatch: pytest.MonkeyPatch, folder: Path, program: str) -> None:
    """Let this be the only program there is."""
    (folder / program).write_text("#!/bin/sh\n")
    (folder / program).chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))


@pytest.mark.parametrize(
    ("program", "line"),
    [
        ("apt-get", "apt-get install -y --no-install-recommends libgl1 libglib2.0-0"),
        ("dnf", "dnf install -y 'libGL.so.1()(64bit)' 'libglib-2.0.so.0()(64bit)' 'libgthread-2.0.so.0()(64bit)'"),
        ("zypper", "install 'libGL.so.1()(64bit)' 'libglib-2.0.so.0()(64bit)' 'libgthread-2.0.so.0()(64bit)'"),
        ("pacman", "pacman -S --needed --noconfirm libglvnd glib2"),
    ],
)
def test_each_package_manager_has_its_names(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, program: str, line: str
) -> None:
    on_path(monkeypatch, tmp_path, program)
    manager = package_manager()
    assert manager is not None
    assert manager.line(manager.names(LIBRARIES[:3])).endswith(line)


def test_where_no_package_manager_is_known_the_libraries_are_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    spoken = missing_library(ImportError("libGL.so.1: cannot open shared object file: No such file or directory"))
    assert spoken is not None
    assert spoken.message == "Reading photos needs a library of the system that is missing: libGL.so.1."
    assert spoken.hint == "Install what brings it."


def test_an_unknown_library_is_named() -> None:
    spoken = missing_library(ImportError("libodd.so.7: cannot open shared object file: No such file"))
    assert spoken is not None
    assert "libodd.so.7" in spoken.message


def test_other_failures_are_left_alone() -> None:
    assert missing_library(ImportError("No module named 'frobnicate'")) is None


def test_what_fails_tells_for_what(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    where = str(Path(PySide6.__file__).parent / "QtGui.abi3.so")
    error = ImportError("libEGL.so.1: cannot open shared object file: No such file", name="QtGui", path=where)
    assert str(missing_library(error)).startswith("A window on X11 needs a library of the system")


@pytest.mark.parametrize(
    ("asked", "wayland", "tried"),
    [
        ("", "", ["xcb"]),
        ("", "wayland-0", ["wayland", "xcb"]),
        ("offscreen:size=80x60", "wayland-0", ["offscreen"]),
        ("xcb;wayland", "", ["xcb", "wayland"]),
    ],
)
def test_platforms_are_those_that_qt_tries(
    monkeypatch: pytest.MonkeyPatch, asked: str, wayland: str, tried: list[str]
) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", asked)
    monkeypatch.setenv("WAYLAND_DISPLAY", wayland)
    assert platforms() == tried


@linux
def test_a_command_says_it_in_one_sentence(models_dir: Path, tmp_path: Path) -> None:
    """The import fails as it does where the library is missing: a module of that name stands before the real one."""
    (tmp_path / "cv2.py").write_text('raise ImportError("libGL.so.1: cannot open shared object file: No such")')
    write_photos(tmp_path / "album", "hopper", 2)
    words = ["--data-dir", str(tmp_path / "data"), "scan", str(tmp_path / "album")]
    code = f"import sys; sys.path.insert(0, {str(tmp_path)!r})\nfrom engine.cli import main\nsys.exit(main({words!r}))"
    models = os.environ | {"KINFOLK_MODELS_DIR": str(models_dir)}
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, env=models)
    assert ran.returncode == 1
    assert "libGL.so.1" in ran.stderr
    assert "Install it" in ran.stderr
    assert "Traceback" not in ran.stderr
    with Library(tmp_path / "data" / "library.sqlite") as library:
        assert {photo.state for photo in photo_rows(library)} <= {PhotoState.NEW}, "the next scan reads them"


@linux
def test_setting_up_does_nothing_where_all_is_there() -> None:
    if absent():
        pytest.skip("this machine lacks libraries for a window on a screen")
    ran = subprocess.run([sys.executable, "-m", "engine.system_setup"], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")


@linux
def test_setting_up_names_the_line_where_it_cannot_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A package manager that fails, and a library that nobody has."""
    (tmp_path / "apt-get").write_text("#!/bin/sh\nexit 100\n")
    (tmp_path / "apt-get").chmod(0o755)
    (tmp_path / "sudo").write_text('#!/bin/sh\nexec "$@"\n')
    (tmp_path / "sudo").chmod(0o755)
    code = (
        "import engine.system_libraries as known, sys\n"
        "known.LIBRARIES = (known.SystemLibrary('libodd.so.7', known.Need.WINDOW, 'libodd7', 'odd'),)\n"
        "from engine.system_setup import main\n"
        "sys.exit(main())"
    )
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin")
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ran.stdout == "Installing what Kinfolk needs of the system: libodd7\n"
    assert "Install it by hand: " in ran.stderr
    assert "apt-get install -y --no-install-recommends libodd7" in ran.stderr
    # Photos can be read without it.
    assert ran.returncode == 0


def test_the_list_stands_in_one_place() -> None:
    """Whoever sets a machine up, by the README or for CI, runs what knows it; nothing else names a package of it."""
    root = Path(__file__).parents[2]
    readme, ci = ((root / name).read_text(encoding="utf-8") for name in ("README.md", ".ci/run"))
    commands = re.findall(r"<!-- command: \w+ -->\n```sh\n(.*)\n", readme)
    assert len(commands) == 2
    assert all(command.startswith("python3 -m engine.system_setup && ") for command in commands)
    assert "<!-- command: tests -->" in ci
    assert not re.search(r"\blib(xcb|gl1|egl1|xkbcommon)", readme + ci)
