"""Watched folders: photos that come, change and go are told by their folder; everything else is not."""

import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

import pytest

from engine.scan import watching
from engine.scan.watching import WatchError, WatchLimitError, watch, watch_by_looking

LONG = 20.0
"""Seconds within which something must be told; nothing is asserted about how long it takes."""

MARK = "zz mark.jpg"
"""A photo that is written last: what was told before it, and what not, is known once it is told."""

Told = SimpleQueue[Sequence[Path] | KeyboardInterrupt | Exception]


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "QUIET", 0.15)
    monkeypatch.setattr(watching, "_STEP", 20)
    monkeypatch.setattr(watching, "_PATIENCE_MS", 50)
    monkeypatch.setattr(watching, "CHECK_EVERY", 0.2)
    monkeypatch.setattr(watching, "LOOK_EVERY", 0.2)
    monkeypatch.setattr(watching, "REBUILD_AFTER", 0.05)


@pytest.fixture(params=["every folder", "whole trees"])
def _strategy(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both ways to watch; inotify can do what the other systems do."""
    monkeypatch.setattr(watching, "EVERY_FOLDER", request.param == "every folder")


@pytest.fixture
def roots(tmp_path: Path) -> list[Path]:
    """Two folders with one photo each."""
    made = [tmp_path / "one", tmp_path / "two"]
    for root in made:
        (root / "trip").mkdir(parents=True)
        (root / "trip" / "first.jpg").write_bytes(b"1")
    return made


@contextmanager
def told(
    roots: Sequence[Path], ignore: Sequence[Path] = (), how: Callable[..., Iterator[Sequence[Path]]] = watch
) -> Iterator[Told]:
    """Watch in a thread; what is told, or the error, comes through a queue. Returns once the watch stands."""
    found: Told = SimpleQueue()
    stop = threading.Event()

    def run() -> None:
        try:
            for changed in how(roots, stop, ignore=ignore):
                found.put(changed)
        except WatchError as error:
            found.put(error)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        if all(root.is_dir() for root in roots):
            _await_start(roots[0], found)
        yield found
    finally:
        stop.set()
        thread.join(LONG)
        assert not thread.is_alive()


def _await_start(root: Path, found: Told) -> None:
    """Touch a photo until that is told, then wait until all of it was."""
    deadline = time.monotonic() + LONG
    while time.monotonic() < deadline:
        (root / "start.jpg").write_bytes(os.urandom(8))
        try:
            found.get(timeout=0.8)
        except Empty:
            continue
        break
    try:
        while True:
            found.get(timeout=0.5)
    except Empty:
        return


def changed(found: Told) -> set[Path]:
    result = found.get(timeout=LONG)
    assert not isinstance(result, BaseException), result
    return set(result)


@pytest.mark.usefixtures("_strategy")
def test_a_new_photo_is_told_by_its_root(roots: list[Path]) -> None:
    with told(roots) as found:
        (roots[1] / "trip" / "new.JPG").write_bytes(b"2")
        assert changed(found) == {roots[1]}
        (roots[0] / "trip" / "first.jpg").write_bytes(b"changed")
        (roots[1] / "trip" / "new.JPG").unlink()
        assert changed(found) == set(roots)


@pytest.mark.usefixtures("_strategy")
def test_folders_that_are_made_and_moved(roots: list[Path], tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "x.jpg").write_bytes(b"1")
    with told(roots) as found:
        outside.rename(roots[0] / "2009.05")
        assert changed(found) == {roots[0]}
        (roots[0] / "2009.05" / "y.png").write_bytes(b"1")
        assert changed(found) == {roots[0]}
        (roots[0] / "2009.05").rename(roots[1] / "2009.05")
        assert changed(found) == set(roots)
        (roots[1] / "2009.05").rename(tmp_path / "away")
        assert changed(found) == {roots[1]}


@pytest.mark.usefixtures("_strategy")
def test_what_is_no_photo_is_not_told(roots: list[Path]) -> None:
    one, two = roots
    data = two / "kinfolk data"
    with told(roots, ignore=[data]) as found:
        (two / "notes.txt").write_text("x")
        (two / "notes.txt").unlink()
        (two / ".hidden").mkdir()
        (two / ".hidden" / "a.jpg").write_bytes(b"1")
        (two / ".b.jpg").write_bytes(b"1")
        (two / "c.jpg.part").write_bytes(b"1")
        (two / "c.jpg.part").unlink()
        data.mkdir()
        (data / "thumbs").mkdir()
        (data / "thumbs" / "d.jpg").write_bytes(b"1")
        (one / MARK).write_bytes(b"1")
        assert changed(found) == {one}
        (two / "c.jpg").write_bytes(b"1")
        assert changed(found) == {two}


def test_many_changes_are_told_together(roots: list[Path]) -> None:
    with told(roots) as found:
        for number in range(300):
            (roots[0] / f"{number}.jpg").write_bytes(b"1")
        assert changed(found) == {roots[0]}
        (roots[1] / MARK).write_bytes(b"1")
        assert changed(found) == {roots[1]}


def test_changes_that_never_end_are_told_all_the_same(roots: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "QUIET", 1000.0)
    monkeypatch.setattr(watching, "PATIENCE", 0.2)
    with told(roots) as found:
        (roots[1] / MARK).write_bytes(b"1")
        assert changed(found) == {roots[1]}


@pytest.mark.usefixtures("_strategy")
def test_links_are_told_by_the_root_that_was_given(roots: list[Path], tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(roots[0], target_is_directory=True)
    with told([link]) as found:
        (roots[0] / MARK).write_bytes(b"1")
        assert changed(found) == {link}


def test_what_comes_in_a_new_folder_is_told(roots: list[Path]) -> None:
    with told(roots) as found:
        (roots[0] / "a" / "b" / "c").mkdir(parents=True)
        assert changed(found) == {roots[0]}
        (roots[0] / "a" / "b" / "c" / "x.jpg").write_bytes(b"1")
        assert changed(found) == {roots[0]}
        (roots[0] / "a").rename(roots[0] / "z")
        assert changed(found) == {roots[0]}
        (roots[0] / "z" / "b" / "c" / "y.jpg").write_bytes(b"1")
        assert changed(found) == {roots[0]}


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read every folder")
@pytest.mark.parametrize("how", [watch, watch_by_looking])
def test_a_folder_that_may_not_be_read_hides_no_other(roots: list[Path], how: Callable[..., Any]) -> None:
    for name in ("aaa", "lost+found", "zzz"):
        (roots[0] / name).mkdir()
    (roots[0] / "lost+found").chmod(0)
    with told(roots, how=how) as found:
        for name in ("aaa", "zzz", "trip"):
            (roots[0] / name / "x.jpg").write_bytes(b"1")
            assert changed(found) == {roots[0]}


@pytest.mark.parametrize("how", [watch, watch_by_looking])
def test_a_folder_that_is_not_there_is_a_sentence(
    roots: list[Path], tmp_path: Path, how: Callable[..., object]
) -> None:
    with pytest.raises(WatchError, match="absent is not there"):
        next(how([*roots, tmp_path / "absent"], threading.Event()))
    with pytest.raises(WatchError, match="is not there"):
        next(how([roots[0] / "trip" / "first.jpg"], threading.Event()))


@pytest.mark.usefixtures("_strategy")
@pytest.mark.parametrize("again", ["gone", "another"])
def test_a_folder_that_goes_away_is_a_sentence(roots: list[Path], again: str) -> None:
    with told(roots) as found:
        roots[1].rename(roots[1].with_name("unplugged"))
        if again == "another":
            roots[1].mkdir()
        while not isinstance(error := found.get(timeout=LONG), WatchError):
            pass
        assert "two is not there" in str(error)
        assert not isinstance(error, WatchLimitError)


def test_looking_again_and_again_finds_the_same(roots: list[Path]) -> None:
    with told(roots, how=watch_by_looking) as found:
        (roots[1] / "trip" / "new.jpg").write_bytes(b"2")
        assert changed(found) == {roots[1]}
        shutil.rmtree(roots[0] / "trip")
        assert changed(found) == {roots[0]}
