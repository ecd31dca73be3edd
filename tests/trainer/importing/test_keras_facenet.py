"""FaceNet of Keras: what is said of a file that is none."""

from pathlib import Path

import h5py
import pytest

from engine.errors import ModelError
from trainer.importing.keras_facenet import read_keras_facenet


@pytest.mark.parametrize("kept", [0, 100, 1500], ids=["empty", "a piece of the head", "half"])
def test_a_damaged_file_is_told_as_such(kept: int, tmp_path: Path) -> None:
    path = tmp_path / "facenet.h5"
    with h5py.File(path, "w") as file:
        file["weights"] = [1.0] * 200
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(ModelError) as caught:
        read_keras_facenet(path)
    assert caught.value.message == f"{path} is damaged, or no HDF5 file."
    assert caught.value.hint == "Copy or download it once more."


def test_another_network_of_keras_is_told_as_such(tmp_path: Path) -> None:
    path = tmp_path / "other.h5"
    with h5py.File(path, "w") as file:
        file.attrs["model_config"] = '{"config": {"layers": []}}'
        file.create_group("model_weights")
    with pytest.raises(ModelError, match="is not a FaceNet"):
        read_keras_facenet(path)
