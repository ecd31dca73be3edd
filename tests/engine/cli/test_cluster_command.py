"""`kinfolk cluster`, `suggestions`, `split` and the answers, on real photos with the real models."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.usefixtures("with_models")

Kinfolk = Callable[..., Any]


def test_a_fresh_scan_is_what_grouping_anew_gives(kinfolk: Kinfolk, scanned_album: Path) -> None:
    found = kinfolk("cluster", "--preview", "--json").json
    assert found == {
        "algorithm": "default", "settings": {}, "applied": False,
        "people_created": 0, "people_joined": 0, "people_split": 0,
        "faces_moved": 0, "faces_unsorted": 0, "confirmed_touched": 0, "contradictions": [],
    }  # fmt: skip


def test_kmeans_for_a_number_of_people_and_back(kinfolk: Kinfolk, scanned_album: Path) -> None:
    first = kinfolk("people", "--json").json[0]["person"]
    kinfolk("name", first, "Ada")
    before, faces = kinfolk("people", "--json").json, kinfolk("faces", "--json").json
    seen = kinfolk("cluster", "--algorithm", "kmeans", "--k", "8", "--json").json
    assert (seen["settings"], seen["applied"], seen["confirmed_touched"]) == ({"k": 8}, False, 0)
    assert kinfolk("faces", "--json").json == faces
    done = kinfolk("cluster", "--algorithm", "kmeans", "--k", "8", "--apply", "--json").json
    assert done == seen | {"applied": True}
    after = {face["face"]: face["person"] for face in kinfolk("faces", "--json").json}
    assert sum(after[face["face"]] != face["person"] for face in faces) == done["faces_moved"] > 0
    # Ada's confirmed faces stay together, however many of the eight groups are hers.
    assert len(set(after.values())) >= 3
    kinfolk("undo")
    assert kinfolk("people", "--json").json == before


def test_k_is_proposed(kinfolk: Kinfolk, scanned_album: Path) -> None:
    assert kinfolk("cluster", "--algorithm", "kmeans", "--json").json["settings"]["k"] >= 2


def test_settings_reach_the_algorithm(kinfolk: Kinfolk, scanned_album: Path) -> None:
    strict = kinfolk("cluster", "--algorithm", "average", "--set", "similarity=0.95", "--json").json
    assert strict["settings"] == {"similarity": 0.95}
    assert strict["faces_unsorted"] > 0


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--algorithm", "magic"], "no algorithm magic"),
        (["--algorithm", "hdbscan", "--set", "colour=3"], "no setting colour"),
        (["--algorithm", "hdbscan", "--set", "min_samples"], "not a setting"),
        (["--set", "min_samples=2"], "has no settings"),
        (["--algorithm", "hdbscan", "--k", "3"], "no setting k"),
    ],
)
def test_what_is_not_known_is_refused(kinfolk: Kinfolk, words: list[str], sentence: str) -> None:
    ran = kinfolk("cluster", *words)
    assert ran.code == 2
    assert sentence in ran.err
    assert ran.out == ""


def test_answers_are_remembered(kinfolk: Kinfolk, scanned_album: Path) -> None:
    one, other = (person["person"] for person in kinfolk("people", "--json").json[:2])
    kinfolk("name", one, "Ada")
    questions = kinfolk("suggestions", "--limit", "200", "--json").json
    keys = [
        "question",
        "face",
        "person",
        "other",
        "name",
        "similarity",
        "probability",
        "settles",
        "examples",
        "against",
    ]
    assert all(list(question) == keys for question in questions)
    assert all(0 <= question["probability"] <= 1 for question in questions)
    kinfolk("distinct", one, other)
    stranger = kinfolk("faces", "--person", other, "--json").json[0]["face"]
    kinfolk("reject", one, stranger)
    after = kinfolk("suggestions", "--limit", "200", "--json").json
    assert not [item for item in after if {item["person"], item["other"]} == {one, other}]
    assert not [item for item in after if (item["face"], item["other"]) == (stranger, one)]
    assert kinfolk("confirm", other, stranger).code == 0
    assert kinfolk("suggestions").code == 0


def test_a_split_from_wrong_faces(kinfolk: Kinfolk, scanned_album: Path) -> None:
    one, other = (person["person"] for person in kinfolk("people", "--json").json[:2])
    wrong = {face["face"] for face in kinfolk("faces", "--person", other, "--json").json}
    right = {face["face"] for face in kinfolk("faces", "--person", one, "--json").json}
    kinfolk("merge", one, other)
    seeds = sorted(wrong)[:2]
    proposed = kinfolk("split", one, *seeds, "--json").json
    assert proposed == {"person": one, "parts": [sorted(wrong)], "applied": False, "people": []}
    done = kinfolk("split", one, *seeds, "--apply", "--json").json
    assert {face["face"] for face in kinfolk("faces", "--person", one, "--json").json} == right
    assert {face["face"] for face in kinfolk("faces", "--person", done["people"][0], "--json").json} == wrong


def test_a_split_by_number(kinfolk: Kinfolk, scanned_album: Path) -> None:
    one, other = (person["person"] for person in kinfolk("people", "--json").json[:2])
    sides = [{face["face"] for face in kinfolk("faces", "--person", who, "--json").json} for who in (one, other)]
    kinfolk("merge", one, other)
    (part,) = kinfolk("split", one, "--k", "2", "--json").json["parts"]
    assert set(part) in sides


def test_splits_that_cannot_be_are_said(kinfolk: Kinfolk, scanned_album: Path) -> None:
    one, other = (person["person"] for person in kinfolk("people", "--json").json[:2])
    face = kinfolk("faces", "--person", one, "--json").json[0]["face"]
    stranger = kinfolk("faces", "--person", other, "--json").json[0]["face"]
    assert "two or more" in kinfolk("split", one, face).err
    assert "is not one of person" in kinfolk("split", one, face, stranger).err
    assert "no person 999" in kinfolk("split", 999).err
    assert "faces." in kinfolk("split", one, "--k", "500").err
