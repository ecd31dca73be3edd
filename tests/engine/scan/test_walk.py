"""Finding photo files, and only those, each once, whatever the tree is like."""

import os
import shutil
import socket
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.errors import KinfolkError
from engine.scan.diff import KnownFile
from engine.scan.formats import PHOTO_SUFFIXES, has_photo_suffix
from engine.scan.walk import FoundFile, WalkProblem, walk
from tests.engine.scan.comparing import compare
from tests.engine.scan.walking import left_out, paths, put

POSIX = pytest.mark.skipif(os.name != "posix", reason="needs links, pipes and permissions as POSIX has them")


def test_photos_are_found_in_a_stable_order_with_their_size_and_time(tmp_path: Path) -> None:
    put(tmp_path, "b.jpg", "a.JPG", "c/2.png", "c/d/1.heic", "a/9.tif")
    os.utime(tmp_path / "b.jpg", ns=(5, 1_234_567_890_123_456_700))
    found = list(walk(tmp_path))
    assert [item.relpath for item in found] == ["a.JPG", "b.jpg", "a/9.tif", "c/2.png", "c/d/1.heic"]
    status = (tmp_path / "b.jpg").stat()
    assert found[1] == FoundFile("b.jpg", 5, status.st_mtime_ns, None if os.name == "nt" else status.st_ctime_ns)
    assert list(walk(tmp_path)) == found


def test_only_photos_are_listed(tmp_path: Path) -> None:
    put(tmp_path, "a.jpg", "a.txt", "jpg", "a.jpg.part", "a.psd", "a.ico", "a.xmp", "a.mov", "a.ppm", ".jpg")
    put(tmp_path, "raw.CR2", "raw.jpg", "empty.jpeg")
    (tmp_path / "empty.jpeg").write_bytes(b"")
    (tmp_path / "folder.jpg").mkdir()
    assert paths(tmp_path) == ["a.jpg", "empty.jpeg", "raw.CR2", "raw.jpg"]
    assert left_out(tmp_path) == {"format": 2, "hidden": 1}


@pytest.mark.parametrize(
    "name", ["a b.jpg", "жена.jpg", "👩‍👩‍👧.jpg", "100%.jpg", "a\nb.jpg", "'\"$(x).jpg", "~.jpg", "-rf.jpg"]
)
def test_odd_names(tmp_path: Path, name: str) -> None:
    put(tmp_path, f"odd {name} folder/{name}")
    assert paths(tmp_path) == [f"odd {name} folder/{name}"]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps names that are not UTF-8")
def test_names_that_are_not_utf8_come_back_byte_for_byte(tmp_path: Path) -> None:
    folder = tmp_path / os.fsdecode(b"caf\xe9")
    put(folder, os.fsdecode(b"\xff\xfe.jpg"))
    (found,) = walk(tmp_path)
    assert isinstance(found, FoundFile)
    assert os.fsencode(found.relpath) == b"caf\xe9/\xff\xfe.jpg"
    assert (tmp_path / found.relpath).read_bytes() == b"photo"


@pytest.mark.parametrize("seconds", [-(2**33), -1e-9, 0, 2**33, 13_569_465_600, 2**34 - 1])
def test_times_that_no_clock_shows_are_kept_within_what_can_be_stored(tmp_path: Path, seconds: float) -> None:
    put(tmp_path, "a.jpg")
    os.utime(tmp_path / "a.jpg", ns=(0, round(seconds * 10**9)))
    (found,) = walk(tmp_path)
    assert isinstance(found, FoundFile)
    assert -(2**63) <= found.mtime_ns < 2**63
    assert found.mtime_ns != -1


def test_the_root_itself_is_walked_whatever_it_is_called(tmp_path: Path) -> None:
    root = tmp_path / ".hidden" / "@eaDir"
    put(root, "a.jpg", ".nomedia")
    assert paths(root) == ["a.jpg"]


