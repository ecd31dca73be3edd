import hashlib
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from engine.library.library import Library
from engine.library.models import forget_vectors, use_embedder, vector_counts
from engine.library.vectors import face_vectors
from engine.models.card import ModelCard, write_card
from engine.models.catalog import Catalog, ModelState
from tests.engine.faces.test_age import genderage
from tests.engine.workflows.learning.test_network_card import LEARNED
from tests.portraits import PEOPLE, write_photos

FOREIGN = "mobilefacenet_512_faceplugin.onnx"

LISTED = {"name", "kind", "state", "dimension", "licence", "calibrated", "in_use", "faces"}
"""What other programs may count on in `models list --json`."""

SAID = (
    "SELECT id, name FROM people ORDER BY id",
    "SELECT id, person_id, source FROM faces ORDER BY id",
    "SELECT * FROM rejections ORDER BY 1, 2",
    "SELECT id, label, undone FROM journal_steps ORDER BY id",
)


@pytest.fixture
def scanned(models: Path, scanned_album: Path) -> Path:
    return scanned_album


def opened(tmp_path: Path) -> Library:
    return Library(tmp_path / "data" / "library.sqlite")


def said(tmp_path: Path) -> list[object]:
    with closing(sqlite3.connect(tmp_path / "data" / "library.sqlite")) as connection:
        return [connection.execute(query).fetchall() for query in SAID]


def calibrated(models: Path, name: str) -> ModelCard:
    """Give an imported card the calibration of the default, which no four people could measure."""
    catalog = Catalog(models)
    card = replace(catalog.card(name), calibration=catalog.default_embedder().calibration)
    write_card(card, models / f"{name}.toml")
    return card


def test_another_model_is_used_and_left_again(kinfolk, models, scanned, shared_data, tmp_path: Path) -> None:
    person = kinfolk("people", "--json").json[0]["person"]
    kinfolk("name", person, "Someone")
    file = shared_data / "models" / FOREIGN
    imported = kinfolk("models", "import", file, "--name", "mine", "--licence", "MIT", "--json")
    assert imported.code == 0, imported.err
    assert (imported.json[0]["name"], imported.json[0]["dimension"]) == ("mine", 512)
    before = said(tmp_path)

    refused = kinfolk("models", "use", "mine")
    assert refused.code == 1
    assert "too few to measure mine on" in refused.err
    listed = {row["name"]: row for row in kinfolk("models", "list", "--json").json}
    assert listed["sface_2021dec"]["in_use"], "the default stays in use"

    card = calibrated(models, "mine")
    faces = len(kinfolk("faces", "--json").json)
    preview = kinfolk("models", "use", "mine", "--preview", "--json")
    assert preview.json == {**preview.json, "model": "mine", "faces": faces}
    assert "Nothing has changed" in preview.err
    used = kinfolk("models", "use", "mine", "--json")
    assert set(used.json) == {"model", "faces", "moved", "people"}
    rows = {row["name"]: row for row in kinfolk("models", "list", "--json").json}
    assert all(set(row) >= LISTED for row in rows.values())
    assert rows["mine"] == {**rows["mine"], "in_use": True, "calibrated": True, "faces": faces, "licence": "MIT"}
    assert rows["sface_2021dec"] == {**rows["sface_2021dec"], "in_use": False, "faces": faces}
    assert kinfolk("suggestions", "--json").code == 0

    assert "is in use" in kinfolk("models", "forget", "mine").err
    back = kinfolk("models", "use", "sface_2021dec", "--json")
    assert back.json["faces"] == faces
    assert said(tmp_path) == before
    assert kinfolk("models", "forget", "mine", "--json").json == {"model": "mine", "forgotten": faces}
    with opened(tmp_path) as library:
        assert card.key not in vector_counts(library)


