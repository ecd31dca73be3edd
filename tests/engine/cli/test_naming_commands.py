"""`kinfolk import`, and the commands for single faces and people: names do as well as numbers."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.portraits import write_photos

pytestmark = pytest.mark.usefixtures("with_models")

Kinfolk = Callable[..., Any]


@pytest.fixture
def album(kinfolk: Kinfolk, tmp_path: Path) -> Path:
    """A scanned album of two people, with Picasa's names for two photos of the first."""
    for person in ("hopper", "collins"):
        write_photos(tmp_path / "album" / person, person, 4)
    assert kinfolk("scan", tmp_path / "album").code == 0
    faces = "".join(f"[hopper 0{at}.jpg]\nfaces=rect64(4ccc4000b333bfff),ab\n" for at in range(2))
    (tmp_path / "album" / "hopper" / ".picasa.ini").write_text(f"[Contacts2]\nab=Grace Hopper;;\n{faces}")
    return tmp_path / "album"


def names(kinfolk: Kinfolk) -> list[str]:
    return [person["name"] for person in kinfolk("people", "--json").json if person["name"]]


def test_import_says_what_would_come_and_does_it_and_takes_it_back(kinfolk: Kinfolk, album: Path) -> None:
    figures = {"people": 1, "faces": 2, "matched": 2, "drawn": 0, "conflicts": 0}
    assert kinfolk("import", "picasa", album, "--preview", "--json").json == figures
    assert names(kinfolk) == []
    told = kinfolk("import", "picasa", album, "--preview")
    assert "1 person named in 2 photos" in told.out
    assert kinfolk("import", "picasa", album, "--json").json == figures
    assert names(kinfolk) == ["Grace Hopper"]
    assert len(kinfolk("faces", "--person", "grace hopper", "--json").json) == 4
    assert kinfolk("undo").code == 0
    assert names(kinfolk) == []


def test_import_without_sense_is_wrong_use(kinfolk: Kinfolk, album: Path, tmp_path: Path) -> None:
    assert kinfolk("import", "iphoto", album).code == 2
    assert "is not there" in kinfolk("import", "picasa", tmp_path / "nothing").err
    assert kinfolk("import", "immich", "http://localhost:1").code == 1
    assert kinfolk("import", "immich", "http://localhost:1", "--key-file", tmp_path / "nothing").code == 2


def test_a_name_stands_for_a_person_unless_two_have_it(kinfolk: Kinfolk, album: Path) -> None:
    one, other = [person["person"] for person in kinfolk("people", "--json").json]
    kinfolk("name", one, "Ada")
    assert {face["person"] for face in kinfolk("faces", "--person", "ada", "--json").json} == {one}
    kinfolk("name", other, "Ada")
    asked = kinfolk("faces", "--person", "Ada")
    assert asked.code == 2
    assert f"{one} (4 faces) and {other} (4 faces)" in asked.err
    assert kinfolk("faces", "--person", "Grace").code == 2
    assert kinfolk("faces", "--person", 999).code == 1


def test_faces_are_set_aside_and_taken_back(kinfolk: Kinfolk, album: Path) -> None:
    face = kinfolk("faces", "--json").json[0]["face"]
    assert kinfolk("ignore", face).code == 0
    assert [one["face"] for one in kinfolk("faces", "--aside", "--json").json] == [face]
    assert kinfolk("faces", "--aside", "--json").json[0]["aside"] is True
    assert kinfolk("undo").code == 0
    assert kinfolk("faces", "--aside", "--json").json == []
    kinfolk("ignore", face)
    assert kinfolk("ignore", face, "--restore").code == 0
    assert kinfolk("faces", "--aside", "--json").json == []
    assert kinfolk("ignore", "x").code == 2
    assert kinfolk("ignore", 999).code == 1


def test_people_are_hidden_by_name_and_shown_again(kinfolk: Kinfolk, album: Path) -> None:
    person = kinfolk("people", "--json").json[0]["person"]
    kinfolk("name", person, "Ada")
    assert kinfolk("hide", "Ada").code == 0
    hidden = {one["person"]: one["hidden"] for one in kinfolk("people", "--json").json}
    assert hidden[person] is True
    assert kinfolk("hide", "Ada", "--show").code == 0
    assert not any(one["hidden"] for one in kinfolk("people", "--json").json)
    kinfolk("hide", person)
    assert kinfolk("undo").code == 0
    assert not any(one["hidden"] for one in kinfolk("people", "--json").json)


