"""What other programs keep about people, as they keep it."""

import json
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.errors import KinfolkError
from engine.geometry import Box
from engine.metadata.programs.apple import read_apple
from engine.metadata.programs.brought import Frame
from engine.metadata.programs.digikam import read_digikam
from engine.metadata.programs.immich import read_immich_file, read_immich_server
from engine.metadata.programs.photoprism import read_photoprism
from engine.metadata.programs.picasa import read_picasa
from engine.metadata.programs.takeout import read_takeout
from engine.progress import finish
from tests.engine.metadata.brought_names import ADA, names
from tests.packets import mwg, packet


def test_picasa(tmp_path: Path) -> None:
    (tmp_path / ".picasa.ini").write_text(
        "\ufeff[Contacts2]\nab12=Ada;;\n[one [1].jpg]\nfaces=rect64(400080008000c000),AB12;"
        "rect64(1000000020001000),ffffffffffffffff\nrotate=rotate(1)\n[two.jpg]\nfaces=rect64(80008000c000),cd34;rect64(0),cd34\n",
        encoding="utf-8",
    )
    below = tmp_path / "below"
    below.mkdir()
    (below / "Picasa.ini").write_text("[three.jpg]\nfaces=rect64(400080008000c000),ab12\nrubbish\n[]\n=\n")
    (tmp_path / ".picasaoriginals").mkdir()
    (tmp_path / ".picasaoriginals" / ".picasa.ini").write_text("[x.jpg]\nfaces=rect64(400080008000c000),ab12\n")
    (tmp_path / "contacts.xml").write_text('<contacts><contact id="cd34" name="Grace"/></contacts>')
    found = read_picasa(tmp_path)
    assert names(found) == {
        str(tmp_path / "one [1].jpg"): [("Ada", ADA)],
        str(tmp_path / "two.jpg"): [("Grace", Box(0, 0.5, 0.5, 0.25))],
        str(below / "three.jpg"): [("Ada", ADA)],
    }
    assert {photo.frame for photo in found.photos} == {Frame.STORED}


def test_picasas_real_file(shared_data: Path) -> None:
    found = read_picasa(shared_data / "metadata" / "picasa")
    assert len(found.photos) == 5
    assert {len(photo.people) for photo in found.photos} == {1}


@pytest.mark.parametrize(
    ("written", "title", "photo"),
    [
        ("IMG_1.jpg.json", "IMG_1.jpg", "IMG_1.jpg"),
        ("IMG_1.jpg.supplemental-metadata.json", "IMG_1.jpg", "IMG_1.jpg"),
        ("a-very-long-name-that-google-cuts-off.jpg.supple.json", "x.jpg", "a-very-long-name-that-google-cuts-off.jpg"),
        ("IMG_1.jpg.supplemental-metadata(2).json", "IMG_1.jpg", "IMG_1(2).jpg"),
        ("IMG_1.jpg(3).json", "IMG_1.jpg", "IMG_1(3).jpg"),
        ("cut-off-befor.json", "cut-off-before-its-end.jpg", "cut-off-before-its-end.jpg"),
    ],
)
def test_takeout(tmp_path: Path, written: str, title: str, photo: str) -> None:
    (tmp_path / photo).touch()
    table = {"title": title, "people": [{"name": "Ada"}, {"name": ""}, {"x": 1}, 3]}
    (tmp_path / written).write_text(json.dumps(table))
    (tmp_path / "metadata.json").write_text('{"title": "album"}')
    (tmp_path / "broken.json").write_text("[" * 100_000)
    found = read_takeout(tmp_path)
    assert names(found) == {str(tmp_path / photo): [("Ada", None)]}
    assert found.unread == (tmp_path / "broken.json",)


FACE = {
    "boundingBoxX1": 50,
    "boundingBoxY1": 50,
    "boundingBoxX2": 100,
    "boundingBoxY2": 75,
    "imageWidth": 200,
    "imageHeight": 100,
}
ASSET = {
    "originalPath": "/usr/src/app/upload/2020/one.jpg",
    "people": [
        {"name": "Ada", "birthDate": "1815-12-10", "faces": [FACE]},
        {"name": "", "faces": [FACE]},
        {"name": "Joan"},
    ],
}