def test_other_folders_of_the_library_are_not_walked_twice(tmp_path: Path) -> None:
    put(tmp_path, "a.jpg", "inner/b.jpg", "inner/deep/c.jpg")
    inner = tmp_path / "inner"
    assert paths(tmp_path, inner, tmp_path / "absent") == ["a.jpg"]
    assert paths(inner, tmp_path) == ["b.jpg", "deep/c.jpg"]
    assert paths(tmp_path, tmp_path / "inner" / ".." / "inner") == ["a.jpg"]


@POSIX
def test_a_link_to_a_folder_outside_is_followed_once(tmp_path: Path) -> None:
    put(tmp_path, "root/z.jpg", "other/a.jpg", "other/deep/b.jpg")
    for name in ("first", "second"):
        (tmp_path / "root" / name).symlink_to(tmp_path / "other")
    assert paths(tmp_path / "root") == ["z.jpg", "first/a.jpg", "first/deep/b.jpg"]
    assert paths(tmp_path / "root", tmp_path / "other") == ["z.jpg"]
    (tmp_path / "root" / "first").unlink()
    (tmp_path / "root" / "second").unlink()
    (tmp_path / "root" / "part").symlink_to(tmp_path / "other" / "deep")
    assert paths(tmp_path / "root", tmp_path / "other") == ["z.jpg"]


@POSIX
def test_links_that_lead_back_end_no_walk_and_double_no_photo(tmp_path: Path) -> None:
    root = tmp_path / "root"
    put(root, "a/1.jpg", "b/2.jpg")
    put(tmp_path, "sibling/9.jpg")
    for link, target in (("a/up", root), ("a/above", tmp_path), ("0", root / "b"), ("b/self", root / "b")):
        (root / link).symlink_to(target)
    (root / "ring").symlink_to(root / "ring2")
    (root / "ring2").symlink_to(root / "ring")
    (tmp_path / "sibling" / "back").symlink_to(root)
    (root / "out").symlink_to(tmp_path / "sibling")
    assert paths(root) == ["a/1.jpg", "b/2.jpg", "out/9.jpg"]


@POSIX
def test_links_to_files(tmp_path: Path) -> None:
    root = tmp_path / "root"
    put(root, "a/1.jpg")
    put(tmp_path, "outside/2.jpg", "outside/3.jpg", "outside/notes.txt")
    (root / "copy.jpg").symlink_to(root / "a" / "1.jpg")
    (root / "two.jpg").symlink_to(tmp_path / "outside" / "2.jpg")
    (root / "two again.jpg").symlink_to(tmp_path / "outside" / "2.jpg")
    (root / "notes.jpg").symlink_to(tmp_path / "outside")
    (root / "broken.jpg").symlink_to(tmp_path / "nowhere.jpg")
    (root / "notes.txt").symlink_to(tmp_path / "outside" / "notes.txt")
    assert paths(root) == ["a/1.jpg", "notes.jpg/2.jpg", "notes.jpg/3.jpg"]
    (root / "notes.jpg").unlink()
    assert paths(root) == ["a/1.jpg", "two again.jpg"]


@POSIX
def test_pipes_and_sockets_are_left_out(tmp_path: Path) -> None:
    put(tmp_path, "a.jpg")
    os.mkfifo(tmp_path / "pipe.jpg")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(os.path.relpath(tmp_path / "socket.jpg"))  # a path of at most 108 bytes
        assert paths(tmp_path) == ["a.jpg"]


def test_a_tree_deeper_than_pythons_stack(tmp_path: Path) -> None:
    depth = sys.getrecursionlimit() + 200
    made = [tmp_path]
    try:
        for _ in range(depth):
            made.append(made[-1] / "d")
            made[-1].mkdir()
    except OSError:
        pytest.skip("this system allows no tree as deep")
    put(made[-1], "a.jpg")
    try:
        assert paths(tmp_path) == ["d/" * depth + "a.jpg"]
    finally:
        (made[-1] / "a.jpg").unlink()
        for folder in reversed(made[1:]):  # pytest's own clean-up is recursive
            folder.rmdir()


