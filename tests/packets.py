"""Packets of XMP as other programs write them, and photos with a packet inside, for tests."""

from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from engine.geometry import Box

MWG = "http://www.metadataworkinggroup.com/schemas/regions/"
AREA = "http://ns.adobe.com/xmp/sType/Area#"
IPTC = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/"

Region = tuple[str, Box]


def packet(*properties: str) -> bytes:
    """Return a packet with these properties of one description."""
    spaces = " ".join(
        f'xmlns:{prefix}="{address}"'
        for prefix, address in {
            "mwg-rs": MWG,
            "stArea": AREA,
            "stDim": "http://ns.adobe.com/xap/1.0/sType/Dimensions#",
            "MP": "http://ns.microsoft.com/photo/1.2/",
            "MPRI": "http://ns.microsoft.com/photo/1.2/t/RegionInfo#",
            "MPReg": "http://ns.microsoft.com/photo/1.2/t/Region#",
            "Iptc4xmpExt": IPTC,
            "dc": "http://purl.org/dc/elements/1.1/",
            "lr": "http://ns.adobe.com/lightroom/1.0/",
            "digiKam": "http://www.digikam.org/ns/1.0/",
            "tiff": "http://ns.adobe.com/tiff/1.0/",
            "xmpNote": "http://ns.adobe.com/xmp/note/",
            "xmp": "http://ns.adobe.com/xap/1.0/",
        }.items()
    )
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<rdf:Description rdf:about="" {spaces}>{"".join(properties)}</rdf:Description></rdf:RDF></x:xmpmeta>'
        '<?xpacket end="w"?>'
    ).encode()


def mwg(*regions: Region, kind: str = "Face", unit: str = ' stArea:unit="normalized"') -> str:
    """Return regions as Lightroom writes them: attributes, boxes by their centre."""
    items = "".join(
        f'<rdf:li><rdf:Description mwg-rs:Name={quoteattr(name)} mwg-rs:Type="{kind}">'
        f'<mwg-rs:Area stArea:x="{box.centre[0]!r}" stArea:y="{box.centre[1]!r}" stArea:w="{box.width!r}" '
        f'stArea:h="{box.height!r}"{unit}/></rdf:Description></rdf:li>'
        for name, box in regions
    )
    return (
        '<mwg-rs:Regions rdf:parseType="Resource"><mwg-rs:AppliedToDimensions stDim:w="1000" stDim:h="500" '
        f'stDim:unit="pixel"/><mwg-rs:RegionList><rdf:Bag>{items}</rdf:Bag></mwg-rs:RegionList></mwg-rs:Regions>'
    )


def microsoft(*regions: Region) -> str:
    """Return regions as Windows' photo gallery writes them."""
    items = "".join(
        f"<rdf:li rdf:parseType='Resource'><MPReg:PersonDisplayName>{escape(name)}</MPReg:PersonDisplayName>"
        f"<MPReg:Rectangle>{box.left!r}, {box.top!r}, {box.width!r}, {box.height!r}</MPReg:Rectangle></rdf:li>"
        for name, box in regions
    )
    return (
        "<MP:RegionInfo rdf:parseType='Resource'>"
        f"<MPRI:Regions><rdf:Bag>{items}</rdf:Bag></MPRI:Regions></MP:RegionInfo>"
    )


def listed(name: str, items: Sequence[str], kind: str = "Bag") -> str:
    """Return a list of texts."""
    return f"<{name}><rdf:{kind}>{''.join(f'<rdf:li>{escape(item)}</rdf:li>' for item in items)}</rdf:{kind}></{name}>"


def with_packet(path: Path, xmp: bytes) -> Path:
    """Write a packet into a JPEG, before all that is in it."""
    data = path.read_bytes()
    content = b"http://ns.adobe.com/xap/1.0/\0" + xmp
    path.write_bytes(data[:2] + b"\xff\xe1" + (len(content) + 2).to_bytes(2, "big") + content + data[2:])
    return path
