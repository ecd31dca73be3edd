from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from trainer.data.crop_folder import CropFolder
from trainer.data.faces import LabelledFace


@pytest.fixture(scope="session")
def real_faces(shared_data: Path, models_dir: Path) -> tuple[Sequence[LabelledFace], np.ndarray, np.ndarray]:
    """Sixteen aligned crops of each of ten people: faces, unit embeddings by the default embedder, crops."""
    from engine.faces.embed import open_embedder
    from engine.models.catalog import Catalog

    source = CropFolder(shared_data / "faces" / "glint_aligned112")
    people = sorted({face.person for face in source.faces})
    wanted = [
        index
        for person in people
        for index in [place for place, face in enumerate(source.faces) if face.person == person][:16]
    ]
    crops = np.stack([source.crop(index) for index in wanted])
    embedder = open_embedder(Catalog(models_dir).default_embedder(), models_dir)
    return [source.faces[index] for index in wanted], embedder.embed(crops), crops
