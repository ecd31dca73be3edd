"""The programs of a Linux desktop that open a kind of file, as freedesktop.org's specifications say.

"Desktop Entry Specification" 1.5 and "Association between MIME types and applications" 1.0.1. Nothing is asked over a
bus, so it is the same under every desktop.
"""

import os
import shlex
import shutil
from collections.abc import Iterator, Mapping, Sequence
from configparser import Error, RawConfigParser
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

_ENTRY = "Desktop Entry"
_OF_FILES, _OF_ADDRESSES = ("%f", "%F"), ("%u", "%U")
_ASSOCIATIONS = ("Default Applications", "Added Associations")


@dataclass(frozen=True, slots=True)
class Program:
    """A program: the id of its entry, its name in the user's language, and its command, with a place for the file."""

    entry: str
    name: str
    command: tuple[str, ...]

    def opening(self, path: Path) -> list[str]:
        """Return the command that opens a file; one that names no place for it gets it last."""
        words = [word for one in self.command for word in _filled(one, path)]
        is_placed = any(word in _OF_FILES + _OF_ADDRESSES for word in self.command)
        return words if is_placed else [*words, str(path)]


def programs_for(
    kinds: Sequence[str], data: Sequence[Path], config: Sequence[Path] = (), language: str = ""
) -> list[Program]:
    """Return the programs that open any of these kinds (MIME types, the most exact first): the user's choice first.

    `data` are the folders of `data_folders`, `config` those of `config_folders`: an earlier one overrules a later one.
    Entries that are no programs, that the user removed or whose program is not here are left out.
    """
    chosen, removed = _associations(kinds, [*config, *(folder / "applications" for folder in data)])
    found: dict[str, Program] = {}
    others: list[str] = []
    for entry, path in _entries(data):
        if entry in found or entry in others:
            continue
        others.append(entry)
        table = _read(path)
        if table is None or (entry in removed) or not (_opens(table, kinds) or entry in chosen):
            continue
        program = _program(entry, table, language)
        if program is not None:
            found[entry] = program
    first = [found[entry] for entry in chosen if entry in found]
    rest = [program for entry, program in found.items() if entry not in chosen]
    return first + sorted(rest, key=lambda program: program.name.casefold())


def data_folders(environment: Mapping[str, str]) -> list[Path]:
    """Return where entries lie, by the XDG Base Directory Specification 0.8, the user's own first."""
    home = Path(environment.get("HOME") or "/")
    own = environment.get("XDG_DATA_HOME") or str(home / ".local" / "share")
    shared = environment.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
    return [Path(folder) for folder in (own, *shared.split(":")) if folder]


def config_folders(environment: Mapping[str, str]) -> list[Path]:
    """Return where the user's choices lie, by the same."""
    home = Path(environment.get("HOME") or "/")
    own = environment.get("XDG_CONFIG_HOME") or str(home / ".config")
    return [Path(folder) for folder in (own, *(environment.get("XDG_CONFIG_DIRS") or "/etc/xdg").split(":")) if folder]


def _entries(data: Sequence[Path]) -> Iterator[tuple[str, Path]]:
    """Yield entries with their ids: the path below `applications`, with a dash for each slash."""
    for top in (folder / "applications" for folder in data):
        for folder, _, names in os.walk(top):
            for name in sorted(names):
                if name.endswith(".desktop"):
                    path = Path(folder, name)
                    yield "-".join(path.relative_to(top).parts), path


def _associations(kinds: Sequence[str], folders: Sequence[Path]) -> tuple[list[str], set[str]]:
    """Return the entries that were chosen for these kinds, and those that were removed."""
    chosen: dict[str, None] = {}
    removed: set[str] = set()
    for folder in folders:
        table = _read(folder / "mimeapps.list")
        if table is None:
            continue
        for kind in kinds:
            listed = [entry for part in _ASSOCIATIONS for entry in _listed(table, part, kind)]
            chosen |= dict.fromkeys(entry for entry in listed if entry not in removed)
            removed |= set(_listed(table, "Removed Associations", kind)) - set(chosen)
    return list(chosen), removed


def _read(path: Path) -> RawConfigParser | None:
    table = RawConfigParser(delimiters=("=",), comment_prefixes=("#",), strict=False, default_section="")
    table.optionxform = str  # type: ignore[assignment,method-assign] # keys are told apart by their case
    try:
        table.read_string(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, Error):
        return None
    return table


def _listed(table: RawConfigParser, part: str, key: str) -> list[str]:
    return [one for one in table.get(part, key, fallback="").split(";") if one]


def _opens(table: RawConfigParser, kinds: Sequence[str]) -> bool:
    return bool(set(_listed(table, _ENTRY, "MimeType")) & set(kinds))


def _program(entry: str, table: RawConfigParser, language: str) -> Program | None:
    """Return what an entry describes; None for what is no program with a window, or not here."""
    if table.get(_ENTRY, "Type", fallback="") != "Application":
        return None
    if "true" in (table.get(_ENTRY, key, fallback="") for key in ("Hidden", "Terminal")):
        return None
    tried = table.get(_ENTRY, "TryExec", fallback="")
    try:
        command = tuple(shlex.split(table.get(_ENTRY, "Exec", fallback="")))
    except ValueError:
        return None
    if not command or shutil.which(command[0]) is None or (tried and shutil.which(tried) is None):
        return None
    plain = table.get(_ENTRY, "Name", fallback=entry.removesuffix(".desktop"))
    short = language.partition("_")[0]
    names = (table.get(_ENTRY, f"Name[{one}]", fallback="") for one in (language, short) if one)
    return Program(entry, next(filter(None, names), plain), command)


def _filled(word: str, path: Path) -> list[str]:
    """Return what stands in a command in place of a word; field codes of anything but files are left out."""
    if word in _OF_FILES:
        return [str(path)]
    if word in _OF_ADDRESSES:
        return [f"file://{quote(os.fsencode(path))}"]
    if len(word) == 2 and word[0] == "%" and word != "%%":
        return []
    return [word.replace("%%", "%")]
