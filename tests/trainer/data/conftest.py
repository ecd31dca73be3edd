from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from tests.conftest import SHARED_DATA
from tests.portraits import PEOPLE, write_aligned
from trainer.data.crop_folder import CropFolder
from trainer.data.faces import LabelledFace


@pytest.fixture(scope="session")
def real_faces(
    models_dir: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Sequence[LabelledFace], np.ndarray, np.ndarray]:
    """Sixteen aligned crops of each of ten people, or where these are absent of two: faces, unit embeddings, crops."""
    from engine.faces.embed import open_embedder
    from engine.models.catalog import Catalog

    folder = SHARED_DATA / "faces" / "glint_aligned112"
    if not folder.is_dir():
        folder = tmp_path_factory.mktemp("crops")
        for person in PEOPLE:
            write_aligned(folder / person, person, 16, models_dir)
    source = CropFolder(folder)
    people = sorted({face.person for face in source.faces})
    wanted = [
        index
        for person in people
        for index in [place for place, face in enumerate(source.faces) if face.person == person][:16]
    ]
    crops = np.stack([source.crop(index) for index in wanted])
    embedder = open_embedder(Catalog(models_dir).default_embedder(), models_dir)
    return [source.faces[index] for index in wanted], embedder.embed(crops), crops
