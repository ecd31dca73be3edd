"""The converters that the engine finds by the names of files: each writes a graph and says how it reads pixels."""

from pathlib import Path

from engine.models.card import ColourOrder, Crop, InputSpec, Normalise
from engine.models.conversion import Converted
from trainer.export import check_graph, complaint_of, origin_of, sound_calibration, write_graph, write_network
from trainer.importing.keras_facenet import read_keras_facenet
from trainer.importing.state_dicts import network_of, read_state_dict
from trainer.preprocess import SPEC
from trainer.run_model import open_run

FACENET_INPUT = InputSpec(160, 160, crop=Crop.BOX_160, normalise=Normalise.PER_IMAGE)
"""Sandberg's FaceNet, from which Keras's comes: RGB, each image whitened by its own mean and deviation."""

FACENET_TORCH_INPUT = InputSpec(160, 160, (127.5,) * 3, (128.0,) * 3, crop=Crop.BOX_160)
"""facenet-pytorch, `fixed_image_standardization`: (RGB − 127.5) / 128."""

PRIVATE = "private: trained on its user's own photos"

ARCFACE_INPUT = InputSpec(112, 112, (127.5,) * 3, (127.5,) * 3, ColourOrder.RGB)
"""arcface_torch, `inference.py`: (RGB / 255 − 0.5) / 0.5."""


def convert_keras(path: Path, target: Path) -> Converted:
    """Write a Keras FaceNet as ONNX to `target`."""
    network = read_keras_facenet(path)
    write_network(network, network.input_size, target)
    return Converted(network.dim, f"{path.name}, a FaceNet of Keras", FACENET_INPUT)


def convert_state_dict(path: Path, target: Path) -> Converted:
    """Write a state dict of arcface_torch or facenet-pytorch as ONNX to `target`."""
    network = network_of(read_state_dict(path), path)
    write_network(network, network.input_size, target)
    if network.input_size == FACENET_TORCH_INPUT.width:
        return Converted(network.dim, f"{path.name}, a FaceNet of facenet-pytorch", FACENET_TORCH_INPUT)
    return Converted(network.dim, f"{path.name}, an IResNet of arcface_torch", ARCFACE_INPUT)


def convert_run(path: Path, target: Path) -> Converted:
    """Write the network of a run's folder as ONNX to `target`, with what was measured at its end.

    Raises ModelError where the graph does not give what the network gives.
    """
    model = open_run(path)
    write_graph(model.backbone, target)
    check_graph(model.backbone, target)
    calibration, note = sound_calibration(model), complaint_of(model)
    begun = model.begun_with
    licence = PRIVATE if begun is None else f"{PRIVATE}; begun with {begun.name}: {begun.licence}"
    return Converted(model.config.model.dimension, origin_of(model), SPEC, calibration, licence, note)
