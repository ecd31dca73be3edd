"""What Kinfolk knows about a model: the TOML card of every ONNX file, which the trainer writes too."""

import hashlib
import json
import os
import re
from dataclasses import dataclass, field, fields
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import tomli_w

from engine.by_length import ByLength
from engine.errors import ModelError
from engine.models.learned import Learned
from engine.similarity import Calibration, Space
from engine.strict_toml import KEY, Needs, Origin, filled, from_to, matching, read_toml, table_of
from engine.words import sentence

Name = Annotated[
    str, matching(re.compile(r"[a-z0-9][a-z0-9_.-]*"), sentence("a name of small letters, digits, '_', '.' or '-'"))
]
BaseName = Annotated[
    str, matching(re.compile(r"([a-z0-9][a-z0-9_.-]*)?"), sentence("the name of a model, or left out"))
]
FileName = Annotated[
    str,
    matching(re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*\.(onnx|h5)"), sentence("the bare name of an .onnx or .h5 file")),
]
Sha256 = Annotated[str, matching(re.compile(r"[0-9a-f]{64}"), sentence("64 hexadecimal digits in small letters"))]
Address = Annotated[str, matching(re.compile(r"https?://[^\s/]+/\S*"), sentence("an http or https address"))]
Package = Annotated[str, matching(re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*"), sentence("the name of a package"))]
Text = Annotated[str, filled]
Bytes = Annotated[int, from_to(1, 2**31, sentence("a number of bytes up to 2 GiB, the most that one ONNX file holds"))]
Side = Annotated[int, from_to(0, 8192, sentence("a number of pixels up to 8192, 0 where free"))]
Length = Annotated[int, from_to(1, 65_536, sentence("a whole number from 1 to 65536"))]
Three = tuple[float, float, float]
Divisors = Annotated[Three, Needs(sentence("three numbers that are not 0"), all)]


class ModelKind(StrEnum):
    """What a model does."""

    DETECTOR = "detector"
    EMBEDDER = "embedder"
    ATTRIBUTES = "attributes"
    """Tells how old a face looks."""


class Decoder(StrEnum):
    """How a model's outputs are read. A decoder is stated by the card and never guessed from a tensor's shape."""

    YUNET = "yunet"
    SCRFD = "scrfd"
    RETINAFACE_ANCHORS = "retinaface_anchors"
    """InsightFace's own files."""
    RETINAFACE_PRIORS = "retinaface_priors"
    """Files of Pytorch_Retinaface and what came of it."""
    UNIT = "unit"
    GENDERAGE = "genderage"

    @property
    def kind(self) -> ModelKind:
        """The kind of model whose outputs this decoder reads."""
        others = {Decoder.UNIT: ModelKind.EMBEDDER, Decoder.GENDERAGE: ModelKind.ATTRIBUTES}
        return others.get(self, ModelKind.DETECTOR)


class ColourOrder(StrEnum):
    """The order of the three channels that a model was trained on."""

    RGB = "RGB"
    BGR = "BGR"


class Crop(StrEnum):
    """What a model is shown of a face: its kind, and the side of the square in pixels."""

    ARCFACE_112 = "arcface112"
    """Turned and scaled so that the landmarks lie on ArcFace's template."""
    ARCFACE_160 = "arcface160"
    """The same, enlarged."""
    BOX_160 = "box160"
    """The detector's box with a margin, neither turned nor kept in proportion, as FaceNet was trained."""

    SQUARE_96 = "square96"
    """A square around the box's middle, half as large again as its longer side (InsightFace's attributes models)."""

    @property
    def side(self) -> int:
        """Width and height of the crop in pixels."""
        return int("".join(filter(str.isdecimal, self.value)))


class Normalise(StrEnum):
    """Where the mean and the deviation of pixels come from: the card, or each image's own values (FaceNet)."""

    FIXED = "fixed"
    PER_IMAGE = "per_image"


class Layout(StrEnum):
    """The order of the tensor's axes: images, channels, rows, columns."""

    NCHW = "NCHW"
    NHWC = "NHWC"


@dataclass(frozen=True, slots=True)
class UrlSource:
    """The model file at a plain address."""

    url: Address

    def __str__(self) -> str:
        return self.url

    @property
    def words(self) -> str:
        """Where the file comes from, as it is told."""
        return self.url


@dataclass(frozen=True, slots=True)
class WheelSource:
    """The model file inside a wheel, or else a source distribution, on the Python package index."""

    package: Package
    version: Text
    member: Text

    def __str__(self) -> str:
        return str(self.words)

    @property
    def words(self) -> str:
        """Where the file comes from, as it is told."""
        release = f"{self.package}=={self.version}"
        return sentence("{release} on the package index", release=release)


Source = UrlSource | WheelSource


@dataclass(frozen=True, slots=True)
class InputSpec:
    """How pixels become the tensor that a model reads.

    A channel value v (0 to 255) becomes (v − mean) / deviation, with `normalise` per_image by the mean and deviation of
    all values of the image (the deviation at least 1 / √values). Channels come in `order`; the tensor is float32,
    n × 3 × height × width or, with `layout` NHWC, n × height × width × 3. A width or height of 0 is free. `crop` is
    what an embedder is shown; with `flip` it also sees the mirrored crop, and the two vectors are added.
    """

    width: Side = 0
    height: Side = 0
    mean: Three = (0.0, 0.0, 0.0)
    deviation: Divisors = (1.0, 1.0, 1.0)
    order: ColourOrder = ColourOrder.RGB
    crop: Crop = Crop.ARCFACE_112
    normalise: Normalise = Normalise.FIXED
    layout: Layout = Layout.NCHW
    flip: bool = False


@dataclass(frozen=True, slots=True)
class ModelCard:
    """One ONNX model: which file it is, where that comes from, under which licence, and how it is used.

    `sha256` is lower-case hexadecimal, `size` is in bytes, `dimension` is the length of an embedding (0 for a
    detector). `calibration` says what a similarity of this embedder means, `by_length` what the length of a vector,
    None where nobody has measured it, `space` where its embeddings are compared when faces are grouped, None where that
    is as they are. A card with a `base` compares the vectors that the model of that name makes, in a space of its own.
    `learned` says what a library's people taught it, `quantised` of which model it is a copy in eight-bit numbers.
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
    by_length: ByLength | None = None
    base: BaseName = ""
    quantised: BaseName = ""
    learned: Learned | None = None

    @property
    def key(self) -> str:
        """The name of the vectors that this model makes: its own, and a digest of its file and of how it is used.

        Vectors of two keys are never compared. What is as it is by default is not part of the digest, so that a card
        keeps its key when cards learn to say more.
        """
        usual = InputSpec()
        used = {each.name: getattr(self.input, each.name) for each in fields(InputSpec)}
        told = {name: value for name, value in used.items() if value != getattr(usual, name)}
        text = json.dumps([self.sha256, told], sort_keys=True)
        return f"{self.base or self.name}@{hashlib.sha256(text.encode()).hexdigest()[:12]}"


def load_card(path: Path) -> ModelCard:
    """Read a card; a ModelError names the file and the key that is unknown, missing, of the wrong kind or range."""
    origin = Origin(sentence("The model card {path}", path=path), ModelError, sentence("Correct it or remove it."))
    card = read_toml(path, ModelCard, origin)
    if card.decoder.kind is not card.kind:
        raise origin.wrong(
            "decoder", str(card.decoder), sentence("one for models of the kind {kind}", kind=str(card.kind))
        )
    if card.kind is ModelKind.EMBEDDER and card.dimension == 0:
        raise origin.missing("dimension")
    if card.kind is not ModelKind.EMBEDDER and card.dimension:
        raise origin.wrong("dimension", card.dimension, sentence("left out for what embeds nothing"))
    if card.kind is ModelKind.DETECTOR:
        _check_detector(card, origin)
    elif (card.input.width, card.input.height) != (card.input.crop.side,) * 2:
        raise origin.wrong("input.crop", str(card.input.crop), sentence("one of the input's width and height"))
    if card.space is not None and not card.space.fits(card.dimension):
        raise origin.wrong(
            "space",
            len(card.space.mean),
            sentence("a place for vectors of {dimension} numbers", dimension=card.dimension),
        )
    if card.by_length is not None and not card.by_length.nothing < card.by_length.whole:
        raise origin.wrong("by_length.whole", card.by_length.whole, sentence("a length above that of nothing"))
    return card


def _check_detector(card: ModelCard, origin: Origin) -> None:
    """Refuse what only an embedder has."""
    usual = InputSpec()
    for key in ("crop", "normalise", "layout", "flip"):
        value = getattr(card.input, key)
        if value != getattr(usual, key):
            raise origin.wrong(f"input.{key}", value, sentence("left out for a detector"))


def write_card(card: ModelCard, path: Path) -> None:
    """Write a card so that `load_card` reads the same again; an existing file is replaced whole or not at all."""
    table = table_of(card)
    if card.kind is not ModelKind.EMBEDDER:
        del table["dimension"]
    for name in ("base", "quantised"):
        if not table[name]:
            del table[name]
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    part.write_text(tomli_w.dumps(table), encoding="utf-8")
    part.replace(path)