def test_vectors_that_lack_are_made_as_the_scan_made_them(kinfolk, scanned: Path, models: Path, tmp_path: Path) -> None:
    card = Catalog(models).default_embedder()
    with opened(tmp_path) as library:
        before = face_vectors(library, card.key)
        forget_vectors(library, card.name)
    gone = next(scanned.rglob("*.jpg"))
    kept = gone.read_bytes()
    gone.unlink()
    lacking = kinfolk("suggestions", "--json")
    assert f"{len(before.face_ids)} faces have no vector" in lacking.err

    done = kinfolk("embed", "--json")
    assert set(done.json) == {"model", "embedded", "waiting", "seconds"}
    assert done.json["embedded"] + done.json["waiting"] == len(before.face_ids)
    assert done.json["waiting"] >= 1
    assert gone.name in done.err
    gone.write_bytes(kept + b"\0")
    assert "it has changed; scan again" in kinfolk("embed").err
    gone.write_bytes(kept)
    assert kinfolk("scan", "--json").code == 0, "a scan embeds what lacks, too"
    with opened(tmp_path) as library:
        after = face_vectors(library, card.key)
    assert after.face_ids.tolist() == before.face_ids.tolist()
    assert (after.vectors * before.vectors).sum(axis=1).min() > 0.9999
    assert kinfolk("embed", "--json").json["embedded"] == 0


def test_what_cannot_be_used_is_said(kinfolk, models: Path, tmp_path: Path) -> None:
    (models / "broken.toml").write_text("name = 3\n")
    listed = kinfolk("models", "list", "--json")
    assert listed.code == 0
    assert "broken.toml" in listed.err
    wrong = kinfolk("models", "use", "yunet_2023mar")
    assert (wrong.code, "finds faces and does not compare" in wrong.err) == (2, True)
    nobody = kinfolk("embed", "--model", "nobody")
    assert (nobody.code, "There is no model named 'nobody'" in nobody.err) == (2, True)
    nothing = kinfolk("models", "import", tmp_path / "none.onnx")
    assert (nothing.code, "There is no file" in nothing.err) == (2, True)
    (tmp_path / "m.pkl").write_bytes(b"x")
    assert "may hold code" in kinfolk("models", "import", tmp_path / "m.pkl").err
    assert "sface_2021dec" in kinfolk("models", "forget", "sface_2021dec").err


def test_a_file_that_a_card_describes_takes_its_place(kinfolk, models: Path, tmp_path: Path) -> None:
    sface = models / Catalog(models).default_embedder().file
    mine = shutil.copy(sface, tmp_path / "downloaded by hand.onnx")
    there = kinfolk("models", "import", mine)
    assert (there.code, "is the model sface_2021dec, which is here already" in there.err) == (2, True)
    sface.unlink()
    done = kinfolk("models", "import", mine, "--json")
    assert done.code == 0, done.err
    assert [row["name"] for row in done.json] == ["sface_2021dec"]
    assert kinfolk("models", "verify", "sface_2021dec").code == 0
    assert not list(models.glob("downloaded*"))


def test_a_file_that_was_learnt_is_put_back(kinfolk, models: Path, tmp_path: Path) -> None:
    like = Catalog(models).default_embedder()
    file = tmp_path / "backup.onnx"
    file.write_bytes((models / like.file).read_bytes() + b"\0")
    told = {"sha256": hashlib.sha256(file.read_bytes()).hexdigest(), "size": like.size + 1, "sources": ()}
    card = replace(like, name="taught", file="taught.onnx", learned=LEARNED, **told)
    write_card(card, models / "taught.toml")
    done = kinfolk("models", "import", file, "--json")
    assert [row["name"] for row in done.json] == ["taught"]
    assert Catalog(models).state(card) is ModelState.READY