@pytest.fixture
def closed_tree() -> Iterator[Path]:
    """A root with one folder that may not be listed and one whose files may not be looked at, seen as a plain user."""
    root = Path(tempfile.mkdtemp())
    put(root, "open/1.jpg", "closed/2.jpg", "closed/deep/3.jpg", "blind/4.jpg")
    (root / "closed").chmod(0o000)
    (root / "blind").chmod(0o444)
    administrator = os.name == "posix" and os.geteuid() == 0
    if administrator:
        root.chmod(0o755)
        os.seteuid(65534)
    yield root
    if administrator:
        os.seteuid(0)
    for name in ("closed", "blind"):
        (root / name).chmod(0o755)
    shutil.rmtree(root)


@POSIX
def test_without_permission_a_subtree_is_reported_and_nothing_in_it_is_missing(closed_tree: Path) -> None:
    found = list(walk(closed_tree))
    assert [item.relpath for item in found if isinstance(item, FoundFile)] == ["open/1.jpg"]
    problems = [item for item in found if isinstance(item, WalkProblem)]
    assert {problem.relpath for problem in problems} == {"closed", "blind/4.jpg"}
    assert all("no permission" in problem.reason for problem in problems)
    before = [
        KnownFile(number, f"{path}.jpg", 1, 1) for number, path in enumerate(["closed/deep/3", "blind/4", "gone"])
    ]
    difference = compare(before, [], unseen=[problem.relpath for problem in problems])
    assert [photo.relpath for photo in difference.missing] == ["gone.jpg"]


@POSIX
def test_a_root_without_permission_is_an_error_at_the_call(closed_tree: Path) -> None:
    with pytest.raises(KinfolkError, match="no permission"):
        walk(closed_tree / "closed")


def test_a_root_that_is_absent_or_a_file_is_an_error_at_the_call(tmp_path: Path) -> None:
    put(tmp_path, "a.jpg")
    with pytest.raises(KinfolkError, match="is not there") as absent:
        walk(tmp_path / "unplugged")
    assert "connected" in absent.value.hint
    with pytest.raises(KinfolkError, match="is not a folder"):
        walk(tmp_path / "a.jpg")


def test_what_vanishes_during_the_walk_is_no_problem(tmp_path: Path) -> None:
    put(tmp_path, "a.jpg", "b.jpg", "c/d.jpg", "e/f.jpg")
    found = []
    for item in walk(tmp_path):
        found.append(item.relpath)
        if item.relpath == "a.jpg":
            (tmp_path / "b.jpg").unlink()
            shutil.rmtree(tmp_path / "c")
    assert found == ["a.jpg", "e/f.jpg"]


@pytest.mark.parametrize("comes_back_empty", [False, True])
def test_a_root_that_vanishes_during_the_walk_leaves_everything_unseen(tmp_path: Path, comes_back_empty: bool) -> None:
    root = tmp_path / "disk"
    put(root, "a.jpg", "b/c.jpg")
    steps = walk(root)
    found = [next(steps)]
    root.rename(tmp_path / "unplugged")
    if comes_back_empty:
        root.mkdir()
    found.extend(steps)
    assert [item.relpath for item in found] == ["a.jpg", ""]
    assert isinstance(found[1], WalkProblem)
    assert compare([KnownFile(1, "b/c.jpg", 1, 1)], [], unseen=[found[1].relpath]).missing == []


def test_suffixes_are_matched_in_any_case() -> None:
    assert has_photo_suffix("IMG.JPG")
    assert has_photo_suffix("a.b.HeIc")
    assert not has_photo_suffix("jpg")
    assert not has_photo_suffix("a.jpg ")
    assert all(suffix == suffix.lower() for suffix in PHOTO_SUFFIXES)
