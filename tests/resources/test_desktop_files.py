"""What desktops and software centres read: in order, of one version and one name."""

import configparser
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from engine.desktop_entry import NAME
from resources.packaging.build import PROJECT
from resources.packaging.bundled import IDENTIFIER, project

DESKTOP = PROJECT / "resources" / "desktop"
METAINFO = DESKTOP / "kinfolk.metainfo.xml"
LANGUAGES = ("de", "ko")


@pytest.fixture(scope="module")
def entry() -> configparser.SectionProxy:
    parser = configparser.RawConfigParser(delimiters="=")
    parser.optionxform = str  # type: ignore[assignment,method-assign]  # keys are told apart by their case
    parser.read(DESKTOP / "kinfolk.desktop", encoding="utf-8")
    return parser["Desktop Entry"]


@pytest.fixture(scope="module")
def metainfo() -> ET.Element:
    return ET.parse(METAINFO).getroot()


def test_the_entry_opens_our_command_and_names_our_icon(entry: configparser.SectionProxy) -> None:
    assert entry["Exec"] in project()["scripts"]
    assert (DESKTOP / f"{entry['Icon']}.svg").exists()
    assert entry["StartupWMClass"] == NAME


def test_the_metainfo_is_of_this_version_and_entry(metainfo: ET.Element) -> None:
    newest = metainfo.find("releases/release")
    assert newest is not None
    assert newest.get("version") == project()["version"]
    assert metainfo.findtext("launchable") == f"{NAME}.desktop"
    assert metainfo.findtext("project_license") == project()["license"]
    assert metainfo.findtext("id") == IDENTIFIER


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_speak_the_same_languages(entry: configparser.SectionProxy, metainfo: ET.Element, language: str) -> None:
    assert {f"{key}[{language}]" for key in ("GenericName", "Comment", "Keywords")} <= set(entry)
    spoken = [element.get("{http://www.w3.org/XML/1998/namespace}lang") for element in metainfo.iter()]
    assert spoken.count(language) == 3


def test_the_wheel_ships_them_where_desktops_look() -> None:
    shipped = project(tool="hatch")["build"]["targets"]["wheel"]["shared-data"]
    assert {str(Path(target).parent) for target in shipped.values()} == {
        "share/applications",
        "share/icons/hicolor/scalable/apps",
        "share/metainfo",
    }
    assert all((PROJECT / source).exists() for source in shipped)


@pytest.mark.parametrize(
    "command",
    [
        ("desktop-file-validate", str(DESKTOP / "kinfolk.desktop")),
        ("appstreamcli", "validate", "--no-net", str(METAINFO)),
    ],
)
def test_the_tools_of_freedesktop_find_nothing_wrong(command: tuple[str, ...]) -> None:
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} (Debian: desktop-file-utils, appstream) is not here")
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