def test_a_file_that_is_imported_again_is_measured_again(
    kinfolk, models: Path, scanned: Path, shared_data: Path, tmp_path: Path
) -> None:
    file = shared_data / "models" / FOREIGN
    (first,) = kinfolk("models", "import", file, "--json").json
    card = calibrated(models, first["name"])
    (again,) = kinfolk("models", "import", file, "--json").json
    assert again == first
    assert Catalog(models).card(card.name) == card, "as it was before, with what was measured"

    write_card(
        replace(card, input=replace(card.input, mean=(0.0,) * 3, deviation=(255.0,) * 3)), models / f"{card.name}.toml"
    )
    assert kinfolk("models", "import", file, "--json").json == [first]
    found = Catalog(models).card(card.name)
    assert (found.input, found.calibration) == (card.input, None)

    calibrated(models, card.name)
    assert kinfolk("models", "use", card.name, "--json").code == 0
    used = kinfolk("models", "import", file)
    assert (used.code, "is in use" in used.err) == (2, True)

    write_card(replace(card, name="taught", base=card.name), models / "taught.toml")
    with opened(tmp_path) as library:
        use_embedder(library, "taught")
    used = kinfolk("models", "import", file)
    assert (used.code, "is in use" in used.err) == (2, True), "what is in use compares the vectors that it makes"
    with opened(tmp_path) as library:
        use_embedder(library, card.name)

    (models / card.file).write_bytes(b"something else")
    for words in (["models", "fetch", card.name], ["scan"]):
        changed = kinfolk(*words)
        assert (changed.code, "imported from mobilefacenet_512" in changed.err) == (1, True)
        assert "downloaded once" not in changed.err
    other = kinfolk("models", "import", file, "--licence", "MIT")
    assert (other.code, "is on its card: not stated" in other.err) == (2, True)
    verified = kinfolk("models", "verify", card.name)
    assert ("kinfolk models import FILE" in verified.err, "internet" in verified.err) == (True, False)
    done = kinfolk("models", "import", file)
    assert (done.code, "To use it" in done.err) == (0, False), "what is missing is put in its place, in use or not"
    assert kinfolk("models", "verify", card.name).code == 0


def test_ages_are_told_where_a_model_for_it_is_chosen(kinfolk, models, scanned, tmp_path: Path) -> None:
    file = genderage(tmp_path / "genderage.onnx", np.random.default_rng(4))
    assert kinfolk("models", "import", file, "--json").json[0]["kind"] == "attributes"
    assert "age" not in kinfolk("faces", "--json").json[0]
    used = kinfolk("models", "use", "genderage", "--json")
    faces = len(kinfolk("faces", "--json").json)
    assert used.json == {**used.json, "model": "genderage", "faces": faces, "moved": 0}
    before = {row["face"]: row["age"] for row in kinfolk("faces", "--json").json}
    assert all(isinstance(age, int) for age in before.values())
    assert "AGE" in kinfolk("faces").out
    assert {row["name"]: row["in_use"] for row in kinfolk("models", "list", "--json").json}["genderage"]

    write_photos(scanned / "event 0", next(iter(PEOPLE)), 14)
    assert kinfolk("scan", "--json").code == 0
    after = {row["face"]: row["age"] for row in kinfolk("faces", "--json").json}
    assert len(after) > len(before), "a scan tells the age of new faces, too"
    assert after.items() >= before.items()
    assert None not in after.values()
    assert kinfolk("models", "forget", "genderage", "--json").json == {"model": "genderage", "forgotten": len(after)}
    assert "age" not in kinfolk("faces", "--json").json[0]


def test_packs_are_imported_by_their_graphs(kinfolk, models: Path, shared_data: Path, tmp_path: Path) -> None:
    pack = tmp_path / "buffalo_s"
    pack.mkdir()
    shutil.copy(shared_data / "models" / "det_500m.onnx", pack)
    shutil.copy(shared_data / "models" / "mobilefacenet_512_faceplugin.onnx", pack / "w600k_mbf.onnx")
    shutil.copy(shared_data / "models" / "face_detection_yunet_2023mar_int8bq.onnx", pack / "broken.onnx")
    done = kinfolk("models", "import", pack, "--json")
    assert done.code == 0, done.err
    rows = {row["name"]: row for row in done.json}
    assert set(rows) == {"buffalo_s_det_500m", "buffalo_s_w600k_mbf"}
    assert rows["buffalo_s_det_500m"]["kind"] == "detector"
    assert rows["buffalo_s_w600k_mbf"]["mean"] == [127.5] * 3
    assert "non-commercial research only" in done.err
    assert "Left out:" in done.err
    assert sorted(path.name for path in models.glob(".draft-*")) == []
    again = kinfolk("models", "import", pack)
    assert (again.code, "already" in again.err) == (2, True)
