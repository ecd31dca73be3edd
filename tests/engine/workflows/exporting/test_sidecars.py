"""Names beside photos: out of one library, into another, through real scans with the real models."""

import os
from itertools import cycle
from pathlib import Path

import pytest
from PIL import Image

from engine.errors import KinfolkError
from engine.library import edits
from engine.library.library import Library
from engine.library.mark import mark_of
from engine.library.queries import FaceRow, face_rows, people_names, people_rows
from engine.library.states import Source
from engine.metadata.frames import stored_box
from engine.metadata.writing.names import Wanted
from engine.paths import Places
from engine.progress import finish
from engine.settings import Settings
from engine.workflows.exporting.naming import Exported, Selection
from engine.workflows.exporting.sidecars import export_sidecars
from engine.workflows.scan.full_scan import full_scan
from tests import exiftool
from tests.packets import listed, mwg, packet, with_packet
from tests.portraits import portrait, write_photos
from tests.turned import ORIENTATIONS, stored

pytestmark = pytest.mark.usefixtures("with_models")


@pytest.fixture
def photos(library: Library, places: Places, tmp_path: Path) -> list[Path]:
    """Three scanned photos of one person, who is named Grace."""
    paths = write_photos(tmp_path / "photos", "hopper", 3)
    scan(library, places, tmp_path / "photos")
    (person,) = people_rows(library)
    edits.name_person(library, person.person, "Grace")
    return paths


def scan(library: Library, places: Places, folder: Path) -> None:
    finish(full_scan(library, places, Settings(), [folder]))


def export(library: Library, selection: Selection = Selection(), wanted: Wanted = Wanted()) -> Exported:  # noqa: B008 frozen
    return finish(export_sidecars(library, selection, wanted))


def figures(exported: Exported) -> tuple[int, int, int]:
    return exported.photos, exported.written, exported.unchanged


def beside(photo: Path) -> Path:
    return photo.with_name(f"{photo.name}.xmp")


def confirmed(library: Library) -> dict[str, FaceRow]:
    return {row.photo.name: row for row in face_rows(library) if row.source in (Source.USER, Source.METADATA)}


def write_pairs(folder: Path) -> list[Path]:
    """Write photos of two people side by side, of all eight orientations, not square."""
    folder.mkdir()
    paths = []
    for orientation, people in zip(ORIENTATIONS, cycle([("hopper", "collins"), ("collins", "hopper")])):
        picture = Image.new("RGB", (640, 360), "grey")
        for place, person in enumerate(people):
            picture.paste(Image.fromarray(portrait(person, 280 - 30 * place)), (20 + 320 * place, 60))
        exif = Image.Exif()
        exif[0x0112] = orientation
        paths.append(folder / f"turned {orientation}.jpg")
        stored(picture, orientation).save(paths[-1], exif=exif, quality=95)
    return paths


def test_names_travel_to_a_fresh_library(library: Library, places: Places, tmp_path: Path) -> None:
    paths = write_pairs(tmp_path / "photos")
    scan(library, places, tmp_path / "photos")
    people = [row for row in people_rows(library) if row.faces == len(paths)]
    for row, name in zip(people, ("Grace", "Michael"), strict=True):
        edits.name_person(library, row.person, name)
    before = {(row.photo.name, row.name): row.box for row in face_rows(library)}
    assert len(before) == 2 * len(paths)
    assert figures(export(library)) == (8, 8, 0)
    assert figures(export(library)) == (8, 0, 8)
    (tmp_path / "fresh").mkdir()
    fresh = Places(tmp_path / "fresh")
    with Library(fresh.library) as other:
        scan(other, fresh, tmp_path / "photos")
        after = {(row.photo.name, row.name): row for row in face_rows(other)}
    assert set(after) == set(before)
    assert all(row.source is Source.METADATA for row in after.values())
    assert min(after[key].box.iou(box) for key, box in before.items()) > 0.98
    for orientation, path in zip(ORIENTATIONS, paths, strict=True):
        said = exiftool.regions(beside(path))
        assert len(said) == 2
        for name, box in said:
            assert box.iou(stored_box(before[path.name, name], orientation)) > 0.98


def test_our_own_words_are_no_evidence(library: Library, places: Places, photos: list[Path]) -> None:
    export(library, wanted=Wanted(microsoft=True, keywords=True))
    (person,) = people_rows(library)
    face = confirmed(library)[photos[0].name].face
    edits.reject_faces(library, person.person, [face])
    scan(library, places, photos[0].parent)
    assert photos[0].name not in confirmed(library)
    with library.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM mentions").scalar_one() == 0


def test_renamed_and_removed_people_are_updated(library: Library, photos: list[Path]) -> None:
    export(library)
    (person,) = people_rows(library)
    edits.name_person(library, person.person, "Admiral Grace")
    edits.reject_faces(library, person.person, [confirmed(library)[photos[0].name].face])
    assert figures(export(library)) == (3, 3, 0)
    assert "XMP-mwg-rs:RegionInfo" not in exiftool.tags(beside(photos[0]))
    assert [name for name, _ in exiftool.regions(beside(photos[1]))] == ["Admiral Grace"]
    assert b"Grace" not in beside(photos[0]).read_bytes()
    assert figures(export(library)) == (2, 0, 2), "where nothing of ours is left nothing is to be done"


