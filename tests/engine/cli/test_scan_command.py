"""`kinfolk scan` and the listings, on real photos with the real models."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from engine.cli.listings import offer_another_try
from engine.library.queries import PhotoRow
from engine.library.states import PhotoState

pytestmark = pytest.mark.usefixtures("with_models")

Kinfolk = Callable[..., Any]


GAINED = ("taken_precision", "taken_from", "copies")


def test_summary_and_listings(kinfolk: Kinfolk, faces_album: Path) -> None:
    ran = kinfolk("scan", faces_album, "--json")
    assert ran.code == 0, ran.err
    summary = ran.json
    assert list(summary) == ["photos", "faces", "people", "seconds", "photos_per_second", "left_out", "strangers"]
    assert summary["photos"] == {
        "found": 24, "new": 24, "changed": 0, "moved": 0, "missing": 0, "unchanged": 0, "broken": 0,
    }  # fmt: skip
    assert (summary["faces"], summary["people"]) == (24, 2)

    photos = kinfolk("photos", "--json").json
    assert list(photos[0]) == ["path", "state", "problem", "width", "height", "taken_at", "faces", *GAINED]
    assert {(photo["width"], photo["height"], photo["state"]) for photo in photos} == {(250, 250, "SCANNED")}
    assert sum(photo["faces"] for photo in photos) == summary["faces"]

    faces = kinfolk("faces", "--json").json
    keys = ["face", "photo", "box", "score", "quality", "person", "name", "source", "cluster", "doubtful"]
    keys.append("aside")
    assert list(faces[0]) == keys
    assert list(faces[0]["box"]) == ["left", "top", "width", "height"]
    assert all(Path(face["photo"]).is_file() for face in faces)
    assert all(0 <= face["quality"] <= 1 and 0 < face["score"] <= 1 for face in faces)
    middle = [face for face in faces if 60 < face["box"]["left"] + face["box"]["width"] / 2 < 190]
    assert len({face["photo"] for face in middle}) == 24

    people = kinfolk("people", "--json").json
    assert len(people) == summary["people"]
    assert [person["faces"] for person in people] == sorted((person["faces"] for person in people), reverse=True)
    largest = people[0]["person"]
    assert len(kinfolk("faces", "--person", largest, "--json").json) == people[0]["faces"]


def test_people_are_the_people(kinfolk: Kinfolk, scanned_album: Path) -> None:
    events: dict[int, set[str]] = {}
    for face in kinfolk("faces", "--json").json:
        if face["person"] is not None:
            events.setdefault(face["person"], set()).add(Path(face["photo"]).parent.name)
    large = [shown for person, shown in events.items() if len(kinfolk("faces", "--person", person, "--json").json) > 2]
    assert sorted(map(sorted, large)) == [["event 0"], ["event 1"]]


def test_names_survive_another_scan_and_every_edit_can_be_undone(kinfolk: Kinfolk, scanned_album: Path) -> None:
    first, second, *_ = [person["person"] for person in kinfolk("people", "--json").json]
    assert kinfolk("name", first, "Zoë").code == 0
    before = kinfolk("people", "--json").json
    assert before[0]["name"] == "Zoë"
    assert {face["source"] for face in kinfolk("faces", "--person", first, "--json").json} == {"USER"}

    os.utime(next(scanned_album.rglob("*.jpg")), ns=(1, 1))
    touched = kinfolk("scan", "--json").json["photos"]
    assert (touched["changed"], touched["unchanged"]) == (0, 24)  # read, and found to be what it was
    assert kinfolk("scan", scanned_album / "event 0", "--again", "--json").json["photos"]["unchanged"] == 12
    assert kinfolk("people", "--json").json == before

    assert kinfolk("merge", first, second).code == 0
    assert len(kinfolk("people", "--json").json) == len(before) - 1
    assert kinfolk("undo").code == 0
    assert kinfolk("people", "--json").json == before
    kinfolk("redo")
    assert len(kinfolk("people", "--json").json) == len(before) - 1


@pytest.mark.parametrize(("state", "offered"), [(PhotoState.BROKEN, True), (PhotoState.MISSING, False)])
def test_what_is_gone_is_not_to_be_tried_again(
    capsys: pytest.CaptureFixture[str], state: PhotoState, offered: bool
) -> None:
    problem = "The file cannot be opened: no permission."
    offer_another_try([PhotoRow(1, Path("/photos/a.jpg"), state, problem, None, None, None, 0)])
    assert ("--retry" in capsys.readouterr().err) is offered


def test_one_bad_file_is_listed_and_stops_nothing(kinfolk: Kinfolk, faces_album: Path) -> None:
    (faces_album / "broken.jpg").write_bytes(b"\xff\xd8\xff\xe0 no photo")
    (faces_album / "empty.png").write_bytes(b"")
    ran = kinfolk("scan", faces_album, "--json")
    assert ran.code == 0
    assert ran.json["photos"]["broken"] == 2
    assert ran.json["photos"]["found"] == 26
    problems = kinfolk("photos", "--problems", "--json").json
    assert {Path(row["path"]).name for row in problems} == {"broken.jpg", "empty.png"}
    assert all(row["state"] == "BROKEN" and row["problem"] for row in problems)
    assert "--retry" not in kinfolk("photos", "--problems").err + kinfolk("scan").err  # damage stays damage
    again = kinfolk("scan", "--json").json["photos"]
    assert (again["broken"], again["unchanged"]) == (2, 26)
    Image.new("RGB", (80, 60)).save(faces_album / "empty.png")
    assert kinfolk("scan", "--retry", "--json").json["photos"]["broken"] == 1


def test_what_could_not_be_seen_is_said_beside_json_too(
    kinfolk: Kinfolk, faces_album: Path, permissions_count: None
) -> None:
    closed = faces_album / "event 0"
    closed.chmod(0)
    try:
        ran = kinfolk("scan", faces_album, "--json")
    finally:
        closed.chmod(0o755)
    assert ran.json["photos"]["found"] == 12
    assert f"{closed}: The folder cannot be opened: no permission." in ran.err


def test_models_in_a_folder_whose_name_is_not_utf8(
    kinfolk: Kinfolk, faces_album: Path, models_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = os.fsdecode(os.fsencode(tmp_path) + b"/mod\xe8les")
    try:
        shutil.copytree(models_dir, folder)
    except OSError:
        pytest.skip("this file system only takes names that are UTF-8")
    monkeypatch.setenv("KINFOLK_MODELS_DIR", folder)
    ran = kinfolk("scan", faces_album / "event 0", "--json")
    assert (ran.code, ran.json["photos"]["new"]) == (0, 12), ran.err


def test_a_changed_photo_keeps_its_face_and_name(kinfolk: Kinfolk, scanned_album: Path) -> None:
    first = kinfolk("people", "--json").json[0]["person"]
    kinfolk("name", first, "Ada")
    face = kinfolk("faces", "--person", first, "--json").json[0]
    with Image.open(face["photo"]) as photo:
        photo.convert("RGB").point(lambda value: min(255, value + 12)).save(face["photo"], quality=88)
    assert kinfolk("scan", "--json").json["photos"]["changed"] == 1
    now = {row["face"]: row for row in kinfolk("faces", "--person", first, "--json").json}
    assert now[face["face"]]["photo"] == face["photo"]
    assert now[face["face"]]["source"] == "USER"


def test_names_that_are_not_utf8(kinfolk: Kinfolk, faces_album: Path) -> None:
    source = next(faces_album.rglob("*.jpg"))
    odd = os.fsencode(faces_album) + b"/caf\xe9 \xf0\x9f\x98\x80.jpg"
    try:
        os.rename(source, odd)  # noqa: PTH104 a name of raw bytes, as an old disk has it
    except OSError:
        pytest.skip("this file system only takes names that are UTF-8")
    ran = kinfolk("scan", faces_album, "--json")
    assert ran.json["photos"]["broken"] == 0
    paths = [row["path"] for row in kinfolk("photos", "--json").json]
    assert os.fsdecode(odd) in paths
    assert kinfolk("photos").code == 0


def test_an_interrupted_scan_goes_on_where_it_was(tmp_path: Path, faces_album: Path, kinfolk: Kinfolk) -> None:
    source = next(faces_album.rglob("*.jpg"))
    with Image.open(source) as photo:
        large = photo.resize((2400, 2400))
    for number in range(60):
        large.rotate(number / 10).save(faces_album / f"large {number}.jpg")
    command = [sys.executable, "-c", "import sys; from engine.cli import main; sys.exit(main())"]
    words = ["--data-dir", str(tmp_path / "data"), "scan", str(faces_album)]
    scan = subprocess.Popen([*command, *words], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
    assert scan.stderr is not None
    assert scan.stderr.readline()  # the walk is done, the reading begins
    scan.send_signal(signal.SIGINT)
    _, errors = scan.communicate(timeout=180)
    assert scan.returncode == 130
    assert "Traceback" not in errors
    rest = kinfolk("scan", faces_album, "--json").json["photos"]
    assert rest["found"] == 84
    assert rest["new"] + rest["unchanged"] == 84
    assert {row["state"] for row in kinfolk("photos", "--json").json} == {"SCANNED"}


def test_two_scans_at_once_are_refused(kinfolk: Kinfolk, scanned_album: Path, tmp_path: Path) -> None:
    from filelock import FileLock

    with FileLock(tmp_path / "data" / "scan.lock"):
        ran = kinfolk("scan", scanned_album)
    assert ran.code == 1
    assert "Another scan" in ran.err


def test_json_is_ascii_and_one_line(kinfolk: Kinfolk, scanned_album: Path) -> None:
    kinfolk("name", kinfolk("people", "--json").json[0]["person"], "Łukasz 😀")
    out = kinfolk("people", "--json").out
    assert out.isascii()
    assert out.count("\n") == 1
    assert json.loads(out)[0]["name"] == "Łukasz 😀"
