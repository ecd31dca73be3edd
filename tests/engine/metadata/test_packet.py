import pytest

from engine.geometry import Box
from engine.metadata.mentions import Said
from engine.metadata.packet import said_in
from tests.packets import listed, microsoft, mwg, packet

ADA, GRACE = ("Ada", Box(0.1, 0.2, 0.2, 0.25)), ("Grace", Box(0.5, 0.125, 0.25, 0.5))


def named(said: Said) -> list[tuple[str, Box | None]]:
    return [(region.name, region.box) for region in said.regions or ()]


def assert_same(said: Said, *expected: tuple[str, Box]) -> None:
    assert [name for name, _ in named(said)] == [name for name, _ in expected]
    for (_, box), (_, wanted) in zip(named(said), expected, strict=True):
        assert box is not None
        assert box.iou(wanted) == pytest.approx(1)


def test_boxes_of_the_metadata_working_group_are_read() -> None:
    assert_same(said_in(packet(mwg(ADA, GRACE))), ADA, GRACE)
    assert_same(said_in(packet(mwg(ADA, unit=""))), ADA)


def test_elements_and_sequences_are_as_good_as_attributes_and_bags() -> None:
    written = """
        <mwg-rs:Regions rdf:parseType='Resource'><mwg-rs:RegionList><rdf:Seq><rdf:li rdf:parseType='Resource'>
        <mwg-rs:Area rdf:parseType='Resource'><stArea:x>0.2</stArea:x><stArea:y>0.325</stArea:y><stArea:w>0.2</stArea:w>
        <stArea:h>0,25</stArea:h></mwg-rs:Area><mwg-rs:Name>Ada</mwg-rs:Name></rdf:li></rdf:Seq></mwg-rs:RegionList>
        </mwg-rs:Regions>"""
    assert_same(said_in(packet(written)), ADA)


def test_a_box_in_pixels_is_of_the_size_that_is_stated() -> None:
    pixels = ("Ada", ADA[1].scaled(1000, 500))
    assert_same(said_in(packet(mwg(pixels, unit=' stArea:unit="pixel"'))), ADA)


def test_a_circle_becomes_the_square_around_it() -> None:
    written = mwg(ADA).replace("stArea:w", "stArea:d").replace(f'stArea:h="{ADA[1].height!r}"', "")
    assert_same(said_in(packet(written)), ("Ada", Box(0.1, 0.225, 0.2, 0.2)))


def test_pets_and_things_are_no_people_nor_their_keywords() -> None:
    said = said_in(packet(mwg(ADA, kind="Pet"), listed("Iptc4xmpExt:PersonInImage", ["Ada", "Grace"])))
    assert said.regions == ()
    assert said.names == ("Grace",)


@pytest.mark.parametrize(
    "name", ["Unknown", "unbekannt", "Неизвестные", "", " ", "未確認", "Ignored", "-", "Unconfirmed"]
)
def test_who_is_not_known_is_nobody(name: str) -> None:
    assert said_in(packet(mwg((name, ADA[1])))).regions == ()


def test_microsoft_is_read_only_where_nothing_better_is_there() -> None:
    stale = ("Grace", Box(0.7, 0.7, 0.1, 0.1))
    assert_same(said_in(packet(microsoft(ADA, GRACE))), ADA, GRACE)
    assert_same(said_in(packet(microsoft(stale), mwg(ADA))), ADA)


def test_a_rectangle_that_is_none_leaves_the_name() -> None:
    broken = microsoft(ADA).replace("0.1, 0.2, 0.2, 0.25", "0.1, 0.2")
    assert named(said_in(packet(broken))) == [("Ada", None)]


def test_pixels_that_nobody_calls_so_are_no_box() -> None:
    assert named(said_in(packet(mwg(("Ada", Box(100, 200, 50, 50)))))) == [("Ada", None)]


SHOWN = "<Iptc4xmpExt:PersonInImage><rdf:Bag><rdf:li>Ada</rdf:li></rdf:Bag></Iptc4xmpExt:PersonInImage>"


