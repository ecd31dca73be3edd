"""Names written into packets: what stands there stays, and what we wrote is known again."""

import random
import re
import unicodedata
from pathlib import Path

import pytest

from engine.geometry import Box
from engine.metadata.frames import TURNS, stored_box, upright_box
from engine.metadata.namespaces import NAMESPACES
from engine.metadata.packet import said_in
from engine.metadata.writing.names import PhotoNames, Wanted, with_names
from engine.metadata.writing.regions import NamedBox
from engine.metadata.xmp import XmpError
from tests import exiftool
from tests.packets import listed, microsoft, mwg, packet

LEFT, RIGHT = Box(0.1, 0.2, 0.2, 0.3), Box(0.6, 0.3, 0.2, 0.3)
EVERYTHING = Wanted(microsoft=True, keywords=True)


def names(*faces: NamedBox, library: str = "ours", orientation: int | None = 1) -> PhotoNames:
    return PhotoNames(library, faces, 1200, 800, orientation)


def written(before: bytes | None, said: PhotoNames, wanted: Wanted = Wanted()) -> bytes:  # noqa: B008 frozen
    after = with_names(before, said, wanted)
    assert after is not None
    assert with_names(after, said, wanted) is None, "what is right is not written again"
    return after


def boxes(xmp: bytes, library: str = "") -> dict[str, Box | None]:
    return {region.name: region.box for region in said_in(xmp, library).regions or ()}


@pytest.mark.parametrize("orientation", sorted(TURNS))
def test_any_box_comes_back(orientation: int) -> None:
    numbers = random.Random(orientation)
    for _ in range(200):
        width, height = numbers.uniform(0.004, 0.9), numbers.uniform(0.004, 0.9)
        box = Box(numbers.uniform(0, 1 - width), numbers.uniform(0, 1 - height), width, height)
        back = upright_box(stored_box(box, orientation), orientation)
        assert back.iou(box) > 1 - 1e-9
        xmp = written(None, names(NamedBox("Ada", box), orientation=orientation), EVERYTHING)
        (region,) = said_in(xmp).upright(orientation).regions or ()
        assert region.box is not None
        assert region.box.iou(box) > 0.999


@pytest.mark.parametrize("orientation", sorted(TURNS))
def test_exiftool_reads_the_same_boxes(tmp_path: Path, orientation: int) -> None:
    faces = NamedBox('Ada <&"> Łukasz 李', LEFT), NamedBox("Grace", RIGHT)
    path = tmp_path / "photo.xmp"
    path.write_bytes(written(None, names(*faces, orientation=orientation), EVERYTHING))
    for (name, box), face in zip(exiftool.regions(path), faces, strict=True):
        assert name == face.name
        assert upright_box(box, orientation).iou(face.box) > 0.999
    found = exiftool.tags(path)
    assert found["XMP-iptcExt:PersonInImage"] == [face.name for face in faces]
    assert found["XMP-dc:Subject"] == [face.name for face in faces]
    assert found["XMP-lr:HierarchicalSubject"] == [f"People|{face.name}" for face in faces]
    size = found["XMP-mwg-rs:RegionInfo"]["AppliedToDimensions"]
    assert (size["W"], size["H"]) == ((800, 1200) if orientation > 4 else (1200, 800))
    for region, face in zip(found["XMP-MP:RegionInfoMP"]["Regions"], faces, strict=True):
        box = Box(*map(float, region["Rectangle"].split(",")))
        assert upright_box(box, orientation).iou(face.box) > 0.999


