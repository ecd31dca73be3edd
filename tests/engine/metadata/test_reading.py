import hashlib
from pathlib import Path

import pytest
from PIL import Image

from engine.geometry import Box
from engine.metadata.embedded import embedded_in
from engine.metadata.frames import upright_box
from engine.metadata.mentions import Origin
from engine.metadata.reading import MetadataError, mentions_of
from tests.packets import listed, mwg, packet, with_packet

ADA = ("Ada", Box(0.1, 0.2, 0.2, 0.25))
GRACE = ("Grace", Box(0.6, 0.2, 0.2, 0.25))


def test_packets_of_all_formats_are_read_and_turned_upright(files: list[Path]) -> None:
    for path in files:
        (ada,) = mentions_of(path).people
        assert ada.name == "Ada"
        assert ada.box is not None
        assert ada.box.iou(upright_box(ADA[1], 6)) == pytest.approx(1), path.suffix


def test_heic_is_read(tmp_path: Path) -> None:
    heif = pytest.importorskip("pillow_heif")
    path = tmp_path / "photo.heic"
    heif.from_pillow(Image.new("RGB", (128, 64))).save(path, xmp=packet(mwg(ADA)))
    (ada,) = mentions_of(path).people
    assert ada.box is not None
    assert ada.box.iou(ADA[1]) == pytest.approx(1)


def test_a_packet_in_several_segments_is_put_together(tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    Image.new("RGB", (32, 32)).save(path)
    more = packet(mwg(ADA), listed("dc:subject", ["x" * 1000 for _ in range(150)]))
    digest = hashlib.md5(more, usedforsecurity=False).hexdigest().upper().encode()
    data = path.read_bytes()
    pieces = b""
    for at in reversed(range(0, len(more), 60_000)):
        piece = b"http://ns.adobe.com/xmp/extension/\0" + digest
        piece += len(more).to_bytes(4, "big") + at.to_bytes(4, "big") + more[at : at + 60_000]
        pieces += b"\xff\xe1" + (len(piece) + 2).to_bytes(2, "big") + piece
    path.write_bytes(data[:2] + pieces + data[2:])
    with_packet(path, packet(f"<xmpNote:HasExtendedXMP>{digest.decode()}</xmpNote:HasExtendedXMP>"))
    assert len(embedded_in(path).packets) == 2
    assert [one.name for one in mentions_of(path).people] == ["Ada"]


def test_a_sidecar_comes_before_the_file(tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    Image.new("RGB", (32, 32)).save(path)
    with_packet(path, packet(mwg(ADA), listed("Iptc4xmpExt:PersonInImage", ["Ada", "Joan"])))
    full, stem = tmp_path / "photo.jpg.xmp", tmp_path / "photo.xmp"
    full.write_bytes(packet(mwg(GRACE)))
    stem.write_bytes(packet(mwg(ADA)))
    said = mentions_of(path, [full, stem])
    assert [(one.name, one.origin, one.box is None) for one in said.people] == [
        ("Grace", Origin.SIDECAR, False),
        ("Ada", Origin.FILE, True),
        ("Joan", Origin.FILE, True),
    ]
    full.write_bytes(packet(mwg()))
    assert [one.name for one in mentions_of(path, [full, stem]).people] == ["Ada", "Joan"]
    full.write_bytes(packet(listed("dc:subject", ["sea"])))
    assert mentions_of(path, [full]).words == ("sea",)


def test_a_sidecar_that_cannot_be_read_says_nothing_for_certain(tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    Image.new("RGB", (32, 32)).save(path)
    sidecar = tmp_path / "photo.xmp"
    sidecar.write_bytes(b"<x:xmpmeta")
    with pytest.raises(MetadataError):
        mentions_of(path, [sidecar])
    with pytest.raises(MetadataError):
        mentions_of(tmp_path / "gone.jpg")
