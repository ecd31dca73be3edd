"""Names in photos' files and sidecars, from the disk to people, by real scans with the real models."""

from pathlib import Path

import pytest
from PIL import Image

from engine.geometry import Box
from engine.library import edits
from engine.library.library import Library
from engine.library.queries import FaceRow, face_rows, people_names, people_rows
from engine.library.states import Source
from engine.metadata.frames import stored_box
from engine.paths import Places
from engine.progress import finish
from engine.settings import Settings
from engine.workflows.scan.full_scan import full_scan
from engine.workflows.scan.scan import ScanSummary
from tests.packets import listed, mwg, packet, with_packet
from tests.portraits import portrait, write_photos
from tests.turned import ORIENTATIONS, stored

FACE = Box(0.3, 0.25, 0.4, 0.5)
"""Where the face of a portrait is, as another program would draw it."""

EMPTY = Box(0.02, 0.02, 0.12, 0.12)

pytestmark = pytest.mark.usefixtures("with_models")


@pytest.fixture
def photos(tmp_path: Path) -> list[Path]:
    """Six photos of one person, of which nobody wrote a name yet."""
    return write_photos(tmp_path / "photos", "hopper", 6)


def scan(library: Library, places: Places, folder: Path, settings: Settings = Settings()) -> ScanSummary:  # noqa: B008 frozen
    return finish(full_scan(library, places, settings, [folder]))


def stages(library: Library, places: Places, folder: Path) -> list[str]:
    return list(dict.fromkeys(report.stage for report in full_scan(library, places, Settings(), [folder])))


def faces(library: Library, path: Path) -> list[FaceRow]:
    return [row for row in face_rows(library) if row.photo.name == path.name]


def test_one_name_in_a_file_names_the_others_of_the_group(library: Library, places: Places, photos: list[Path]) -> None:
    with_packet(photos[0], packet(mwg(("Grace Hopper", FACE))))
    scan(library, places, photos[0].parent)
    (person,) = people_rows(library)
    assert (person.name, person.faces, person.confirmed) == ("Grace Hopper", 6, 1)
    assert [row.source for row in faces(library, photos[0])] == [Source.METADATA]


def test_a_sidecar_is_read_when_it_comes_changes_and_goes(library: Library, places: Places, photos: list[Path]) -> None:
    folder, sidecar = photos[0].parent, photos[0].with_name(f"{photos[0].name}.xmp")
    scan(library, places, folder)
    assert people_names(library) == {}
    sidecar.write_bytes(packet(mwg(("Grace", FACE))))
    assert stages(library, places, folder) == ["walk", "names", "cluster"]
    assert list(people_names(library).values()) == ["Grace"]
    assert len(people_rows(library)) == 1  # the group that was there follows its face
    assert stages(library, places, folder) == ["walk", "cluster"]
    sidecar.write_bytes(packet(mwg(("Rear Admiral Grace", FACE))))
    scan(library, places, folder)
    assert list(people_names(library).values()) == ["Rear Admiral Grace"]
    sidecar.unlink()
    scan(library, places, folder)
    assert people_names(library) == {}
    (person,) = people_rows(library)
    assert (person.faces, person.confirmed) == (6, 0)


def test_adobes_sidecar_of_the_stem_counts_too(library: Library, places: Places, photos: list[Path]) -> None:
    photos[0].with_suffix(".XMP").write_bytes(packet(listed("Iptc4xmpExt:PersonInImage", ["Grace"])))
    scan(library, places, photos[0].parent)
    assert [(row.name, row.source) for row in faces(library, photos[0])] == [("Grace", Source.METADATA)]


def test_a_box_without_a_face_becomes_one(library: Library, places: Places, photos: list[Path]) -> None:
    with_packet(photos[0], packet(mwg(("Grace", FACE), ("Cat behind the curtain", EMPTY))))
    scan(library, places, photos[0].parent)
    found = {row.name: row for row in faces(library, photos[0])}
    assert set(found) == {"Grace", "Cat behind the curtain"}
    assert found["Cat behind the curtain"].box.iou(EMPTY) > 0.9
    assert stages(library, places, photos[0].parent) == ["walk", "cluster"]


@pytest.mark.parametrize("orientation", ORIENTATIONS)
def test_the_name_is_at_its_face_whichever_way_the_photo_lies(
    library: Library, places: Places, tmp_path: Path, orientation: int
) -> None:
    upright = Image.new("RGB", (600, 250), "grey")
    upright.paste(Image.fromarray(portrait("hopper")), (0, 0))
    upright.paste(Image.fromarray(portrait("collins")), (350, 0))
    exif = Image.Exif()
    exif[0x0112] = orientation
    path = tmp_path / "photos" / "two.jpg"
    path.parent.mkdir()
    stored(upright, orientation).save(path, exif=exif, quality=95)
    boxes = {"Grace": Box(75 / 600, 0.25, 100 / 600, 0.5), "Michael": Box(425 / 600, 0.25, 100 / 600, 0.5)}
    with_packet(path, packet(mwg(*((name, stored_box(box, orientation)) for name, box in boxes.items()))))
    scan(library, places, path.parent)
    named = {row.name: row.box for row in faces(library, path)}
    assert set(named) == set(boxes)
    for name, box in boxes.items():
        assert named[name].iou(box) > 0.25


def test_what_the_user_said_stays_at_the_next_scan(library: Library, places: Places, photos: list[Path]) -> None:
    folder, sidecar = photos[0].parent, photos[0].with_suffix(".xmp")
    sidecar.write_bytes(packet(mwg(("Grace", FACE))))
    scan(library, places, folder)
    ((grace, _),) = people_names(library).items()
    edits.name_person(library, grace, "Grace Hopper")
    edits.reject_faces(library, grace, [faces(library, photos[1])[0].face])
    photos[1].with_suffix(".xmp").write_bytes(packet(mwg(("Grace", FACE))))
    sidecar.write_bytes(packet(mwg(("Grace", FACE)), listed("dc:subject", ["sea"])))
    scan(library, places, folder)
    assert people_names(library) == {grace: "Grace Hopper"}
    assert faces(library, photos[1])[0].person != grace


def test_names_are_not_read_where_the_settings_say_so(library: Library, places: Places, photos: list[Path]) -> None:
    with_packet(photos[0], packet(mwg(("Grace", FACE))))
    scan(library, places, photos[0].parent, Settings(read_names=False))
    assert people_names(library) == {}
    scan(library, places, photos[0].parent)
    assert list(people_names(library).values()) == ["Grace"]


def test_of_a_folder_that_is_not_there_nothing_is_concluded(
    library: Library, places: Places, photos: list[Path]
) -> None:
    photos[0].with_suffix(".xmp").write_bytes(packet(mwg(("Grace", FACE))))
    scan(library, places, photos[0].parent)
    photos[0].parent.rename(photos[0].parent.with_name("unplugged"))
    finish(full_scan(library, places, Settings()))
    assert list(people_names(library).values()) == ["Grace"]


def test_a_name_that_two_people_have_is_told(library: Library, places: Places, photos: list[Path]) -> None:
    scan(library, places, photos[0].parent)
    one, two = (faces(library, photo)[0].face for photo in photos[:2])
    edits.split_off(library, [one], "Grace")
    edits.split_off(library, [two], "Grace")
    photos[2].with_suffix(".xmp").write_bytes(packet(mwg(("Grace", FACE))))
    summary = scan(library, places, photos[0].parent)
    assert [warning for warning in summary.warnings if "several people" in warning] == list(summary.warnings)
    assert len(summary.warnings) == 1
