"""Who is to blame for the end of a process: nobody by chance, and a file that crashes the decoder soon."""

import subprocess
import sys
from pathlib import Path

import pytest

from engine.library import indexing
from engine.library.folders import folders
from engine.library.library import Library
from engine.library.queries import photo_rows
from engine.library.states import PhotoState
from engine.workflows.scan.deaths import DEATHS, OUT_OF_MEMORY, settle_deaths
from engine.workflows.scan.roots import chosen_roots

CRASHING = """
import ctypes, os, signal, sys
from pathlib import Path
from engine.library.library import Library
from engine.paths import Places
from engine.progress import finish
from engine.settings import Settings
from engine.workflows.scan import analysis
from engine.workflows.scan.full_scan import full_scan
data, album, how = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
read = analysis.read_file
def reading(path):
    if path.name == "guilty.png":
        ctypes.string_at(0) if how == "crash" else os.kill(os.getpid(), signal.SIGKILL)
    return read(path)
analysis.read_file = reading
with Library(data / "library.sqlite") as library:
    finish(full_scan(library, Places(data), Settings(threads=2), [album]))
"""


def scan_that_dies(data: Path, album: Path, how: str, models: Path) -> int:
    """Scan in a process of its own, whose decoder ends it where it is given the guilty file; return its exit code."""
    root = Path(__file__).resolve().parents[4]
    environment = {"KINFOLK_MODELS_DIR": str(models), "PYTHONPATH": str(root), "PATH": ""}
    command = [sys.executable, "-c", CRASHING, str(data), str(album), how]
    return subprocess.run(command, env=environment, stderr=subprocess.DEVNULL, check=False).returncode


def states(data: Path) -> dict[str, str]:
    with Library(data / "library.sqlite") as library:
        return {row.path.name: row.state for row in photo_rows(library)}


def test_a_file_that_crashes_the_decoder_is_listed_after_three_starts_and_nothing_else_is(
    album: Path, tmp_path: Path, models_dir: Path
) -> None:
    data = tmp_path / "data"
    data.mkdir()
    next(album.rglob("picture 3.png")).rename(album / "guilty.png")
    codes = [scan_that_dies(data, album, "crash", models_dir) for _ in range(3)]
    assert [code != 0 for code in codes] == [True, True, False]
    found = states(data)
    assert found.pop("guilty.png") == PhotoState.BROKEN
    assert set(found.values()) == {PhotoState.SCANNED}


def test_a_process_that_is_killed_condemns_nothing(album: Path, tmp_path: Path, models_dir: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    next(album.rglob("picture 3.png")).rename(album / "guilty.png")
    for _ in range(3):
        assert scan_that_dies(data, album, "kill", models_dir) != 0
    assert PhotoState.BROKEN not in states(data).values()


@pytest.fixture
def suspect(library: Library, album: Path) -> int:
    """A photo that was being read alone when the process ended."""
    chosen_roots(library, [album])
    return next(iter(indexing.start_photos(library, folders(library)[0].id, [("a.png", 1, 1)]).values()))


def die(library: Library, photo: int) -> None:
    indexing.start_photos(library, folders(library)[0].id, [("a.png", 1, 1)], PhotoState.SUSPECT)
    assert [one.id for one in indexing.unfinished_photos(library)] == [photo]


def test_without_a_word_of_a_crash_it_takes_several_deaths(library: Library, suspect: int, tmp_path: Path) -> None:
    vmstat = Path("/proc/vmstat")
    is_told = vmstat.exists() and "oom_kill " in vmstat.read_text(encoding="utf-8")
    enough = DEATHS if is_told else DEATHS // OUT_OF_MEMORY
    for number in range(1, enough + 1):
        die(library, suspect)
        settle_deaths(library, tmp_path)
        (left,) = indexing.unfinished_photos(library)
        assert left.state == (PhotoState.STARTED if number < enough else PhotoState.SUSPECT)


def test_where_the_system_ran_out_of_memory_a_death_weighs_more(library: Library, suspect: int, tmp_path: Path) -> None:
    for number in range(1, DEATHS // OUT_OF_MEMORY + 1):
        (tmp_path / "scan.memory").write_text("oom_kill less than now", encoding="utf-8")
        die(library, suspect)
        settle_deaths(library, tmp_path)
        (left,) = indexing.unfinished_photos(library)
        assert left.state == (PhotoState.SUSPECT if number * OUT_OF_MEMORY == DEATHS else PhotoState.STARTED)


def test_a_crash_condemns_at_once(library: Library, suspect: int, tmp_path: Path) -> None:
    die(library, suspect)
    (tmp_path / "scan.crash").write_text("Fatal Python error: Segmentation fault")
    settle_deaths(library, tmp_path)
    assert [one.state for one in indexing.unfinished_photos(library)] == [PhotoState.SUSPECT]
    assert not (tmp_path / "scan.crash").exists()


def test_deaths_are_forgotten_once_the_photo_is_read(library: Library, suspect: int, tmp_path: Path) -> None:
    die(library, suspect)
    settle_deaths(library, tmp_path)
    indexing.store_problems(library, [indexing.Problem(suspect, "read", 1, 1, b"1")])
    settle_deaths(library, tmp_path)
    assert not (tmp_path / "scan.deaths.json").exists()
