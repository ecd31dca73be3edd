"""What Kinfolk knows about a model: the TOML card of every ONNX file, which the trainer writes too."""

import os
import re
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import tomli_w

from engine.errors import ModelError
from engine.similarity import Calibration, Space
from engine.strict_toml import KEY, Needs, Origin, filled, from_to, matching, read_toml, table_of

Name = Annotated[str, matching(re.compile(r"[a-z0-9][a-z0-9_.-]*"), "a name of small letters, digits, '_', '.' or '-'")]
FileName = Annotated[str, matching(re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*\.onnx"), "the bare name of an .onnx file")]
Sha256 = Annotated[str, matching(re.compile(r"[0-9a-f]{64}"), "64 hexadecimal digits in small letters")]
Address = Annotated[str, matching(re.compile(r"https?://[^\s/]+/\S*"), "an http or https address")]
Package = Annotated[str, matching(re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*"), "the name of a package")]
Text = Annotated[str, filled]
Bytes = Annotated[int, from_to(1, 2**31, "a number of bytes up to 2 GiB, the most that one ONNX file holds")]
Side = Annotated[int, from_to(0, 8192, "a number of pixels up to 8192, 0 where free")]
Length = Annotated[int, from_to(1, 65_536, "a whole number from 1 to 65536")]
Three = tuple[float, float, float]
Divisors = Annotated[Three, Needs("three numbers that are not 0", all)]


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

    url: Address

    def __str__(self) -> str:
        return self.url


@dataclass(frozen=True, slots=True)
class WheelSource:
    """The model file inside a wheel on the Python package index."""

    package: Package
    version: Text
    member: Text

    def __str__(self) -> str:
        return f"{self.package}=={self.version} on the package index"


Source = UrlSource | WheelSource


@dataclass(frozen=True, slots=True)
class InputSpec:
    """How pixels become the tensor that a model reads.

    A channel value v (0 to 255) becomes (v − mean) / deviation; channels come in `order`; the tensor is
    n × 3 × height × width, float32. A width or height of 0 is free.
    """

    width: Side = 0
    height: Side = 0
    mean: Three = (0.0, 0.0, 0.0)
    deviation: Divisors = (1.0, 1.0, 1.0)
    order: ColourOrder = ColourOrder.RGB


@dataclass(frozen=True, slots=True)
class ModelCard:
    """One ONNX model: which file it is, where that comes from, under which licence, and how it is used.

    `sha256` is lower-case hexadecimal, `size` is in bytes, `dimension` is the length of an embedding (0 for a
    detector). `calibration` says what a similarity of this embedder means, None where nobody has measured it, `space`
    where its embeddings are compared when faces are grouped, None where that is as they are.
    """

    name: Name
    kind: ModelKind
    decoder: Decoder
    file: FileName
    sha256: Sha256
    size: Bytes
    licence: Text
    origin: Text
    input: InputSpec
    sources: tuple[Source, ...] = ()
    dimension: Length = 0
    calibration: Calibration | None = field(default=None, metadata={KEY: "similarity"})
    space: Space | None = None


def load_card(path: Path) -> ModelCard:
    """Read a card; a ModelError names the file and the key that is unknown, missing, of the wrong kind or range."""
    origin = Origin(f"The model card {path}", ModelError, "Correct it or remove it.")
    card = read_toml(path, ModelCard, origin)
    if card.decoder.kind is not card.kind:
        raise origin.wrong("decoder", str(card.decoder), f"one for models of the kind {card.kind}")
    if card.kind is ModelKind.EMBEDDER and card.dimension == 0:
        raise origin.missing("dimension")
    if card.kind is ModelKind.DETECTOR and card.dimension:
        raise origin.wrong("dimension", card.dimension, "left out for a detector")
    if card.space is not None and not len(card.space.mean) == len(card.space.look) == card.dimension:
        raise origin.wrong("space", len(card.space.mean), f"a mean and a look of {card.dimension} numbers each")
    return card


def write_card(card: ModelCard, path: Path) -> None:
    """Write a card so that `load_card` reads the same again; an existing file is replaced whole or not at all."""
    fields = table_of(card)
    if card.kind is ModelKind.DETECTOR:
        del fields["dimension"]
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    part.write_text(tomli_w.dumps(fields), encoding="utf-8")
    part.replace(path)
