"""The store of small pictures: what was saved comes back, what is damaged or too old goes, nothing stops the caller."""

import os
import threading
from pathlib import Path

import numpy as np
import pytest

from engine.errors import KinfolkError
from engine.geometry import Image
from engine.scan.formats import has_photo_suffix
from engine.thumb_store import KEPT_SHARE, SUFFIX, ThumbStore


def picture(value: int, side: int = 64) -> Image:
    """A smooth picture, as JPEG keeps it well."""
    ramp = np.linspace(0, 200, side).astype(np.uint8)
    return np.ascontiguousarray(
        np.dstack([np.tile(ramp, (side, 1)), np.tile(ramp[:, None], side), np.full((side, side), value)]).astype(
            np.uint8
        )
    )


def files(store: ThumbStore) -> list[Path]:
    return [path for path in store.folder.rglob("*") if path.is_file()]


@pytest.fixture
def store(tmp_path: Path) -> ThumbStore:
    return ThumbStore(tmp_path / "data" / "thumbs")


def test_what_was_saved_comes_back(store: ThumbStore) -> None:
    image = picture(90)
    assert store.load("ab12-1") is None
    store.save("ab12-1", image)
    loaded = store.load("ab12-1")
    assert loaded is not None
    assert (loaded.shape, loaded.dtype) == (image.shape, np.uint8)
    assert np.abs(loaded.astype(int) - image).mean() < 3
    (path,) = files(store)
    assert path.relative_to(store.folder).parts[0] == "ab"
    assert not has_photo_suffix(path.name)


def test_colours_are_not_exchanged(store: ThumbStore) -> None:
    red = np.zeros((32, 32, 3), np.uint8)
    red[..., 0] = 200
    store.save("red-1", red)
    loaded = store.load("red-1")
    assert loaded is not None
    assert loaded[..., 0].mean() > 190
    assert loaded[..., 2].mean() < 10


@pytest.mark.parametrize("damage", ["cut", "flipped", "empty", "foreign"])
def test_a_damaged_file_is_absent_and_goes(store: ThumbStore, damage: str) -> None:
    store.save("cc-1", picture(1))
    (path,) = files(store)
    data = bytearray(path.read_bytes())
    if damage == "flipped":
        data[len(data) // 2] ^= 1
    path.write_bytes({"cut": data[:-20], "flipped": data, "empty": b"", "foreign": b"not a picture at all"}[damage])
    assert store.load("cc-1") is None
    assert files(store) == []


def test_what_was_used_last_stays(tmp_path: Path) -> None:
    store = ThumbStore(tmp_path / "thumbs")
    for number in range(20):
        store.save(f"{number:02d}-1", picture(number))
    for number in range(20):
        (path,) = (store.folder / f"{number:02d}").iterdir()
        os.utime(path, (1_000_000 + number, 1_000_000 + number))
    store.load("00-1")
    size = sum(path.stat().st_size for path in files(store))
    limited = ThumbStore(store.folder, limit_bytes=size // 2)
    limited.prune()
    left = files(store)
    assert sum(path.stat().st_size for path in left) <= size // 2 * KEPT_SHARE
    names = sorted(path.parent.name for path in left)
    assert names == ["00", *(f"{number:02d}" for number in range(21 - len(left), 20))]
    before = len(left)
    limited.prune()
    assert len(files(store)) == before


def test_it_prunes_itself(tmp_path: Path) -> None:
    store = ThumbStore(tmp_path / "thumbs", limit_bytes=20_000)
    for number in range(200):
        store.save(f"{number:03d}-1", picture(number % 200))
    assert sum(path.stat().st_size for path in files(store)) < 25_000


def test_a_folder_that_cannot_be_made_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "thumbs").write_text("a file, where the folder should be")
    store = ThumbStore(tmp_path / "thumbs")
    store.save("ab-1", picture(1))
    assert store.load("ab-1") is None
    assert store.latest("ab") is None
    store.prune()
    assert (tmp_path / "thumbs").read_text().startswith("a file")


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_is_no_error(store: ThumbStore) -> None:
    store.save("ab-1", picture(1))
    (store.folder / "ab").chmod(0o500)
    try:
        store.save("ab-2", picture(2))
        assert store.load("ab-2") is None
        assert store.load("ab-1") is not None
        with pytest.raises(KinfolkError, match="cannot all be removed"):
            store.clear()
    finally:
        (store.folder / "ab").chmod(0o700)


def test_a_picture_begun_before_everything_was_removed_is_not_kept(store: ThumbStore) -> None:
    before = store.cleared
    store.clear()
    store.save("ab-1", picture(1), before)
    assert store.load("ab-1") is None
    store.save("ab-2", picture(2), store.cleared)
    assert store.load("ab-2") is not None


def test_the_latest_of_a_place_is_found_without_its_version(store: ThumbStore) -> None:
    store.save("aaaa-1", picture(10))
    store.save("aaaa-2", picture(180))
    os.utime(store.folder / "aa" / f"aaaa-1{SUFFIX}", (1, 1))
    store.save("aabb-3", picture(90))
    latest = store.latest("aaaa")
    assert latest is not None
    assert abs(int(latest[..., 2].mean()) - 180) < 5
    assert store.latest("aacc") is None


def test_clear_leaves_nothing(store: ThumbStore) -> None:
    store.clear()
    for number in range(4):
        store.save(f"{number}{number}-1", picture(number))
    store.clear()
    assert not store.folder.exists()
    store.save("ab-1", picture(1))
    assert store.load("ab-1") is not None


def test_two_threads_write_and_read_the_same_pictures(store: ThumbStore) -> None:
    pictures = [picture(10 * number) for number in range(10)]
    wrong: list[int] = []

    def work() -> None:
        for round_ in range(200):
            number = round_ % 10
            store.save(f"{number}{number}-1", pictures[number])
            loaded = store.load(f"{number}{number}-1")
            if loaded is None or abs(int(loaded[..., 2].mean()) - 10 * number) > 5:
                wrong.append(number)

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert len(files(store)) == 10
