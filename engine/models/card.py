"""What Kinfolk knows about a model: the TOML card of every ONNX file, which the trainer writes too."""

import os
import re
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path

import tomli_w

from engine.models import toml_table as toml
from engine.similarity import Calibration

NAME = re.compile(r"[a-z0-9][a-z0-9_.-]*")
FILE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*\.onnx")
SHA256 = re.compile(r"[0-9a-f]{64}")
ADDRESS = re.compile(r"https?://[^\s/]+/\S*")
PACKAGE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


class ModelKind(StrEnum):
    """What a model does."""

    DETECTOR = "detector"
    EMBEDDER = "embedder"


class Decoder(StrEnum):
    """How a model's outputs are read. A decoder is stated by the card and never guessed from a tensor's shape."""

    YUNET = "yunet"
    SCRFD = "scrfd"
    UNIT = "unit"

    @property
    def kind(self) -> ModelKind:
        """The kind of model whose outputs this decoder reads."""
        return ModelKind.EMBEDDER if self is Decoder.UNIT else ModelKind.DETECTOR


class ColourOrder(StrEnum):
    """The order of the three channels that a model was trained on."""

    RGB = "RGB"
    BGR = "BGR"


@dataclass(frozen=True, slots=True)
class UrlSource:
    """The model file at a plain address."""

    url: str

    def __str__(self) -> str:
        return self.url


@dataclass(frozen=True, slots=True)
class WheelSource:
    """The model file inside a wheel on the Python package index."""

    package: str
    version: str
    member: str

    def __str__(self) -> str:
        return f"{self.package}=={self.version} on the package index"


Source = UrlSource | WheelSource


@dataclass(frozen=True, slots=True)
class InputSpec:
    """How pixels become the tensor that a model reads.

    A channel value v (0 to 255) becomes (v − mean) / deviation; channels come in `order`; the tensor is
    n × 3 × height × width, float32. A width or height of 0 is free.
    """

    width: int = 0
    height: int = 0
    mean: tuple[float, float, float] = (0.0, 0.0, 0.0)
    deviation: tuple[float, float, float] = (1.0, 1.0, 1.0)
    order: ColourOrder = ColourOrder.RGB


@dataclass(frozen=True, slots=True)
class ModelCard:
    """One ONNX model: which file it is, where that comes from, under which licence, and how it is used.

    `sha256` is lower-case hexadecimal, `size` is in bytes, `dimension` is the length of an embedding (0 for a
    detector). `calibration` says what a similarity of this embedder means, None where nobody has measured it.
    """

    name: str
    kind: ModelKind
    decoder: Decoder
    file: str
    sha256: str
    size: int
    licence: str
    origin: str
    input: InputSpec
    sources: tuple[Source, ...] = ()
    dimension: int = 0
    calibration: Calibration | None = None


def load_card(path: Path) -> ModelCard:
    """Read a card; a ModelError names the file and the key that is unknown, missing or of the wrong kind."""
    top = toml.Table.read(path)
    kind = top.take("kind", toml.word(ModelKind), "detector or embedder")
    decoder = top.take("decoder", toml.word(Decoder), "yunet, scrfd or unit")
    if decoder.kind is not kind:
        raise top.error("decoder", f"reads the outputs of a {decoder.kind}, but the kind is {kind}")
    card = ModelCard(
        name=top.take("name", toml.matching(NAME), "small letters, digits, '_', '.' or '-'"),
        kind=kind,
        decoder=decoder,
        file=top.take("file", toml.matching(FILE), "the bare name of an .onnx file"),
        sha256=top.take("sha256", toml.matching(SHA256), "64 hexadecimal digits in small letters"),
        size=top.take("size", toml.positive, "a number of bytes"),
        licence=top.take("licence", toml.text, "a text"),
        origin=top.take("origin", toml.text, "a text"),
        input=_read_input(top.table("input")),
        sources=tuple(_read_source(table) for table in top.tables("sources")),
        dimension=top.take("dimension", toml.positive, "a whole number") if kind is ModelKind.EMBEDDER else 0,
        calibration=_read_calibration(top.table("similarity")) if "similarity" in top.values else None,
    )
    top.close()
    return card


def _read_source(table: toml.Table) -> Source:
    source: Source
    if "url" in table.values:
        source = UrlSource(table.take("url", toml.matching(ADDRESS), "an http or https address"))
    else:
        source = WheelSource(
            package=table.take("package", toml.matching(PACKAGE), "the name of a package"),
            version=table.take("version", toml.text, "a text"),
            member=table.take("member", toml.text, "a path inside the wheel"),
        )
    table.close()
    return source


def _read_input(table: toml.Table) -> InputSpec:
    spec = InputSpec(
        width=table.take("width", toml.whole, "a number of pixels, 0 where free"),
        height=table.take("height", toml.whole, "a number of pixels, 0 where free"),
        mean=table.take("mean", toml.three, "three numbers"),
        deviation=table.take("deviation", toml.three_divisors, "three numbers that are not 0"),
        order=table.take("order", toml.word(ColourOrder), "RGB or BGR"),
    )
    table.close()
    return spec


def _read_calibration(table: toml.Table) -> Calibration:
    pairs = "two or more pairs of a rising similarity and a falling share above 0"
    calibration = Calibration(
        impostor_tail=table.take("impostor_tail", toml.falling_tail, pairs),
        slope=table.take("slope", toml.number, "a number"),
        intercept=table.take("intercept", toml.number, "a number"),
    )
    table.close()
    return calibration


def write_card(card: ModelCard, path: Path) -> None:
    """Write a card so that `load_card` reads the same again; an existing file is replaced whole or not at all."""
    fields = asdict(card)
    calibration = fields.pop("calibration")
    if calibration is not None:
        fields["similarity"] = calibration
    if card.kind is ModelKind.DETECTOR:
        del fields["dimension"]
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    part.write_text(tomli_w.dumps(fields), encoding="utf-8")
    part.replace(path)