def test_immichs_saved_answer(tmp_path: Path) -> None:
    path = tmp_path / "answer.json"
    path.write_text(json.dumps({"assets": {"items": [ASSET, {"people": None}, 1]}}))
    found = read_immich_file(path)
    assert names(found) == {ASSET["originalPath"]: [("Ada", ADA), ("Joan", None)]}
    assert found.births == {"Ada": "1815-12-10"}
    path.write_text(json.dumps([ASSET]))
    assert len(read_immich_file(path).photos) == 1
    path.write_text("no")
    with pytest.raises(KinfolkError, match="not JSON"):
        read_immich_file(path)


@pytest.mark.parametrize(("address", "key"), [("ftp://x", "k"), ("http://", "k"), ("http://localhost:1", "")])
def test_a_server_is_not_asked_without_address_and_key(address: str, key: str) -> None:
    with pytest.raises(KinfolkError):
        finish(read_immich_server(address, key))


def test_photoprisms_index(tmp_path: Path) -> None:
    path = tmp_path / "index.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript("""
            CREATE TABLE files (file_uid TEXT, file_name TEXT, file_root TEXT);
            CREATE TABLE subjects (subj_uid TEXT, subj_name TEXT);
            CREATE TABLE markers (file_uid TEXT, marker_type TEXT, marker_name TEXT, marker_invalid INTEGER,
                                  subj_uid TEXT, x REAL, y REAL, w REAL, h REAL);
            INSERT INTO files VALUES ('f1', '2020/one.jpg', '/'), ('f2', '2020/one.png', 'sidecar');
            INSERT INTO subjects VALUES ('s1', 'Ada');
            INSERT INTO markers VALUES ('f1', 'face', 'A.', 0, 's1', .25, .5, .25, .25),
                ('f1', 'face', '', 0, '', 0, 0, 1, 1),
                ('f1', 'face', 'Grace', 1, '', 0, 0, 1, 1), ('f2', 'face', 'Ada', 0, '', 0, 0, 1, 1),
                ('f1', 'label', 'Cat', 0, '', 0, 0, 1, 1), ('f1', 'face', 'Joan', 0, '', 0, 0, 0.5, 0.5);
        """)
    expected = {"2020/one.jpg": [("Ada", ADA), ("Joan", Box(0, 0, 0.5, 0.5))]}
    assert names(read_photoprism(path)) == names(read_photoprism(tmp_path)) == expected


def test_photoprisms_photos(tmp_path: Path) -> None:
    marker = {"Type": "face", "Name": "Ada", "X": 0.25, "Y": 0.5, "W": 0.25, "H": 0.25}
    photo = {"Files": [{"Name": "2020/one.jpg", "Markers": [marker, {**marker, "Invalid": True}, {"Name": None}]}]}
    (tmp_path / "photo.json").write_text(json.dumps(photo))
    assert names(read_photoprism(tmp_path)) == {"2020/one.jpg": [("Ada", ADA)]}
    (tmp_path / "photo.json").write_text("{}")
    with pytest.raises(KinfolkError, match="no markers"):
        read_photoprism(tmp_path)


def test_photoprisms_yaml_knows_words_only(tmp_path: Path) -> None:
    # As internal/entity/photo.go of PhotoPrism marshals a photo: its files, and so its markers, are left out.
    (tmp_path / "2020").mkdir()
    (tmp_path / "2020" / "one.yml").write_text(
        "TakenAt: 2020-01-02T03:04:05Z\nUID: pqbcf5j446s0futy\nType: image\nTitle: Ada / 2020\nFaces: 2\nYear: -1\n"
        "Details:\n  Keywords: party, red\n  Subject: Ada, Joan ; Grace\n  SubjectSrc: meta\n"
    )
    (tmp_path / "2020" / "two.yml").write_text("Details:\n  Keywords: party\n")
    (tmp_path / "2020" / "bad.yml").write_text("Details: [" * 3000)
    (photo,) = read_photoprism(tmp_path).photos
    assert (photo.path.as_posix(), photo.people, photo.words) == ("2020/one", (), ("Ada", "Joan", "Grace"))
    assert photo.stem_only
    (tmp_path / "2020" / "one.yml").unlink()
    with pytest.raises(KinfolkError, match="no markers") as refused:
        read_photoprism(tmp_path)
    assert "YAML" in refused.value.hint


def test_osxphotos_names_that_its_template_does_not_escape(tmp_path: Path) -> None:
    written = packet(mwg(("Tom and Jerry", ADA))).replace(b"Tom and Jerry", b"Tom & Jerry &amp; Co")
    (tmp_path / "one.jpeg.xmp").write_bytes(written)
    assert names(read_apple(tmp_path)) == {str(tmp_path / "one.jpeg"): [("Tom & Jerry & Co", ADA)]}


def test_osxphotos_sidecars_without_groups_and_suffix(tmp_path: Path) -> None:
    # `--sidecar exiftool --sidecar-drop-ext`: tags without their groups, and the photo's name without its suffix.
    table = {"SourceFile": "one.heic", "PersonInImage": ["Ada"], "RegionName": ["Ada"], "RegionType": ["Face"]}
    area = {"RegionAreaX": [0.375], "RegionAreaY": [0.625], "RegionAreaW": [0.25], "RegionAreaH": [0.25]}
    (tmp_path / "one.json").write_text(json.dumps([table | area]))
    (photo,) = read_apple(tmp_path).photos
    assert [(one.name, one.box) for one in photo.people] == [("Ada", ADA)]
    assert photo.stem_only


def test_osxphotos_sidecars(tmp_path: Path) -> None:
    (tmp_path / "one.jpeg.xmp").write_bytes(packet(mwg(("Ada", ADA))))
    table = {
        "SourceFile": "two.jpeg",
        "XMP:PersonInImage": ["Ada", "Joan", "_UNKNOWN_"],
        "XMP:RegionName": ["Ada", "Bo"],
        "XMP:RegionType": ["Face", "Pet"],
        "XMP:RegionAreaX": [0.375, 0],
        "XMP:RegionAreaY": [0.625, 0],
        "XMP:RegionAreaW": [0.25, 0],
        "XMP:RegionAreaH": [0.25, 0],
    }
    (tmp_path / "two.jpeg.json").write_text(json.dumps([table]))
    (tmp_path / "broken.xmp").write_text("<x")
    found = read_apple(tmp_path)
    assert names(found) == {
        str(tmp_path / "one.jpeg"): [("Ada", ADA)],
        str(tmp_path / "two.jpeg"): [("Ada", ADA), ("Joan", None)],
    }
    assert found.unread == (tmp_path / "broken.xmp",)


def test_osxphotos_real_sidecar(shared_data: Path) -> None:
    (photo,) = read_apple(shared_data / "metadata" / "osxphotos").photos
    ((_, box),) = [(one.name, one.box) for one in photo.people]
    assert box is not None
    assert (*box.centre, box.width, box.height) == pytest.approx((0.589819, 0.281643, 0.224117, 0.149375))


def test_nothing_there_is_said(tmp_path: Path) -> None:
    for read in (read_picasa, read_takeout, read_apple, read_photoprism, read_digikam):
        with pytest.raises(KinfolkError):
            read(tmp_path / "nothing")


PICASA = b"[Contacts2]\nab12=Ada;;\n[one.jpg]\nfaces=rect64(400080008000c000),ab12;rect64(1),ab12\nrotate=rotate(1)\n"
JSONS = json.dumps(
    [ASSET, {"people": [{"name": "Ada"}], "title": "one.jpg", "XMP:RegionName": "Ada", "Files": [{}]}]
).encode()


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 400), st.binary(max_size=8), st.integers(0, 20)), max_size=4))
def test_damaged_files_are_read_or_refused(tmp_path: Path, changes: list[tuple[int, bytes, int]]) -> None:
    for name, data in (
        (".picasa.ini", PICASA),
        ("one.json", JSONS),
        ("contacts.xml", b'<c><contact id="a" name="b"/></c>'),
    ):
        for at, new, length in changes:
            data = data[:at] + new + data[at + length :]
        (tmp_path / name).write_bytes(data)
    for read in (read_picasa, read_takeout, read_apple, read_photoprism):
        with suppress(KinfolkError):
            read(tmp_path)
    with suppress(KinfolkError):
        read_immich_file(tmp_path / "one.json")
