"""What goes into the program that is built whole: all that Kinfolk needs, and the licence of each."""

import re
import sys
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import PySide6
import pytest
from PIL import Image

from resources.packaging.build import EXTRAS, PROJECT
from resources.packaging.bundled import RESOURCES, WHOLE, distributions, is_wanted, project, without_system
from resources.packaging.icons import SIDES, icns, ico
from resources.packaging.notices import of_distribution, of_python, of_system


def needs() -> list[str]:
    try:
        return distributions()
    except PackageNotFoundError as error:
        pytest.skip(f"{error.name} is not installed; the README's command brings it")


def here(name: str) -> bool:
    try:
        distribution(name)
    except PackageNotFoundError:
        return False
    return True


def test_everything_that_kinfolk_needs_goes_along() -> None:
    named = {re.split(r"[^\w-]", line)[0].lower() for line in project()["dependencies"]}
    assert named <= set(needs())
    assert "torch" not in needs()
    assert f"'.[{','.join(EXTRAS)}]'" in (PROJECT / "README.md").read_text(encoding="utf-8")
    assert "pillow-heif" not in needs(), "its wheels are under the GPL"


def test_every_part_has_its_licence_with_it() -> None:
    for name in filter(here, needs()):
        notice = of_distribution(name)
        assert len(notice.text) > 500, name
        assert notice.licence, name
    assert "PYTHON SOFTWARE FOUNDATION" in of_python().text.upper()


@pytest.mark.skipif(not Path("/var/lib/dpkg/status").exists(), reason="only Debian's packages are known here")
def test_libraries_of_the_system_have_theirs() -> None:
    zlib = next(Path("/").glob("usr/lib/*/libz.so.1"), None) or next(Path("/").glob("lib/*/libz.so.1"))
    (notice,) = of_system([zlib.resolve()])
    assert notice.name == "debian-zlib1g"
    assert "Zlib" in notice.text


def test_files_of_the_project_are_there_and_every_entry_point_is_built_in() -> None:
    assert all((PROJECT / source).exists() for source, _ in RESOURCES)
    folders = {path.name for path in (PROJECT / "resources").iterdir() if path.is_dir()} - {"__pycache__"}
    assert {Path(source).name for source, _ in RESOURCES} >= folders - {"packaging", "pictures", "translating"}
    named = [place for group in project()["entry-points"].values() for place in group.values()]
    assert {place.split(".")[0] for place in named} <= set(WHOLE)


@pytest.mark.parametrize(
    ("target", "wanted"),
    [
        ("openvino/libs/libopenvino_onnx_frontend.so.2620", True),
        ("openvino/libs/libopenvino_pytorch_frontend.so.2620", False),
        ("PySide6/Qt/plugins/platforms/libqxcb.so", True),
        ("PySide6\\Qt\\translations\\qtbase_ko.qm", True),
        ("PySide6/Qt/translations/qtmultimedia_ko.qm", False),
        ("resources/translations/ko/LC_MESSAGES/kinfolk.mo", True),
        ("resources/translations/ko/LC_MESSAGES/kinfolk.po", False),
        ("resources/translations/glossary_ko.md", False),
    ],
)
def test_what_nothing_here_uses_is_left_out(target: str, wanted: bool) -> None:
    assert is_wanted(target) == wanted


def test_icons_of_other_systems_have_every_size(tmp_path: Path) -> None:
    with Image.open(ico(tmp_path)) as windows, Image.open(icns(tmp_path)) as mac:
        assert windows.info["sizes"] == {(side, side) for side in SIDES}
        assert {size[0] for size in mac.info["sizes"]} >= {16, 32, 128, 256, 512}


@pytest.mark.skipif(sys.platform != "linux", reason="PyInstaller takes no libraries of other systems")
def test_what_every_desktop_has_is_the_systems_and_nothing_is_carried_for_it() -> None:
    """By what this machine has: Qt's part for X11 needs helpers, which go along, and libX11, which does not."""
    qt = Path(PySide6.__file__).parent / "Qt" / "plugins" / "platforms" / "libqxcb.so"
    names = ("libxcb-cursor.so.0", "libxkbcommon-x11.so.0", "libxkbcommon.so.0", "libX11.so.6", "libXdmcp.so.6")
    found = {name: file for name in names if (file := next(Path("/usr/lib").glob(f"*/{name}"), None))}
    if len(found) < len(names):
        pytest.skip("this machine lacks libraries for a window on X11")
    xcb = Path(str(qt).replace("platforms/libqxcb.so", "../lib/libQt6XcbQpa.so.6"))
    entries = [(file.name, str(file), "BINARY") for file in (qt, xcb, *found.values())]
    kept = {entry[0] for entry in without_system(entries)}
    assert kept == {qt.name, xcb.name, "libxcb-cursor.so.0", "libxkbcommon-x11.so.0", "libxkbcommon.so.0"}
