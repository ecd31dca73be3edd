"""Which programs of a Linux desktop open a photo."""

import sys
from pathlib import Path

import pytest

from app.files.desktop_programs import config_folders, data_folders, programs_for

JPEG = "image/jpeg"
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has a window of its own for that")


def entry(folder: Path, name: str, *lines: str, title: str = "Editor", command: str = "sh %F") -> None:
    """Write a desktop entry for JPEG files."""
    path = folder / "applications" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    head = ("[Desktop Entry]", "Type=Application", f"Name={title}", f"Exec={command}", f"MimeType={JPEG};image/png;")
    path.write_text("\n".join([*head, *lines, ""]), encoding="utf-8")


def names(*data: Path, config: tuple[Path, ...] = (), language: str = "") -> list[str]:
    return [program.name for program in programs_for([JPEG], data, config, language)]


def test_programs_are_listed_by_name(tmp_path: Path) -> None:
    entry(tmp_path, "second.desktop", title="Zoom")
    entry(tmp_path, "first.desktop", title="Album")
    assert names(tmp_path) == ["Album", "Zoom"]
    assert programs_for(["text/plain"], [tmp_path]) == []


def test_the_users_choice_is_first_and_what_was_removed_is_gone(tmp_path: Path) -> None:
    for name in ("album", "gone", "zoom"):
        entry(tmp_path / "data", f"{name}.desktop", title=name)
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "mimeapps.list").write_text(
        f"[Default Applications]\n{JPEG}=zoom.desktop\n[Removed Associations]\n{JPEG}=gone.desktop;\n"
    )
    assert names(tmp_path / "data", config=(tmp_path / "config",)) == ["zoom", "album"]


def test_the_users_own_entry_takes_the_systems_place(tmp_path: Path) -> None:
    entry(tmp_path / "system", "same.desktop", title="Of the system")
    entry(tmp_path / "own", "same.desktop", title="My own")
    entry(tmp_path / "system", "hidden.desktop")
    entry(tmp_path / "own", "hidden.desktop", "Hidden=true")
    assert names(tmp_path / "own", tmp_path / "system") == ["My own"]


def test_names_are_in_the_users_language(tmp_path: Path) -> None:
    entry(tmp_path, "one.desktop", "Name[de]=Bildbetrachter", "Name[pt_BR]=Visualizador")
    assert names(tmp_path, language="de_AT") == ["Bildbetrachter"]
    assert names(tmp_path, language="pt_BR") == ["Visualizador"]
    assert names(tmp_path, language="fi_FI") == ["Editor"]


@pytest.mark.parametrize(
    "lines",
    [("Hidden=true",), ("Terminal=true",), ("TryExec=/nowhere/at/all",), ("Type=Link",), ("Exec=nowhere-at-all %f",)],
)
def test_what_cannot_be_started_is_left_out(tmp_path: Path, lines: tuple[str, ...]) -> None:
    entry(tmp_path, "one.desktop", *lines)
    assert names(tmp_path) == []


@pytest.mark.parametrize("content", [b"no entry at all", b"[Desktop Entry]\nExec='open\n", b"\xff\xfe\x00", b""])
def test_damaged_entries_are_passed_over(tmp_path: Path, content: bytes) -> None:
    entry(tmp_path, "good.desktop")
    (tmp_path / "applications" / "bad.desktop").write_bytes(content)
    assert names(tmp_path) == ["Editor"]


@pytest.mark.parametrize(
    ("command", "opened"),
    [
        ("sh %f", ["sh", "/a b/ö.jpg"]),
        ("sh --new %U", ["sh", "--new", "file:///a%20b/%C3%B6.jpg"]),
        ("sh", ["sh", "/a b/ö.jpg"]),
        ('sh "50 %% of it" %i %c %F', ["sh", "50 % of it", "/a b/ö.jpg"]),
    ],
)
def test_the_file_stands_where_the_command_wants_it(tmp_path: Path, command: str, opened: list[str]) -> None:
    entry(tmp_path, "one.desktop", command=command)
    (program,) = programs_for([JPEG], [tmp_path])
    assert program.opening(Path("/a b/ö.jpg")) == opened


def test_entries_lie_where_the_desktop_says() -> None:
    said = {"HOME": "/home/me", "XDG_DATA_DIRS": "/one:/two:", "XDG_CONFIG_HOME": "/mine"}
    assert data_folders(said) == [Path("/home/me/.local/share"), Path("/one"), Path("/two")]
    assert config_folders(said) == [Path("/mine"), Path("/etc/xdg")]
    assert data_folders({"HOME": "/home/me"})[1:] == [Path("/usr/local/share"), Path("/usr/share")]