def test_names_that_were_read_stay_evidence(library: Library, places: Places, tmp_path: Path) -> None:
    (path,) = write_photos(tmp_path / "photos", "hopper", 1)
    scan(library, places, path.parent)
    (row,) = face_rows(library)
    with_packet(path, packet(mwg(("Grace", row.box)), listed("Iptc4xmpExt:PersonInImage", ["Grace"])))
    scan(library, places, path.parent)
    export(library)
    scan(library, places, path.parent)
    assert confirmed(library)[path.name].source is Source.METADATA
    (person,) = people_rows(library)
    edits.name_person(library, person.person, "Admiral")
    export(library)
    scan(library, places, path.parent)
    assert [row.name for row in confirmed(library).values()] == ["Admiral"]


def test_only_confirmed_faces_of_whom_is_asked_for(library: Library, places: Places, photos: list[Path]) -> None:
    (person,) = people_rows(library)
    write_photos(photos[0].parent / "more", "collins", 3)
    *copies, suggested = write_photos(photos[0].parent / "again", "hopper", 4)
    for copy in copies[1:]:
        copy.unlink()
    scan(library, places, photos[0].parent)
    assert people_rows(library, [person.person])[0].suggested == 1
    unnamed = next(row.person for row in people_rows(library) if row.name is None)
    edits.name_person(library, unnamed, "Michael")
    assert figures(export(library, Selection(frozenset([person.person])))) == (4, 4, 0)
    assert figures(export(library, Selection(folders=(photos[0].parent / "more",)))) == (3, 3, 0)
    assert not beside(suggested).exists()
    assert beside(copies[0]).exists(), "what is said of a face is said of it in every copy"
    with pytest.raises(KinfolkError, match="No scanned photo"):
        export(library, Selection(folders=(places.data,)))


def test_the_sidecar_that_is_there_is_written_into(library: Library, photos: list[Path]) -> None:
    stem = photos[0].with_suffix(".xmp")
    stem.write_bytes(packet(listed("dc:subject", ["sea"])))
    stem.chmod(0o640)
    shared = photos[1].with_suffix(".xmp")
    shared.write_bytes(packet(listed("dc:subject", ["raw"])))
    photos[1].with_suffix(".cr2").write_bytes(b"raw")
    before = shared.read_bytes()
    assert figures(export(library)) == (3, 3, 0)
    assert b"Grace" in stem.read_bytes()
    assert stem.stat().st_mode & 0o777 == 0o640
    assert not beside(photos[0]).exists()
    assert shared.read_bytes() == before, "it is the RAW file's"
    assert b"Grace" in beside(photos[1]).read_bytes()
    assert not list(photos[0].parent.glob(".*")), "no part is left"


def test_hostile_sidecars_are_left_as_they_are(library: Library, photos: list[Path], tmp_path: Path) -> None:
    beside(photos[0]).write_bytes(b"<x:xmpmeta broken")
    elsewhere = tmp_path / "elsewhere.xmp"
    elsewhere.write_bytes(packet())
    beside(photos[1]).symlink_to(elsewhere)
    with beside(photos[2]).open("wb") as file:
        file.truncate(17_000_000)
    exported = export(library)
    assert figures(exported) == (3, 0, 0)
    assert [
        any(word in str(problem) for problem in exported.problems) for word in ("cannot be read", "a link", "large")
    ]
    assert len({str(problem) for problem in exported.problems}) == 3
    assert beside(photos[0]).read_bytes() == b"<x:xmpmeta broken"
    assert elsewhere.read_bytes() == packet()


@pytest.mark.usefixtures("permissions_count")
def test_a_folder_that_cannot_be_written(library: Library, photos: list[Path]) -> None:
    mark_of(library)
    folder = photos[0].parent
    folder.chmod(0o500)
    try:
        exported = export(library)
    finally:
        folder.chmod(0o700)
    assert figures(exported) == (3, 0, 0)
    assert "cannot be written" in exported.problems[0].message


def test_photos_that_are_away_or_changed(library: Library, photos: list[Path]) -> None:
    os.utime(photos[0], (1, 1))
    photos[1].unlink()
    exported = export(library)
    assert figures(exported) == (3, 1, 0)
    assert "has changed" in exported.problems[0].message
    photos[0].parent.rename(photos[0].parent.with_name("away"))
    exported = export(library)
    assert figures(exported) == (3, 0, 0)
    assert len(exported.problems) == 1


def test_breaking_off_leaves_whole_files(library: Library, photos: list[Path]) -> None:
    steps = export_sidecars(library, Selection(), Wanted())
    next(steps)
    next(steps)
    steps.close()
    assert [beside(photo).exists() for photo in photos] == [True, False, False]
    assert figures(export(library)) == (3, 2, 1)
    assert list(people_names(library).values()) == ["Grace"]
