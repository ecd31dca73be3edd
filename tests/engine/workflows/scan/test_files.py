"""Files as people have them: touched, edited, copied, dated in the far future, on a disk that is shown elsewhere."""

import os
import shutil
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, TiffImagePlugin

from engine.library.folders import folders
from engine.library.indexing import note_copies
from engine.library.library import Library
from engine.library.queries import copies_of_photos, counts, photo_rows
from engine.library.states import PhotoState
from engine.models.catalog import Catalog
from engine.progress import finish
from engine.settings import Settings
from engine.workflows.scan.analysis import Analyser
from engine.workflows.scan.index import index
from engine.workflows.scan.indexed import IndexSummary
from engine.workflows.scan.opening_models import open_analyser
from engine.workflows.scan.roots import chosen_roots
from engine.workflows.scan.survey import Survey, survey


@pytest.fixture(scope="module")
def analyser(models_dir: Path) -> Analyser:
    return open_analyser(*Catalog(models_dir).defaults(), models_dir, Settings())


def scan(
    library: Library, folder: Path, analyser: Analyser, again: tuple[PhotoState, ...] = ()
) -> tuple[Survey, IndexSummary]:
    found = finish(survey(library, chosen_roots(library, [folder])[0], again))
    return found, finish(index(library, found.unread, analyser, 2))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows tells no time of change")
def test_an_edit_that_keeps_size_and_time_is_seen(library: Library, album: Path, analyser: Analyser) -> None:
    scan(library, album, analyser)
    photo = album / "trip 0" / "picture 0.png"
    before, data = photo.stat(), photo.read_bytes()
    photo.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    os.utime(photo, ns=(before.st_atime_ns, before.st_mtime_ns))
    found, read = scan(library, album, analyser)
    assert (found.changed, read.read, read.same) == (1, 1, 0)
    assert not scan(library, album, analyser)[0].unread


def test_a_mere_touch_is_no_edit_and_is_read_once(library: Library, album: Path, analyser: Analyser) -> None:
    scan(library, album, analyser)
    for photo in album.rglob("*.png"):
        os.utime(photo, ns=(0, photo.stat().st_mtime_ns + 3_600_000_000_000))
    found, read = scan(library, album, analyser)
    assert (found.changed, read.same) == (6, 6)
    assert not scan(library, album, analyser)[0].unread


def test_times_of_change_that_were_not_known_are_noted_without_reading(
    library: Library, album: Path, analyser: Analyser
) -> None:
    scan(library, album, analyser)
    with library.write() as transaction:
        transaction.connection.exec_driver_sql("UPDATE photos SET ctime_ns = NULL")
    assert not scan(library, album, analyser)[0].unread
    with library.read() as connection:
        known = connection.exec_driver_sql("SELECT count(ctime_ns) FROM photos").scalar()
    assert known == (0 if sys.platform == "win32" else 6)


def test_what_is_asked_for_is_read_again_changed_or_not(library: Library, album: Path, analyser: Analyser) -> None:
    scan(library, album, analyser)
    again = (PhotoState.SCANNED, PhotoState.BROKEN)
    found, read = scan(library, album / "trip 1", analyser, again)
    assert (found.unchanged, read.read, read.same) == (2, 2, 0)


TIMES = [-(2**62), -1, 0, 13_569_465_600 * 10**9, 2**63 - 1, (2**34 - 1) * 10**9]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such times")
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    time=st.sampled_from(TIMES) | st.integers(-(2**62), 2**63),
    name=st.binary(min_size=1, max_size=60).filter(lambda name: not set(name) & {0, 47} and not name.startswith(b".")),
    written=st.text(max_size=40),
    number=st.integers(0, 2**32 - 1),
)  # fmt: skip
def test_no_attribute_of_one_file_stops_the_others(
    tmp_path_factory: pytest.TempPathFactory, analyser: Analyser, time: int, name: bytes, written: str, number: int
) -> None:
    folder = tmp_path_factory.mktemp("photos")
    exif = Image.Exif()
    exif[0x0112], exif[0x0132], exif[0x010F] = number & 0xFFFF, written.encode("utf-8", "replace"), b"\xff\0"
    exif.get_ifd(0x8825).update({7: (TiffImagePlugin.IFDRational(number, 0),) * 3, 29: written})
    odd = folder / os.fsdecode(name + b".jpg")
    Image.new("RGB", (20, 20)).save(odd, exif=exif)
    Image.new("RGB", (20, 20), "red").save(folder / "zz other photo.jpg")
    try:
        os.utime(odd, ns=(0, time))
    except (OverflowError, OSError):
        os.utime(odd, ns=(0, -1))
    with Library(tmp_path_factory.mktemp("data") / "library.sqlite") as library:
        _, read = scan(library, folder, analyser)
        assert (read.read, read.problems) == (2, 0)
        assert [row.state for row in photo_rows(library)] == [PhotoState.SCANNED] * 2
        assert not scan(library, folder, analyser)[0].unread


