import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import ModelError
from engine.models.card import (
    ColourOrder,
    Decoder,
    InputSpec,
    ModelCard,
    ModelKind,
    UrlSource,
    WheelSource,
    load_card,
    write_card,
)
from engine.similarity import Calibration

CARD = ModelCard(
    name="trained_2024.1",
    kind=ModelKind.EMBEDDER,
    decoder=Decoder.UNIT,
    file="trained.onnx",
    sha256="0123456789abcdef" * 4,
    size=4_000_000,
    licence='made "here"',
    origin="trained on\nmy photos \\ ünïcode 🙂",
    input=InputSpec(112, 112, (127.5, 127.5, 127.5), (128.0, 128.0, 128.0), ColourOrder.BGR),
    sources=(UrlSource("https://example.org/a/trained.onnx"), WheelSource("pack-age", "1.0", "a/trained.onnx")),
    dimension=512,
    calibration=Calibration(((0.1, 0.5), (0.4, 1e-5)), 30.5, -9.25),
)


def written(tmp_path: Path, card: ModelCard = CARD) -> dict[str, object]:
    write_card(card, tmp_path / "card.toml")
    return tomllib.loads((tmp_path / "card.toml").read_text(encoding="utf-8"))


def load(tmp_path: Path, values: dict[str, object]) -> ModelCard:
    (tmp_path / "card.toml").write_text(tomli_w.dumps(values), encoding="utf-8")
    return load_card(tmp_path / "card.toml")


def test_a_written_card_reads_the_same(tmp_path: Path) -> None:
    write_card(CARD, tmp_path / "card.toml")
    assert load_card(tmp_path / "card.toml") == CARD
    detector = replace(
        CARD,
        kind=ModelKind.DETECTOR,
        decoder=Decoder.SCRFD,
        dimension=0,
        calibration=None,
        sources=(),
        input=InputSpec(),
    )
    write_card(detector, tmp_path / "card.toml")
    assert load_card(tmp_path / "card.toml") == detector
    assert [path.name for path in tmp_path.iterdir()] == ["card.toml"]


@given(text=st.text(min_size=1).filter(str.strip))
def test_any_text_survives(text: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.getbasetemp() / "any.toml"
    card = replace(CARD, origin=text.encode("utf-8", "replace").decode())
    write_card(card, path)
    assert load_card(path).origin.replace("\r\n", "\n") == card.origin.replace("\r\n", "\n")


@pytest.mark.parametrize("key", ["name", "kind", "decoder", "file", "sha256", "size", "licence", "origin", "input"])
def test_a_missing_key_is_named_with_its_file(tmp_path: Path, key: str) -> None:
    values = written(tmp_path)
    del values[key]
    with pytest.raises(ModelError) as caught:
        load(tmp_path, values)
    assert f"'{key}' is missing" in str(caught.value)
    assert "card.toml" in str(caught.value)


@pytest.mark.parametrize("table", [None, "input", "similarity", "sources"])
def test_an_unknown_key_is_refused_everywhere(tmp_path: Path, table: str | None) -> None:
    values = written(tmp_path)
    inner = values if table is None else values[table]
    inner = inner[0] if isinstance(inner, list) else inner
    assert isinstance(inner, dict)
    inner["colour"] = "blue"
    with pytest.raises(ModelError, match="colour' is unknown"):
        load(tmp_path, values)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("name", "Two Words"),
        ("kind", "guesser"),
        ("decoder", "retina"),
        ("decoder", "yunet"),
        ("file", "../outside.onnx"),
        ("file", "sub/inside.onnx"),
        ("file", "weights.pickle"),
        ("sha256", "0" * 63),
        ("sha256", "A" * 64),
        ("size", 0),
        ("size", True),
        ("size", 10**15),
        ("size", "many"),
        ("licence", " "),
        ("dimension", -1),
        ("sources", "https://example.org/x"),
        ("sources", [{"url": "file:///etc/passwd"}]),
        ("sources", [{"package": "../x", "version": "1", "member": "m"}]),
        ("similarity", {"impostor_tail": [[0.1, 0.5]], "slope": 1.0, "intercept": 0.0}),
        ("similarity", {"impostor_tail": [[0.1, 0.5], [0.2, 0.6]], "slope": 1.0, "intercept": 0.0}),
        ("similarity", {"impostor_tail": [[0.1, 0.5], [0.2, 0.0]], "slope": 1.0, "intercept": 0.0}),
        ("similarity", {"impostor_tail": [[0.1, 0.5], [0.2, 0.1]], "slope": float("nan"), "intercept": 0.0}),
        ("input", 3),
    ],
)
def test_a_value_of_the_wrong_kind_is_named(tmp_path: Path, key: str, value: object) -> None:
    with pytest.raises(ModelError, match=rf"'{key}[^']*' "):
        load(tmp_path, {**written(tmp_path), key: value})


def test_a_deviation_of_zero_is_refused(tmp_path: Path) -> None:
    values = written(tmp_path)
    assert isinstance(values["input"], dict)
    values["input"]["deviation"] = [1.0, 0.0, 1.0]
    with pytest.raises(ModelError, match=r"'input\.deviation' is .* three numbers that are not 0"):
        load(tmp_path, values)


@pytest.mark.parametrize("data", [b"name = ", b"\xff\xfe", b"[sources]\n[sources]"])
def test_what_is_no_toml_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "card.toml").write_bytes(data)
    with pytest.raises(ModelError, match=r"card\.toml is not valid TOML"):
        load_card(tmp_path / "card.toml")
