"""What Lightroom, digiKam, Picasa's successors, Apple, IPTC's editors and others wrote, against exiftool's reading."""

import json
from pathlib import Path
from typing import Any

import pytest

from engine.geometry import Box
from engine.metadata.embedded import embedded_in
from engine.metadata.frames import upright_box
from engine.metadata.mentions import Said
from engine.metadata.nobody import is_nobody
from engine.metadata.packet import said_in


@pytest.fixture(scope="module")
def truth(shared_data: Path) -> list[tuple[Path, dict[str, Any]]]:
    folder = shared_data / "metadata"
    read = json.loads((folder / "exiftool_truth.json").read_text(encoding="utf-8"))
    return [(folder / one["SourceFile"], one) for one in read]


def said_of(path: Path) -> tuple[list[Said], int]:
    if path.suffix == ".xmp":
        return [said_in(path.read_bytes())], 1
    found = embedded_in(path)
    return [said_in(packet) for packet in found.packets], found.orientation or 1


def expected_regions(one: dict[str, Any]) -> list[tuple[str, Box]]:
    """Regions of faces with names by exiftool, of the stored pixels."""
    info = one.get("RegionInfo", {})
    regions = info.get("RegionList") or []
    found = []
    for region in regions:
        area = region.get("Area")
        name = str(region.get("Name", ""))
        if region.get("Type") != "Face" or is_nobody(name):
            continue
        x, y, width, height = (float(area[key]) for key in "XYWH")
        if width <= 1 and height <= 1:
            found.append((name, Box(x - width / 2, y - height / 2, width, height)))
    return found


def test_every_box_is_where_exiftool_sees_it(truth: list[tuple[Path, dict[str, Any]]]) -> None:
    compared = 0
    for path, one in truth:
        said, _ = said_of(path)
        boxes = [(region.name, region.box) for each in said for region in each.regions or () if region.box]
        expected = expected_regions(one)
        if "ImageRegion" in one:
            continue
        assert [name for name, _ in boxes] == [name for name, _ in expected], path.name
        for (_, box), (_, wanted) in zip(boxes, expected, strict=True):
            assert box.iou(wanted) == pytest.approx(1, abs=1e-6)
            compared += 1
    assert compared > 70


def test_every_orientation_is_what_exiftool_reads(truth: list[tuple[Path, dict[str, Any]]]) -> None:
    for path, one in truth:
        if path.suffix != ".xmp":
            assert said_of(path)[1] == (one.get("Orientation") or 1), path.name


def test_persons_shown_are_those_that_exiftool_reads(truth: list[tuple[Path, dict[str, Any]]]) -> None:
    for path, one in truth:
        said, _ = said_of(path)
        names = {name for each in said for name in each.names}
        assert set(one.get("PersonInImage", [])) <= names, path.name


def test_iptcs_rectangles_are_where_exiftool_sees_them(truth: list[tuple[Path, dict[str, Any]]]) -> None:
    for path, one in truth:
        regions = {region.name: region.box for each in said_of(path)[0] for region in each.regions or ()}
        for region in one.get("ImageRegion", []):
            boundary = region["RegionBoundary"]
            if boundary.get("RbShape") == "rectangle":
                box = regions[region["PersonInImage"][0]]
                wanted = Box(*(float(boundary[f"Rb{key}"]) for key in "XYWH"))
                assert box is not None
                assert box.iou(wanted) == pytest.approx(1)


def test_lightrooms_nine_files_show_one_face_in_one_place(shared_data: Path) -> None:
    folder = shared_data / "metadata/bpatrik+pigallery2/test/backend/assets/orientation"
    files = sorted(folder.glob("Portrait_*.jpg"))
    assert len(files) == 9
    for path in files:
        (said,), orientation = said_of(path)
        ((name, box),) = [(region.name, region.box) for region in said.regions or ()]
        assert name == "Joe"
        assert box is not None
        upright = upright_box(box, orientation)
        assert (*upright.centre, upright.width, upright.height) == pytest.approx(
            (0.4406, 0.6421, 0.1025, 0.0738), abs=2e-4
        )
