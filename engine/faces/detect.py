"""Finding faces in one picture at one size with a detector network."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from engine.errors import ModelError
from engine.faces.decode_scrfd import decode_scrfd
from engine.faces.decode_yunet import decode_yunet
from engine.faces.letterbox import letterbox, to_tensor
from engine.faces.overlap import suppress
from engine.faces.raw import Candidates
from engine.geometry import Box, Image, Landmarks
from engine.models.card import Decoder, ModelCard, ModelKind
from engine.models.prepare import prepare
from engine.models.session import Session, open_session

SIDE = 1280
"""Pixels to which the longer side of an image is reduced before it is searched, unless something else is asked for."""

SCORE = 0.6
"""A candidate below this score (0 to 1) is not a face."""

OVERLAP = 0.3
"""Two candidates with an intersection over union above this show the same face."""


@dataclass(frozen=True, slots=True)
class Detection:
    """A face that was seen, not yet stored: box and landmarks in pixels of the image given, score 0 to 1."""

    box: Box
    landmarks: Landmarks
    score: float


class Detector:
    """A detector network with its preprocessing and its decoder. Several threads may call it at once."""

    def __init__(self, card: ModelCard, session: Session, *, score: float = SCORE, overlap: float = OVERLAP) -> None:
        self.card, self.score, self.overlap = card, score, overlap
        self._session = session

    def detect(self, image: Image, side: int = SIDE) -> list[Detection]:
        """Return the faces of one pass over the image, the highest score first; an image is never enlarged."""
        return self.finish(self.search(image, min(side, max(image.shape[:2])), self.score))

    def search(self, image: Image, side: int, threshold: float) -> Candidates:
        """Return every candidate with at least this score, in pixels of the image; its longer side becomes `side`."""
        spec = self.card.input
        boxed = letterbox(image, side, (spec.width, spec.height) if spec.width and spec.height else None)
        outputs = self._session.run(to_tensor(boxed.frame[None], spec))
        height, width = boxed.frame.shape[:2]
        if self.card.decoder is Decoder.YUNET:
            found = decode_yunet(dict(zip(self._session.outputs, outputs, strict=True)), width, height, threshold)
        else:
            found = decode_scrfd(outputs, width, height, threshold)
        return found.moved(1 / boxed.scale, 0, 0)

    def finish(self, candidates: Candidates) -> list[Detection]:
        """Keep one candidate per face and return them as detections, the highest score first."""
        kept = candidates.pick(suppress(candidates.boxes, candidates.scores, self.overlap))
        return [
            Detection(Box(float(left), float(top), float(right - left), float(bottom - top)), points, float(score))
            for (left, top, right, bottom), points, score in zip(
                kept.boxes, kept.landmarks.astype(np.float32), kept.scores, strict=True
            )
        ]


def open_detector(
    card: ModelCard,
    folder: Path,
    *,
    providers: Sequence[str] = (),
    threads: int = 1,
    score: float = SCORE,
    overlap: float = OVERLAP,
) -> Detector:
    """Open the detector of a card whose file was fetched into `folder`."""
    if card.kind is not ModelKind.DETECTOR:
        raise ModelError(f"The model {card.name} is an {card.kind} and finds no faces.", "Choose a detector.")
    session = open_session(prepare(card, folder), providers=providers, threads=threads)
    return Detector(card, session, score=score, overlap=overlap)
