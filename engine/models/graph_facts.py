"""What a model file of unknown origin is: read from the shapes of its graph, without running anything."""

from dataclasses import dataclass
from pathlib import Path

from engine.errors import ModelError
from engine.models.card import ColourOrder, Crop, Decoder, InputSpec, Layout
from engine.words import sentence

MOST_BYTES = 2**31
"""The most that one ONNX file holds by itself."""

DETECTOR_INPUTS = {
    Decoder.YUNET: InputSpec(order=ColourOrder.BGR),
    Decoder.SCRFD: InputSpec(0, 0, (127.5,) * 3, (128.0,) * 3, ColourOrder.RGB),
    Decoder.RETINAFACE_ANCHORS: InputSpec(order=ColourOrder.RGB),
    Decoder.RETINAFACE_PRIORS: InputSpec(mean=(104.0, 117.0, 123.0), order=ColourOrder.BGR),
}
"""How detectors read pixels, as their authors' programs feed them; what else trained RetinaFace keeps to that, too."""
ATTRIBUTES_INPUT = (3, 96, 96)
SIDES = (112, 160)
"""The crops that an embedder can be shown."""


@dataclass(frozen=True, slots=True)
class GraphFacts:
    """How a graph is read and fed: `side` and `dimension` are 0 for a detector, `layout` is that of its input.

    `stated` is the width and height of the pictures that a detector's file states, 0 where it leaves them free.
    """

    decoder: Decoder
    side: int = 0
    dimension: int = 0
    layout: Layout = Layout.NCHW
    stated: tuple[int, int] = (0, 0)

    @property
    def detector_input(self) -> InputSpec:
        """How a detector of this kind reads pixels: as its authors say."""
        return DETECTOR_INPUTS[self.decoder]


Shape = tuple[int | None, ...]
"""The sizes that a graph states, None where it leaves them free."""


def graph_facts(path: Path) -> GraphFacts:
    """Say what a graph is. Raises ModelError where it is none, is incomplete, or neither embeds nor finds faces."""
    inputs, outputs = _shapes(path)
    if len(inputs) != 1 or len(next(iter(inputs.values()))) != 4:
        raise _useless(path, sentence("it does not take one batch of pictures"))
    shape = next(iter(inputs.values()))
    if decoder := _detector(outputs):
        return GraphFacts(decoder, stated=(shape[3] or 0, shape[2] or 0))
    if len(outputs) == 1 and shape[1:] == ATTRIBUTES_INPUT and next(iter(outputs.values()))[-1:] == (3,):
        return GraphFacts(Decoder.GENDERAGE, Crop.SQUARE_96.side)
    if len(outputs) == 1:
        return _embedder(path, shape, next(iter(outputs.values())))
    raise _useless(
        path, sentence("it has {number} outputs, which are none of a detector that it knows", number=len(outputs))
    )


def _detector(outputs: dict[str, Shape]) -> Decoder | None:
    """Say which detector has such outputs."""
    if {"cls_8", "obj_8", "bbox_8", "kps_8"} <= set(outputs):
        return Decoder.YUNET
    shapes = list(outputs.values())
    widths = [given[-1] if given else None for given in shapes]
    if widths == [1, 1, 1, 4, 4, 4, 10, 10, 10]:
        return Decoder.SCRFD
    if {len(given) for given in shapes} == {3} and sorted(width or 0 for width in widths) == [2, 4, 10]:
        return Decoder.RETINAFACE_PRIORS
    channels = sorted(given[1] or 0 for given in shapes if len(given) == 4)
    return Decoder.RETINAFACE_ANCHORS if channels == [4, 4, 4, 8, 8, 8, 20, 20, 20] else None


def _embedder(path: Path, shape: Shape, output: Shape) -> GraphFacts:
    layout = Layout.NHWC if shape[3] == 3 and shape[1] != 3 else Layout.NCHW
    sides = shape[1:3] if layout is Layout.NHWC else shape[2:4]
    channels = shape[3] if layout is Layout.NHWC else shape[1]
    if channels not in (3, None):
        raise _useless(path, sentence("it reads pictures of {channels} channels", channels=channels))
    stated = {side for side in sides if side is not None} or {SIDES[0]}
    side = stated.pop()
    if stated or side not in SIDES:
        raise _useless(
            path,
            sentence(
                "it reads faces of {width} × {height} pixels, and Kinfolk cuts them to 112 or 160",
                width=str(sides[1]),
                height=str(sides[0]),
            ),
        )
    dimension = output[-1] if len(output) == 2 else None
    if not dimension or dimension < 16:
        raise _useless(path, sentence("its output is not one vector a face"))
    return GraphFacts(Decoder.UNIT, side, dimension, layout)


def _shapes(path: Path) -> tuple[dict[str, Shape], dict[str, Shape]]:
    """Return the inputs and outputs of a graph by name. Weights outside the file are refused: they are other files."""
    import onnx
    from google.protobuf.message import DecodeError  # type: ignore[import-untyped]  # its stubs are not a dependency

    if path.stat().st_size >= MOST_BYTES:
        raise _useless(path, sentence("it is larger than 2 GiB"))
    try:
        model = onnx.load(path, load_external_data=False)
    except (DecodeError, ValueError) as error:
        raise _useless(path, sentence("it is no ONNX graph")) from error
    graph = model.graph
    if not graph.node:
        raise _useless(path, sentence("it is no ONNX graph"))
    if any(tensor.data_location == onnx.TensorProto.EXTERNAL for tensor in graph.initializer):
        raise _useless(path, sentence("its weights lie in other files; save it as one file"))
    weights = {tensor.name for tensor in graph.initializer}
    inputs = {value.name: _shape(value) for value in graph.input if value.name not in weights}
    return inputs, {value.name: _shape(value) for value in graph.output}


def _shape(value: object) -> Shape:
    dimensions = value.type.tensor_type.shape.dim  # type: ignore[attr-defined]  # protobuf makes the class at run time
    return tuple(each.dim_value or None for each in dimensions)


def _useless(path: Path, why: str) -> ModelError:
    return ModelError(
        sentence("{path} is not a model that Kinfolk can use: {why}.", path=path, why=why),
        sentence(
            "It takes face embedders (112 or 160 pixels), the detectors YuNet, SCRFD and RetinaFace, and genderage."
        ),
    )