def test_everything_else_stays(tmp_path: Path) -> None:
    before = packet(
        listed("dc:subject", ["sea", "holiday"]),
        "<!-- a word -->",
        "<dc:title><rdf:Alt><rdf:li xml:lang='x-default'>Title &amp; more</rdf:li></rdf:Alt></dc:title>",
        '<own:thing xmlns:own="urn:somebody:" own:part="1"/>',
        mwg(("Joan", RIGHT), kind="Face"),
        "<tiff:Make>Camera</tiff:Make>",
    )
    after = written(before, names(NamedBox("Ada", LEFT)))
    assert b"<!-- a word -->" in after
    assert b"urn:somebody:" in after
    one, other = tmp_path / "before.xmp", tmp_path / "after.xmp"
    one.write_bytes(before)
    other.write_bytes(after)
    was, now = exiftool.tags(one), exiftool.tags(other)
    assert set(now) - set(was) == {"XMP-iptcExt:PersonInImage", "XMP-kinfolk:Wrote"}
    region = "XMP-mwg-rs:RegionInfo"
    assert {name: now[name] for name in was if name != region} == {k: v for k, v in was.items() if k != region}
    assert now[region]["AppliedToDimensions"] == was[region]["AppliedToDimensions"]
    assert now[region]["RegionList"][:-1] == was[region]["RegionList"]


def test_what_we_wrote_is_our_own_and_nobody_elses() -> None:
    before = packet(mwg(("Joan", RIGHT)), listed("dc:subject", ["sea"]))
    after = written(before, names(NamedBox("Ada", LEFT)), EVERYTHING)
    assert set(boxes(after)) == {"Joan", "Ada"}
    ours = said_in(after, "ours")
    assert [one.name for one in ours.regions or ()] == ["Joan"]
    assert (ours.names, ours.words) == ((), ("sea",))
    assert set(boxes(after, "another library")) == {"Joan", "Ada"}
    alone = written(None, names(NamedBox("Ada", LEFT)), EVERYTHING)
    assert said_in(alone, "ours").regions is None, "the photo's own regions are read then"


def test_what_another_program_changed_since_is_its_word() -> None:
    after = written(None, names(NamedBox("Ada", LEFT)))
    changed = after.replace(b"<mwg-rs:Name>Ada<", b"<mwg-rs:Name>Augusta<")
    assert set(boxes(changed, "ours")) == {"Augusta"}
    rounded = re.sub(rb'(stArea:\w="0\.\d\d\d)\d*', rb"\1", after)
    assert said_in(rounded, "ours").regions is None


def test_names_change_and_go() -> None:
    before = packet(mwg(("Joan", RIGHT)))
    first = written(before, names(NamedBox("Ada", LEFT)), EVERYTHING)
    renamed = written(first, names(NamedBox("Augusta", LEFT)), EVERYTHING)
    assert set(boxes(renamed)) == {"Joan", "Augusta"}
    assert said_in(renamed).names == ("Augusta",)
    assert said_in(renamed).words == ("Augusta",)
    assert b"Ada" not in renamed
    gone = written(renamed, names(), EVERYTHING)
    assert boxes(gone) == boxes(before)
    assert b"Augusta" not in gone
    assert b"kinfolk" not in gone
    assert said_in(written(first, names(NamedBox("Augusta", LEFT)))).words == ("Augusta",), "also without the option"


def test_others_names_at_a_face_follow_the_users_word() -> None:
    before = packet(mwg(("Ada", LEFT), ("Joan", RIGHT)), listed("Iptc4xmpExt:PersonInImage", ["Ada", "Joan"]))
    same = names(NamedBox("Ada", LEFT, said=False), NamedBox("Joan", RIGHT, said=False))
    assert with_names(before, same, Wanted()) is None, "all is there already"
    after = written(before, names(NamedBox("Augusta", LEFT), NamedBox("Joan", RIGHT)))
    assert set(boxes(after)) == {"Augusta", "Joan"}
    assert set(said_in(after).names) == {"Augusta", "Joan"}
    assert set(boxes(after, "ours")) == {"Joan"}
    read = written(before, names(NamedBox("Augusta", LEFT, said=False)))
    assert set(boxes(read, "ours")) == {"Augusta", "Joan"}, "what places the face goes on to stand there"