def test_copies_and_formats_of_one_shot_are_one_picture(library: Library, tmp_path: Path, analyser: Analyser) -> None:
    heif = pytest.importorskip("pillow_heif", reason="needs the extra kinfolk[heif]")
    folder, other = tmp_path / "photos", tmp_path / "photos" / "copies"
    other.mkdir(parents=True)
    for number in range(3):
        picture = Image.effect_noise((64, 48), 50 + number).convert("RGB")
        picture.save(folder / f"IMG_{number}.jpg")
        heif.from_pillow(picture).save(folder / f"img_{number}.HEIC")
        shutil.copy(folder / f"IMG_{number}.jpg", other / f"copy of {number}.jpg")
    Image.new("RGB", (64, 48)).save(folder / "IMG_0.png")  # another picture of the same name
    heif.from_pillow(Image.new("RGB", (48, 64))).save(folder / "alone.heic")
    Image.new("RGB", (64, 48)).save(folder / "alone.jpg")  # of another shape
    scan(library, folder, analyser)
    note_copies(library)
    assert counts(library).copies == 6
    rows = {row.path.name: row for row in photo_rows(library)}
    copies = copies_of_photos(library)
    for number in range(3):
        names = {f"IMG_{number}.jpg", f"img_{number}.HEIC", f"copy of {number}.jpg"}
        for name in names:
            assert {path.name for path in copies[rows[name].id]} == names - {name}
        assert (
            rows[f"img_{number}.HEIC"].copy_of == rows[f"copy of {number}.jpg"].copy_of == rows[f"IMG_{number}.jpg"].id
        )
    assert rows["IMG_0.png"].id not in copies
    assert rows["alone.heic"].id not in copies
    for name in ("IMG_0.jpg", "img_1.HEIC"):
        (folder / name).unlink()
    scan(library, folder, analyser)
    note_copies(library)
    rows = {row.path.name: row for row in photo_rows(library)}
    assert rows["img_0.HEIC"].copy_of == rows["copy of 0.jpg"].id, "the file that is gone still tells that they are one"
    assert counts(library).copies == 4
    assert not note_copies(library)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows tells no time of change")
def test_a_disk_that_is_shown_elsewhere_is_known_again_and_a_copy_is_a_copy(
    library: Library, album: Path, analyser: Analyser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.scan.presence._DISKS_BELOW", (tmp_path / "media",))
    disk, elsewhere, copy = (tmp_path / "media" / name for name in ("disk", "disk1", "backup"))
    disk.parent.mkdir()
    album.rename(disk)
    scan(library, disk / "trip 0", analyser)
    ids = [row.id for row in photo_rows(library)]
    shutil.copytree(disk, copy)
    disk.rename(elsewhere)
    _, sentences = chosen_roots(library, [elsewhere])
    assert "is at" in sentences[0]
    assert scan(library, elsewhere, analyser)[0].new == 4
    assert [row.id for row in photo_rows(library) if "trip 0" in str(row.path)] == ids
    assert [row.path for row in folders(library)] == [elsewhere]
    elsewhere.rename(tmp_path / "away")
    _, sentences = chosen_roots(library, [copy])
    assert "looks like a copy" in sentences[0]
    assert [row.path for row in folders(library)] == [copy, elsewhere]
