"""Ages: what an attributes model of InsightFace's packs (`genderage.onnx`) says of a face.

Of its three outputs the first two tell the sexes apart, which Kinfolk asks nobody about; the third is the age in
centuries (insightface, `model_zoo/attribute.py`).
"""

from pathlib import Path

import numpy as np

from engine.errors import ModelError
from engine.faces.embed import Embeddings, ReadCrops
from engine.faces.letterbox import to_tensor
from engine.geometry import Image
from engine.models.card import ModelCard, ModelKind
from engine.models.prepare import prepare
from engine.models.session import BY_ONNXRUNTIME, Running, Session, Shapes, open_by_onnxruntime
from engine.words import sentence

OUTPUTS, AGE = 3, 2
YEARS = 100.0
"""Years to one of the output's unit."""

BATCH = 8


class AgeReader:
    """A network that tells ages, with its preprocessing. Several threads may call it at once.

    Its answer has the shape of an embedding of length 1, so that whatever reads faces anew can hold either.
    """

    dimension = 1

    def __init__(self, card: ModelCard, session: Session) -> None:
        self.card = card
        self._session = session

    @property
    def notices(self) -> tuple[str, ...]:
        """Sentences about what did not go as wanted while it was opened or ran."""
        return self._session.notices

    def read(self, crops: Image) -> ReadCrops:
        """Return the age in years of each crop: n × 96 × 96 × 3 uint8 RGB in, n × 1 float32 out, n may be 0.

        Raises ModelError where the network gives anything but three finite numbers a crop.
        """
        parts = [self._run(crops[start : start + BATCH]) for start in range(0, len(crops), BATCH)]
        return ReadCrops.of(np.concatenate([np.empty((0, self.dimension), np.float32), *parts]))

    def _run(self, crops: Image) -> Embeddings:
        told = self._session.run(to_tensor(crops, self.card.input))[0]
        if told.shape != (len(crops), OUTPUTS) or not np.isfinite(told).all():
            raise ModelError(
                sentence("The model {model} tells no ages.", model=self.card.name),
                sentence("Its card does not fit its file."),
            )
        return np.asarray(told[:, AGE:] * np.float32(YEARS), np.float32)


def open_age_reader(card: ModelCard, folder: Path, *, running: Running = BY_ONNXRUNTIME, threads: int = 1) -> AgeReader:
    """Open the attributes model of a card whose file was fetched into `folder`.

    It is small, and three numbers tell nothing of how well runtimes agree: onnxruntime runs it, on the wanted devices.
    """
    if card.kind is not ModelKind.ATTRIBUTES:
        raise ModelError(
            sentence("The model {model} is no attributes model and tells no ages.", model=card.name),
            sentence("Choose another one."),
        )
    session = open_by_onnxruntime(prepare(card, folder), running.providers, Shapes.FEW, threads=threads)
    return AgeReader(card, session)