def test_a_camera_face_without_a_name_gets_one() -> None:
    before = packet(mwg(("", LEFT))).replace(b"</mwg-rs:Area>", b"</mwg-rs:Area><mwg-rs:Extensions/>")
    before = before.replace(b"/></rdf:Description>", b'/><mwg-rs:Extensions mwg-rs:a="1"/></rdf:Description>')
    after = written(before, names(NamedBox("Ada", LEFT)))
    assert after.count(b"mwg-rs:Area ") == 1
    assert set(boxes(after)) == {"Ada"}
    gone = written(after, names())
    assert gone.count(b"mwg-rs:Area ") == 1
    assert boxes(gone) == {}


def test_only_who_is_asked_for_is_written_but_others_are_kept_right() -> None:
    ada, joan = NamedBox("Ada", LEFT, asked=False), NamedBox("Joan", RIGHT)
    assert set(boxes(written(None, names(ada, joan)))) == {"Joan"}
    both = written(None, names(NamedBox("Ada", LEFT), joan))
    renamed = written(both, names(NamedBox("Augusta", LEFT, asked=False), joan))
    assert set(boxes(renamed)) == {"Augusta", "Joan"}


def test_microsofts_regions_are_kept_in_agreement() -> None:
    before = packet(microsoft(("Ada", LEFT)))
    after = written(before, names(NamedBox("Augusta", LEFT)))
    assert b"Ada" not in after
    assert after.count(b"Augusta") >= 2


def test_another_library_leaves_ours_alone() -> None:
    first = written(None, names(NamedBox("Ada", LEFT)))
    second = written(first, names(NamedBox("Joan", RIGHT), library="another"))
    assert set(boxes(second, "ours")) == {"Joan"}
    assert set(boxes(second, "another")) == {"Ada"}
    assert set(boxes(written(second, names()))) == {"Joan"}


@pytest.mark.parametrize(
    "form",
    [
        f'<rdf:Description xmlns:lr="{NAMESPACES["lr"]}" lr:hierarchicalSubject="Places|Sea"/>',
        f'<rdf:Description xmlns:m="{NAMESPACES["mwg-rs"]}"><m:Regions/></rdf:Description>',
        "",
    ],
)
def test_other_ways_of_writing(tmp_path: Path, form: str) -> None:
    rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    before = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="{rdf}">{form}</rdf:RDF></x:xmpmeta>'.encode()
    after = written(before, names(NamedBox("Ada", LEFT)), EVERYTHING)
    assert set(boxes(after)) == {"Ada"}
    (tmp_path / "a.xmp").write_bytes(after)
    assert [name for name, _ in exiftool.regions(tmp_path / "a.xmp")] == ["Ada"]
    keywords = exiftool.tags(tmp_path / "a.xmp")["XMP-lr:HierarchicalSubject"]
    assert keywords == [*(["Places|Sea"] if "Sea" in form else []), "People|Ada"]


def test_names_that_xml_cannot_hold() -> None:
    after = written(None, names(NamedBox("A\x07da\nLove|lace", LEFT)), EVERYTHING)
    assert said_in(after).names == ("Ada Love|lace", "Ada Love/lace")


@pytest.mark.parametrize(
    "broken", [b"", b"<x", b"<a/>", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', b"<" * 20_000_000, b"\xff\xfe"]
)
def test_what_cannot_be_read_is_refused(broken: bytes) -> None:
    with pytest.raises(XmpError):
        with_names(broken, names(NamedBox("Ada", LEFT)), Wanted())


def test_a_name_that_came_apart_is_the_same_name() -> None:
    apart = unicodedata.normalize("NFD", "김수현")
    before = packet(mwg((apart, LEFT)), listed("Iptc4xmpExt:PersonInImage", [apart]))
    assert with_names(before, names(NamedBox("김수현", LEFT, said=True)), Wanted()) is None
    assert [one.name for one in said_in(before).regions or ()] == ["김수현"]
