"""The entry in the menu of applications: it names this program and its icon, and goes as it came."""

import configparser
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from engine.desktop_entry import ENTRY, ICON, exec_line, install, remove

linux = pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="other systems have no such entries")


def keys_of(entry: Path) -> configparser.SectionProxy:
    parser = configparser.RawConfigParser(delimiters="=", comment_prefixes="#", interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]  # keys are told apart by their case
    parser.read(entry, encoding="utf-8")
    return parser["Desktop Entry"]


def test_it_opens_the_program_and_names_its_icon(tmp_path: Path) -> None:
    entry = install(tmp_path, ["/opt/kinfolk/kinfolk"])
    keys = keys_of(entry)
    assert shlex.split(keys["Exec"]) == ["/opt/kinfolk/kinfolk"]
    assert keys["TryExec"] == "/opt/kinfolk/kinfolk"
    assert (tmp_path / "icons/hicolor/scalable/apps" / f"{keys['Icon']}.svg").exists()
    assert "Comment[ko]" in keys


@linux
@pytest.mark.parametrize(
    "word", ["/home/a b/kinfolk", '/home/"a"/kinfolk', "/home/100%/$HOME/`a`", "/home/back\\slash"]
)
def test_words_with_odd_characters_are_quoted(word: str) -> None:
    """Undone in the order in which a desktop reads: the value's escapes, the quotes as a shell has them, the fields."""
    line = exec_line([word, "--data-dir"]).replace("\\\\", "\\")
    told = subprocess.run(["sh", "-c", f"printf '%s\n' {line}"], capture_output=True, text=True, check=True).stdout
    assert told.replace("%%", "%") == f"{word}\n--data-dir\n"


def test_it_goes_as_it_came(tmp_path: Path) -> None:
    assert remove(tmp_path) == []
    install(tmp_path, ["/opt/kinfolk/kinfolk"])
    other = tmp_path / "applications" / "other.desktop"
    other.write_text("")
    assert remove(tmp_path) == [tmp_path / ENTRY, tmp_path / ICON]
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [other]


def test_desktops_find_it_in_order(tmp_path: Path) -> None:
    if not (validator := shutil.which("desktop-file-validate")):
        pytest.skip("desktop-file-validate (Debian: desktop-file-utils) is not here")
    entry = install(tmp_path, ['/opt/a "b" $c/kinfolk', "--data-dir", "/home/back\\slash 100%"])
    done = subprocess.run([validator, "--no-hints", str(entry)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


@linux
def test_the_command_writes_where_the_desktop_of_this_user_looks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from engine.cli import main

    program = tmp_path / "bin" / "kinfolk"
    program.parent.mkdir()
    program.touch()
    monkeypatch.setattr("sysconfig.get_path", lambda _: str(program.parent))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert main(["--data-dir", str(tmp_path / "my library"), "desktop"]) == 0
    assert shlex.split(keys_of(tmp_path / "data" / ENTRY)["Exec"]) == [
        str(program),
        "--data-dir",
        str(tmp_path / "my library"),
    ]
    assert main(["desktop", "--remove"]) == 0
    assert not (tmp_path / "data" / ENTRY).exists()
    program.unlink()
    assert main(["desktop"]) == 1
    assert "pipx install" in capsys.readouterr().err