def iptc(inside: str, name: str = SHOWN) -> str:
    return (
        "<Iptc4xmpExt:ImageRegion><rdf:Bag><rdf:li rdf:parseType='Resource'>"
        f"<Iptc4xmpExt:RegionBoundary rdf:parseType='Resource'>{inside}</Iptc4xmpExt:RegionBoundary>{name}"
        "</rdf:li></rdf:Bag></Iptc4xmpExt:ImageRegion>"
    )


def numbers(**values: float) -> str:
    return "".join(f"<Iptc4xmpExt:{name}>{value}</Iptc4xmpExt:{name}>" for name, value in values.items())


RECTANGLE = "<Iptc4xmpExt:rbShape>rectangle</Iptc4xmpExt:rbShape>"


def test_iptcs_rectangles_are_read_also_in_pixels() -> None:
    relative = RECTANGLE + numbers(rbX=0.1, rbY=0.2, rbW=0.2, rbH=0.25)
    assert_same(said_in(packet(iptc(relative))), ADA)
    pixels = RECTANGLE + "<Iptc4xmpExt:rbUnit>pixel</Iptc4xmpExt:rbUnit>" + numbers(rbX=20, rbY=20, rbW=40, rbH=25)
    size = "<tiff:ImageWidth>200</tiff:ImageWidth><tiff:ImageLength>100</tiff:ImageLength>"
    assert_same(said_in(packet(iptc(pixels), size)), ADA)
    assert named(said_in(packet(iptc(pixels)))) == [("Ada", None)]


def test_iptcs_polygons_are_framed() -> None:
    corners = ((0.1, 0.2), (0.3, 0.3), (0.2, 0.45))
    points = "".join(f"<rdf:li rdf:parseType='Resource'>{numbers(rbX=x, rbY=y)}</rdf:li>" for x, y in corners)
    shape = "<Iptc4xmpExt:rbShape>polygon</Iptc4xmpExt:rbShape>"
    written = f"{shape}<Iptc4xmpExt:rbVertices><rdf:Seq>{points}</rdf:Seq></Iptc4xmpExt:rbVertices>"
    assert_same(said_in(packet(iptc(written))), ADA)


def test_the_name_of_an_iptc_region_is_a_persons_only_where_it_says_so() -> None:
    relative = RECTANGLE + numbers(rbX=0.1, rbY=0.2, rbW=0.2, rbH=0.25)
    name = "<Iptc4xmpExt:Name><rdf:Alt><rdf:li xml:lang='x-default'>Ada</rdf:li></rdf:Alt></Iptc4xmpExt:Name>"
    kind = "<rdf:Bag><rdf:li>http://cv.iptc.org/newscodes/imageregiontype/human</rdf:li></rdf:Bag>"
    human = (
        "<Iptc4xmpExt:rCtype><rdf:Bag><rdf:li rdf:parseType='Resource'>"
        f"<xmp:Identifier>{kind}</xmp:Identifier></rdf:li></rdf:Bag></Iptc4xmpExt:rCtype>"
    )
    assert_same(said_in(packet(iptc(relative, name + human))), ADA)
    assert said_in(packet(iptc(relative, name + human.replace("human", "animal")))).regions == ()
    assert said_in(packet(iptc(relative, name))).regions == ()


def test_names_without_boxes_are_read_wherever_programs_write_them() -> None:
    said = said_in(
        packet(
            listed("Iptc4xmpExt:PersonInImage", ["Ada"]),
            listed("lr:hierarchicalSubject", ["People|Family|Grace", "Places|Oslo"]),
            listed("digiKam:TagsList", ["Personen/Joan", "Orte/Rom"], "Seq"),
            listed("dc:subject", ["Ada", "Oslo"]),
        )
    )
    assert said.regions is None
    assert said.names == ("Ada", "Grace", "Joan")
    assert said.words == ("Ada", "Oslo")


def test_a_single_value_counts_as_a_list_of_one() -> None:
    assert said_in(packet("<Iptc4xmpExt:PersonInImage>Ada</Iptc4xmpExt:PersonInImage>")).names == ("Ada",)


def test_an_empty_list_of_regions_says_that_nobody_is_there() -> None:
    assert said_in(packet(mwg())).regions == ()
