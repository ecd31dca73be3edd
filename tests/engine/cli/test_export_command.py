"""`kinfolk export` as it is typed."""

import csv
import io
import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.metadata.embedded import embedded_in
from engine.metadata.packet import said_in
from tests import exiftool

pytestmark = pytest.mark.usefixtures("with_models")


@pytest.fixture
def album(kinfolk, scanned_album: Path) -> Path:
    """Twelve photos each of Grace and of Michael."""
    for row in kinfolk("people", "--json").json:
        photo = next(one for one in kinfolk("faces", "--person", row["person"], "--json").json)["photo"]
        kinfolk("name", row["person"], "Grace" if "hopper" in photo else "Michael")
    return scanned_album


def test_names_beside_photos(kinfolk, album: Path) -> None:
    ran = kinfolk("export", "xmp", "--person", "grace", "--mp", "--keywords", "--json")
    assert ran.json == {"photos": 12, "written": 12, "unchanged": 0}
    assert ran.code == 0
    sidecars = sorted(album.rglob("*.xmp"))
    assert {path.name for path in sidecars} == {f"hopper {number:02}.jpg.xmp" for number in range(12)}
    assert kinfolk("export", "xmp", "--person", "grace", "--mp", "--keywords", "--json").json["unchanged"] == 12
    assert kinfolk("export", "xmp", "--folder", album / "event 0", "--json").json["photos"] == 12
    (album / "event 0" / "collins 00.jpg.xmp").write_bytes(b"broken")
    (album / "event 0" / "collins 01.jpg.xmp").unlink()
    ran = kinfolk("export", "xmp", "--json")
    assert (ran.code, ran.json) == (1, {"photos": 24, "written": 1, "unchanged": 22})
    assert "collins 00.jpg.xmp was left as it is" in ran.err
    assert kinfolk("export", "xmp", "--person", "nobody").code == 2


def test_names_inside_photos(kinfolk, album: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    photo = album / "event 1" / "hopper 00.jpg"
    before, pixels = photo.read_bytes(), np.asarray(Image.open(photo))
    ran = kinfolk("export", "xmp", "--embed", "--person", "Grace")
    if shutil.which("exiftool") is None:
        assert "Install exiftool" in ran.err
        pytest.skip("exiftool is absent (Debian: libimage-exiftool-perl)")
    assert ran.code == 2
    assert "--yes" in ran.err
    assert photo.read_bytes() == before
    (album / "event 1" / "hopper 01.jpg").write_bytes(b"no photo at all")
    ran = kinfolk("export", "xmp", "--embed", "--yes", "--person", "Grace", "--json")
    assert (ran.code, ran.json) == (1, {"photos": 12, "written": 11, "unchanged": 0})
    assert photo.with_name("hopper 00.jpg_original").read_bytes() == before
    assert (np.asarray(Image.open(photo)) == pixels).all()
    assert [name for name, _ in exiftool.regions(photo)] == ["Grace"]
    (packet,) = embedded_in(photo).packets
    assert said_in(packet).names == ("Grace",)
    assert kinfolk("scan", "--json").code == 0
    ran = kinfolk("export", "xmp", "--embed", "--yes", "--person", "Grace", "--json")
    assert ran.json["unchanged"] == 11, ran.err
    monkeypatch.setenv("PATH", "")
    ran = kinfolk("export", "xmp", "--embed", "--yes")
    assert (ran.code, "Install exiftool" in ran.err) == (2, True)


def test_lists(kinfolk, album: Path, tmp_path: Path) -> None:
    told = json.loads(kinfolk("export", "json").out)
    assert {person["name"] for person in told["people"]} == {"Grace", "Michael"}
    assert told["frame"] == "upright photo, 0 to 1, from the top left"
    rows = list(csv.DictReader(io.StringIO(kinfolk("export", "csv").out)))
    assert len(rows) == len(told["faces"]) == 24
    for row, face in zip(rows, told["faces"], strict=True):
        assert (row["name"], row["source"], row["photo"]) == (face["name"], face["source"], face["photo"])
        assert {side: float(row[side]) for side in face["box"]} == face["box"]
        assert 0 < face["box"]["width"] < 1
    path = tmp_path / "faces.csv"
    assert kinfolk("export", "csv", path).code == 0
    assert len(path.read_text(encoding="utf-8").splitlines()) == 25
    ran = kinfolk("export", "json", path)
    assert (ran.code, "already exists" in ran.err) == (2, True)
    assert len(path.read_text(encoding="utf-8").splitlines()) == 25


def test_photos_of_somebody(kinfolk, album: Path, tmp_path: Path) -> None:
    target = tmp_path / "out" / "grace"
    ran = kinfolk("export", "folder", "--person", "Grace", target, "--json")
    assert ran.json == {"photos": 12, "copied": 12, "there": 0}
    for photo in (album / "event 1").iterdir():
        assert (target / photo.name).read_bytes() == photo.read_bytes()
    (target / "hopper 00.jpg").write_bytes(b"somebody else's")
    ran = kinfolk("export", "folder", "--person", "Grace", target, "--json")
    assert ran.json == {"photos": 12, "copied": 1, "there": 11}
    assert (target / "hopper 00.jpg").read_bytes() == b"somebody else's"
    assert (target / "hopper 00 (2).jpg").is_file()
    both = tmp_path / "both"
    assert kinfolk("export", "folder", "--person", "Grace", "--person", "Michael", both, "--json").json["photos"] == 0
    links = tmp_path / "links"
    (album / "event 1" / "hopper 03.jpg").unlink()
    ran = kinfolk("export", "folder", "--person", "Grace", "--without", "Michael", links, "--link", "--json")
    assert (ran.code, ran.json) == (1, {"photos": 12, "copied": 11, "there": 0})
    assert (links / "hopper 00.jpg").is_symlink()
    assert (links / "hopper 00.jpg").read_bytes() == (album / "event 1" / "hopper 00.jpg").read_bytes()
    assert not (links / "hopper 03.jpg").is_symlink()