def test_a_cover_is_one_of_the_persons_faces(kinfolk: Kinfolk, album: Path) -> None:
    faces = kinfolk("faces", "--json").json
    person = faces[0]["person"]
    assert kinfolk("cover", person, faces[0]["face"]).code == 0
    stranger = next(face["face"] for face in faces if face["person"] != person)
    assert kinfolk("cover", person, stranger).code == 1
    assert kinfolk("undo").code == 0


def test_a_new_person_is_made_of_faces(kinfolk: Kinfolk, album: Path) -> None:
    one, two, *_ = [face["face"] for face in kinfolk("faces", "--json").json]
    made = kinfolk("new-person", one, two, "--name", "Joan", "--json").json
    assert made["faces"] == 2
    found = kinfolk("faces", "--person", "Joan", "--json").json
    assert {face["face"] for face in found} >= {one, two}
    assert {face["person"] for face in found} == {made["person"]}
    assert kinfolk("undo").code == 0
    assert names(kinfolk) == []


def test_a_date_of_birth_is_noted_as_exactly_as_it_is_known(kinfolk: Kinfolk, album: Path) -> None:
    person = kinfolk("people", "--json").json[0]["person"]
    for date in ("1906", "1906-12", "1906-12-09"):
        assert kinfolk("born", person, date).code == 0
        assert kinfolk("people", "--json").json[0]["born"] == date
    for date in ("yesterday", "1906-13", "2999", "06"):
        assert kinfolk("born", person, date).code == 1
    assert kinfolk("undo").code == 0
    assert kinfolk("people", "--json").json[0]["born"] == "1906-12"
    assert kinfolk("born", person).code == 0
    assert kinfolk("people", "--json").json[0]["born"] is None


EDITS = (
    ("name", "{one}", "Ada"),
    ("confirm", "{one}", "{face}"),
    ("reject", "{other}", "{face}"),
    ("distinct", "{one}", "{other}"),
    ("merge", "{one}", "{other}"),
    ("hide", "{one}"),
    ("ignore", "{face}"),
    ("cover", "{one}", "{face}"),
    ("born", "{one}", "1990"),
    ("new-person", "{face}"),
)


def test_every_edit_says_what_it_did_and_how_to_take_it_back(kinfolk: Kinfolk, album: Path) -> None:
    one, other, *_ = (row["person"] for row in kinfolk("people", "--json").json)
    face = kinfolk("faces", "--person", one, "--json").json[0]["face"]
    for words in EDITS:
        ran = kinfolk(*(word.format(one=one, other=other, face=face) for word in words))
        assert ran.code == 0, (words, ran.err)
        assert "kinfolk undo" in ran.err, words
        done = next(line for line in ran.err.splitlines() if line.startswith("Done: ")).removeprefix("Done: ")
        assert f"Undone: {done}" in kinfolk("undo").err, words


def test_what_changes_nothing_offers_no_undo_of_the_step_before(kinfolk: Kinfolk, album: Path) -> None:
    one, other, *_ = (row["person"] for row in kinfolk("people", "--json").json)
    for words in (("name", one, "Ada"), ("distinct", one, other), ("hide", other)):
        assert "kinfolk undo" in kinfolk(*words).err, words
        again = kinfolk(*words)
        assert (again.code, again.err.strip()) == (0, "Nothing had to be changed."), words


def test_photos_are_listed_by_who_is_in_them_and_by_year(kinfolk: Kinfolk, album: Path) -> None:
    one, other, *_ = (row["person"] for row in kinfolk("people", "--json").json)
    kinfolk("name", one, "Ada")
    theirs = kinfolk("photos", "--person", "ada", "--json").json
    assert len(theirs) == 4
    assert len({Path(row["path"]).parent for row in theirs}) == 1
    assert kinfolk("photos", "--person", "Ada", "--person", other, "--json").json == []
    assert kinfolk("photos", "--year", "1871", "--json").json == []
    write_photos(album / "later", "hopper", 1)[0].rename(album / "IMG_19980612_120000.jpg")
    kinfolk("scan", album)
    (dated,) = kinfolk("photos", "--year", "1998", "--json").json
    assert dated["taken_at"].startswith("1998-06-12")
    assert kinfolk("photos", "--person", "Nobody").code == kinfolk("photos", "--year", "99999").code == 2
